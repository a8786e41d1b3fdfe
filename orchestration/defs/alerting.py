"""Tells people about runs that failed or wait for them."""

import dagster as dg

from orchestration.alerts.message import StepFailure, of_run
from orchestration.alerts.send import send
from orchestration.settings import Alerts, Automation, get_settings


def told(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
    """Send what is known of the run to every channel that is set."""
    run = context.dagster_run
    channels = send(of_run(get_settings(), run.job_name, run.run_id, _failures(context)), Alerts())
    if not channels:
        return dg.SkipReason("nobody is told: set DUET_ALERT_WEBHOOK or DUET_ALERT_EMAIL_TO")
    context.log.info("told by %s", " and ".join(channels))
    return None


def _failures(context: dg.RunFailureSensorContext) -> list[StepFailure]:
    failures = []
    for event in context.get_step_failure_events():
        error = event.step_failure_data.error
        while error is not None and error.cause is not None:
            error = error.cause
        failures.append(StepFailure(str(event.step_key), error.message.strip() if error is not None else ""))
    return failures


@dg.definitions
def defs() -> dg.Definitions:
    """The sensor of failed and held runs."""
    status = dg.DefaultSensorStatus.RUNNING if Automation().automation else dg.DefaultSensorStatus.STOPPED

    @dg.run_failure_sensor(
        default_status=status, description="Tells people about runs that failed or wait for them (DUET_ALERT_*)."
    )
    def alerts(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
        return told(context)

    return dg.Definitions(sensors=[alerts])
