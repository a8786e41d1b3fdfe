"""Runs kpi_refresh in this process and turns a failed run into what people need to know."""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import dagster as dg

from orchestration import disk, durable
from orchestration.definitions import defs
from orchestration.defs.steps import watcher
from orchestration.publish.audit import checks_so_far, page_of_candidate
from orchestration.publish.build import begin_build
from orchestration.publish.certify import explanations
from orchestration.publish.page import About, render
from orchestration.run.home import prepare_dagster_home
from orchestration.settings import Settings

# A run leaves some eight megabytes in Dagster's own files, and Dagster deletes none.
KEPT_RUNS = 30
# What stands before the message of a step that failed of itself, and before the next step in it.
FAILURE = f"{dg.Failure.__module__}.{dg.Failure.__name__}: "
REMEDY = "\n  remedy:    "


def run_job(settings: Settings, say: Callable[[str], None]) -> list[str]:
    """Run the job; empty when it published, else what is in the way, one entry a cause."""
    home = prepare_dagster_home(settings)
    try:
        remembered = dg.DagsterInstance.get()
    # Settings, drivers and databases each fail in their own way, and nothing has begun.
    except Exception as error:
        causes = [one.message for one in error.errors] if isinstance(error, dg.DagsterInvalidConfigError) else [error]
        said = "; ".join(str(cause).partition("\n\nStack Trace")[0].strip() for cause in causes)
        advice = "set what that file names as this house's services have it (docs/deploy.md), or unset DAGSTER_HOME"
        return [f"Dagster has no place to remember the run, as {home}/dagster.yaml says: {said}{REMEDY}{advice}"]
    watcher.set(_past(sys.stdout, say))
    begin_build(settings)
    log = settings.state / "run.log"
    with log.open("w") as file, contextlib.redirect_stdout(file), remembered as instance:
        job = defs().resolve_job_def("kpi_refresh")
        result = job.execute_in_process(
            instance=instance, raise_on_error=False, run_config={"loggers": {"steps": {"config": {}}}}
        )
        for old in instance.get_runs()[KEPT_RUNS:]:
            instance.delete_run(old.run_id)
    if result.success:
        return []
    checks = checks_so_far(settings)
    if any(check.blocks and check.ran for check in checks):
        about = About(result.run_id, settings.as_of, None)
        durable.write_text(page_of_candidate(settings), render(about, checks))
        return explanations(checks)
    return _step_errors(result, log)


def _past(stdout: TextIO, say: Callable[[str], None]) -> Callable[[str], None]:
    """Progress goes to the terminal while everything that dbt prints goes to the log."""

    def said(line: str) -> None:
        with contextlib.redirect_stdout(stdout):
            say(line)

    return said


def _step_errors(result: dg.ExecuteInProcessResult, log: Path) -> list[str]:
    """What a step itself said, where no check failed: a full disk, a broken model, a killed process."""
    errors = []
    for event in result.all_events:
        error = event.step_failure_data.error if event.is_step_failure else None
        while error is not None and error.cause is not None:
            error = error.cause
        if error is not None:
            said = error.message.strip().removeprefix(FAILURE)
            advice = disk.remedy(said) or f"the whole log is in {log}"
            errors.append(
                f"{event.step_key}: {said}" if REMEDY in said else f"{event.step_key}: {said}{REMEDY}{advice}"
            )
    return errors or [f"the run failed; the whole log is in {log}"]
