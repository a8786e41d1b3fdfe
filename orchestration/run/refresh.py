"""One refresh: lock, load what has landed, stop early when nothing changed, else run the job and say how it ended."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from orchestration import disk, durable
from orchestration.deliver.postgres import NotDelivered
from orchestration.deliver.push import bring_along
from orchestration.ingest.keeping.outcome import grouped
from orchestration.ingest.load import ingest
from orchestration.publish.certify import certify, explanations
from orchestration.publish.files import keep_outcomes, landed_files, refused_files
from orchestration.publish.fingerprint import fingerprint
from orchestration.publish.lock import run_lock
from orchestration.publish.space import check_space, new_bytes
from orchestration.publish.staged import Staged, staged
from orchestration.publish.version import finish_switch, online, tidy
from orchestration.report.pack.edition import PAGES
from orchestration.rules import Rules
from orchestration.settings import Settings

Say = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """How a refresh ended; what holds it back, a line each, when nothing was published.

    Staged: nothing is wrong for certain, and `release` is the command of the person who has looked. Behind: what is
    online is right, and a copy of it elsewhere is not there yet.
    """

    status: Literal["published", "unchanged", "staged", "held"]
    version: str | None
    held: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    release: str = ""
    behind: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether what is online, here and wherever it is copied to, is what has landed."""
        return self.status in {"published", "unchanged"} and not self.behind


def refresh(settings: Settings, rules: Rules, say: Say) -> Outcome:
    """Bring what has landed online, or say what is in the way."""
    # What no step named is on the disk of the data folder.
    with run_lock(settings), disk.about(settings.data_dir):
        tidy(settings)
        alarms = finish_switch(settings)
        if new_bytes(settings):
            check_space(settings)
        warnings = alarms + _load(settings, say)
        outcome = _decide(settings, rules, say, warnings)
        ended = {"status": outcome.status, "held": outcome.held, "at": datetime.now(UTC).isoformat()}
        durable.write_json(settings.state / "outcome.json", ended)
    return outcome


def _load(settings: Settings, say: Say) -> list[str]:
    """Load new files and return what is worth a warning."""
    started = time.perf_counter()
    report = ingest(settings)
    keep_outcomes(settings, report.files)
    for file in report.with_status("loaded"):
        say(f"{file.path}: {file.rows.get('loaded', 0):,} rows into {file.source}/{file.stream} ({file.seconds:.1f} s)")
    loaded, known = len(report.with_status("loaded")), len(report.with_status("known"))
    say(f"{loaded} new and {known} known files ({time.perf_counter() - started:.1f} s)")
    for line in grouped((file.path, line) for file in report.with_status("loaded") for line in file.remarks):
        say(f"  note: {line}")
    return [str(problem) for file in report.with_status("unrecognised") for problem in file.problems]


def _decide(settings: Settings, rules: Rules, say: Say, warnings: list[str]) -> Outcome:
    current = online(settings)
    name = current.version if current else None
    if refused := refused_files(settings):
        return Outcome("held", name, refused, warnings)
    if not any(file.status == "loaded" for file in landed_files(settings)):
        empty = f"no export that Duet knows lies below {settings.landing}; drop one there, or run `duet demo`"
        return Outcome("held", name, [empty], warnings)
    wanted = fingerprint(settings, rules)
    if current and current.fingerprint == wanted:
        return Outcome("unchanged", name, [], warnings, behind=_bring_along(settings))
    if (waiting := staged(settings)) and waiting.fingerprint == wanted:
        if waiting.approval is None:
            return _staged(waiting, name, warnings)
        # Somebody approved it, and the process died before it was online.
        version = certify(settings, rules, PAGES).version
        return Outcome("published", version, [], warnings, behind=_bring_along(settings))
    check_space(settings)
    # Dagster and dbt take three CPU seconds to import; a run with nothing to do must not pay for them.
    from orchestration.run.job import run_job

    held = run_job(settings, say)
    after = online(settings)
    if (waiting := staged(settings)) and waiting.fingerprint == wanted:
        return _staged(waiting, name, warnings)
    if after is not None and after.fingerprint == wanted:
        # What failed then came after the version was online.
        return Outcome("published", after.version, [], warnings, behind=held)
    if not held:
        # Dagster calls a run with skipped steps a success.
        held = [f"the run ended without publishing; run `duet refresh` again, and read {settings.state / 'run.log'}"]
    return Outcome("held", after.version if after else None, held, warnings)


def _bring_along(settings: Settings) -> list[str]:
    """What went wrong where a copy of what is online should have followed it."""
    try:
        bring_along(settings)
    except NotDelivered as error:
        return [f"published, but not in PostgreSQL: {error}"]
    return []


def _staged(waiting: Staged, online_now: str | None, warnings: list[str]) -> Outcome:
    return Outcome("staged", online_now, explanations(waiting.held_by), warnings, waiting.command)
