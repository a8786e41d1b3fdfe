"""Watches the landing folder: a run for each new state of it, once that has settled."""

import time

import dagster as dg

from orchestration.defs.jobs import kpi_refresh
from orchestration.ingest.landing.folder import read_ledger, walk
from orchestration.ingest.landing.settled import asked, look, read_cursor, reason_to_wait
from orchestration.ingest.run import ledger_path
from orchestration.publish.lock import at_work
from orchestration.settings import Automation, Settings, get_settings


def ask_for_run(settings: Settings, settle_seconds: float, cursor: str | None, now: float) -> dg.SensorResult:
    """A run where new files have settled and no run is at work, else the reason why not."""
    files = list(walk(settings.landing))
    sighting = look(files, read_cursor(cursor), now)
    reason = at_work(settings) or reason_to_wait(
        files, read_ledger(ledger_path(settings)), sighting, now, settle_seconds
    )
    if reason:
        return dg.SensorResult(skip_reason=reason, cursor=sighting.to_cursor())
    request = dg.RunRequest(run_key=sighting.run_key, tags={"duet/because": "files landed"})
    return dg.SensorResult(run_requests=[request], cursor=asked(sighting).to_cursor())


@dg.definitions
def defs() -> dg.Definitions:
    """The sensor of this house."""
    automation = Automation()
    status = dg.DefaultSensorStatus.RUNNING if automation.automation else dg.DefaultSensorStatus.STOPPED

    @dg.sensor(
        job=kpi_refresh,
        minimum_interval_seconds=max(automation.settle_seconds, 5),
        default_status=status,
        description="Runs kpi_refresh when files have landed, are finished and are not known yet.",
    )
    def landing_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return ask_for_run(get_settings(), automation.settle_seconds, context.cursor, time.time())

    return dg.Definitions(sensors=[landing_folder])
