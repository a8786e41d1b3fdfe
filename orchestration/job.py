"""Runs kpi_refresh in this process and turns a failed run into what people need to know."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import dagster as dg

from orchestration import steps
from orchestration.publish.audit import checks_so_far
from orchestration.publish.build import begin_build
from orchestration.publish.certify import explanations
from orchestration.settings import Settings

# Loopback only, nothing leaves the machine, no log files per step.
DAGSTER_YAML = """telemetry:
  enabled: false
compute_logs:
  module: dagster.core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


def prepare_dagster_home(settings: Settings) -> Path:
    """The folder in which Dagster remembers runs, telemetry off; DAGSTER_HOME where it is set."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(settings.state / "dagster")))
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        (home / "dagster.yaml").write_text(DAGSTER_YAML)
    return home


def run_job(settings: Settings, say: Callable[[str], None]) -> list[str]:
    """Run the job; empty when it published, else what is in the way, one entry a cause."""
    prepare_dagster_home(settings)
    from orchestration.definitions import defs

    steps.listen(say)
    begin_build(settings)
    log = settings.state / "run.log"
    with log.open("w") as file, contextlib.redirect_stdout(file), dg.DagsterInstance.get() as instance:
        job = defs().resolve_job_def("kpi_refresh")
        result = job.execute_in_process(
            instance=instance, raise_on_error=False, run_config={"loggers": {"steps": {"config": {}}}}
        )
    if result.success:
        return []
    checks = checks_so_far(settings)
    if any(check.blocks and check.ran for check in checks):
        return explanations(checks)
    return _step_errors(result, log)


def _step_errors(result: dg.ExecuteInProcessResult, log: Path) -> list[str]:
    """What a step itself said, where no check failed: a full disk, a broken model, a killed process."""
    errors = []
    for event in result.all_events:
        error = event.step_failure_data.error if event.is_step_failure else None
        while error is not None and error.cause is not None:
            error = error.cause
        if error is not None:
            errors.append(f"{event.step_key}: {error.message.strip()}\n  remedy:    the whole log is in {log}")
    return errors or [f"the run failed; the whole log is in {log}"]
