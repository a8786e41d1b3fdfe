"""Progress of a run: one line per step with its seconds, read from Dagster's own events."""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar

import dagster as dg

from orchestration.settings import get_settings

# How a step says that its candidate waits for a person.
HELD = "held until somebody approves it"
Say = Callable[[str], None]

NAMES = {
    "landing": "read the landing folder",
    "models": "build and test the models",
    "candidate": "copy the marts into a candidate",
    "believable": "check that the numbers are believable",
    "gate": "hold it against the files and its history",
    "audit_record": "write the audit record",
    "published_version": "certify and publish",
    "postgres_marts": "copy the marts to PostgreSQL",
}


class StepLines(logging.Handler):
    """Says a line when a step that people care about ends."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self.say = say
        self.started: dict[str, float] = {}
        copies = get_settings().postgres_url is not None
        self.names = {step: name for step, name in NAMES.items() if copies or step != "postgres_marts"}

    def emit(self, record: logging.LogRecord) -> None:
        """Turn a step's start and end into one line."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        step = getattr(event, "step_key", None)
        if event is None or step not in self.names:
            return
        if event.event_type == dg.DagsterEventType.STEP_START:
            self.started[step] = time.perf_counter()
        ended = {dg.DagsterEventType.STEP_SUCCESS: "", dg.DagsterEventType.STEP_FAILURE: ": failed"}
        if event.event_type in ended:
            seconds = time.perf_counter() - self.started.get(step, time.perf_counter())
            how = ": held" if _is_held(event) else ended[event.event_type]
            self.say(f"{self.names[step]}{how} ({seconds:.1f} s)")


def _is_held(event: dg.DagsterEvent) -> bool:
    """Whether a step ended because a person must look; it publishes nothing and is no fault."""
    error = event.step_failure_data.error if event.is_step_failure else None
    return error is not None and HELD in error.message


def _silent(_: str) -> None:
    """Where nobody watches, nothing is said."""


# Who watches the run that starts next; Dagster builds the logger itself and takes no arguments.
watcher: ContextVar[Say] = ContextVar("watcher", default=_silent)


@dg.logger(config_schema={}, description="One line per step.")
def steps_logger(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger that speaks in steps and shows nothing else."""
    logger = logging.Logger("duet.steps", level=logging.DEBUG)
    logger.addHandler(StepLines(watcher.get()))
    return logger
