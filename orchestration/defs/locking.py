"""The lock of a run, held from its first step to its last: whoever starts it, there is one at a time."""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg

from orchestration.publish.lock import run_lock as hold
from orchestration.settings import Automation, get_settings


class RunLock(dg.ConfigurableResource):
    """Held while a run executes; in one process its resources live as long as the run."""

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator["RunLock", None, None]:
        """Take the lock when it is free, or fail after DUET_LOCK_WAIT_MINUTES with the name of the run that has it."""
        with hold(get_settings(), patience=Automation().lock_wait_minutes * 60):
            yield self


@dg.definitions
def defs() -> dg.Definitions:
    """The lock as a resource."""
    return dg.Definitions(resources={"run_lock": RunLock()})
