"""What an alert says: what is online, what failed or is held, and what to do. No row of data and no person is in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from orchestration import disk
from orchestration.publish.audit import checks_so_far
from orchestration.publish.build import NoBuild, read_build
from orchestration.publish.certify import explanations
from orchestration.publish.checks import Check
from orchestration.publish.files import refused_files
from orchestration.publish.staged import SHORT, Staged, staged
from orchestration.publish.version import shelf
from orchestration.settings import Settings

TRIAL = "This is a trial. Whoever reads it will be told when a run fails or waits for a person."


@dataclass(frozen=True)
class StepFailure:
    """A step of a run that failed, and what it said; that stays on this machine."""

    step: str
    said: str


@dataclass(frozen=True)
class Alert:
    """A title of one line, and what stands below it."""

    title: str
    body: str

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.title}\n\n{self.body}\n"


def of_trial(settings: Settings) -> Alert:
    """To try the channels."""
    return Alert("Duet: a trial of its alerts", f"{_online(settings)}\n\n{TRIAL}")


def of_run(settings: Settings, job: str, run: str, failures: Iterable[StepFailure]) -> Alert:
    """Of a run that did not succeed: it waits for a person, or something is wrong with files, numbers or machine."""
    waiting = staged(settings)
    if waiting is not None and waiting.run == run:
        return of_staged(settings, waiting)
    if job == "kpi_refresh" and (refused := refused_files(settings)):
        causes, wrong = refused, "files are refused"
    elif checks := _failed_checks(settings, run):
        causes, wrong = explanations([_impersonal(check) for check in checks]), "checks failed"
    else:
        causes, wrong = _steps(failures, run), "a run failed"
    return _of_causes(settings, f"Duet: {wrong}, nothing was published", f"{job}, run {run[:SHORT]}", causes)


def of_staged(settings: Settings, waiting: Staged) -> Alert:
    """Of a candidate that a person must look at."""
    causes = explanations([_impersonal(check) for check in waiting.held_by])
    release = f"If it is right:  {waiting.command}\nIf it is not:    do as the remedy says, and `duet refresh`"
    run = f"run {waiting.run[:SHORT]}, as of {waiting.as_of}"
    return _of_causes(settings, "Duet: a version is held until a person has looked", run, [*causes, release])


def of_state(settings: Settings) -> Alert | None:
    """Of what holds the newest data back now, whoever ran; None where nothing does."""
    if (waiting := staged(settings)) is not None:
        return of_staged(settings, waiting)
    if refused := refused_files(settings):
        return _of_causes(settings, "Duet: files are refused, nothing was published", "the last look", refused)
    return None


def _of_causes(settings: Settings, title: str, what: str, causes: list[str]) -> Alert:
    return Alert(title, "\n\n".join([f"{_online(settings)}\nNot published: {what}", *causes]))


def _online(settings: Settings) -> str:
    found = shelf(settings)
    alarms = "".join(f"\nALARM: {alarm}" for alarm in found.alarms)
    if found.online is None:
        return f"Online: nothing yet{alarms}"
    version = found.online
    return (
        f"Online: {version.version}, as of {version.as_of}, certified {version.certified_at:%Y-%m-%d %H:%M} UTC{alarms}"
    )


def _failed_checks(settings: Settings, run: str) -> list[Check]:
    """The checks of this run, where one of them is in the way."""
    try:
        if read_build(settings).run != run:
            return []
    except NoBuild:
        return []
    checks = checks_so_far(settings)
    return checks if any(check.blocks and check.ran for check in checks) else []


def _impersonal(check: Check) -> Check:
    """The check without the rows that it shows on this machine: how many, but not which."""
    if check.layer in ("gate", "ingest"):
        return check
    return check.model_copy(update={"observed": check.observed.partition(":")[0]})


def _steps(failures: Iterable[StepFailure], run: str) -> list[str]:
    """Which steps failed and what to do; what a library said may hold a value of a row."""
    look = f"look at run {run[:SHORT]} in Dagster; what was online before still is"
    return [f"step {one.step} failed\n  remedy:    {disk.remedy(one.said) or look}" for one in failures] or [
        f"the run ended without a word (killed, or the machine stopped)\n  remedy:    {look}"
    ]
