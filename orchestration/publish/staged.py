"""The candidate that is built, passed every blocking check and waits for a person: what holds it, and its release."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from pydantic import BaseModel

from orchestration.publish.approval import Approval, ApprovedCheck, keep_approval, read_approval
from orchestration.publish.audit import read_audit
from orchestration.publish.build import NoBuild, build_folder
from orchestration.publish.candidate import candidate_folder, read_candidate
from orchestration.publish.certify import Page, certify
from orchestration.publish.checks import Check
from orchestration.publish.fingerprint import fingerprint
from orchestration.publish.version import Version
from orchestration.rules import Rules
from orchestration.settings import Settings

# Enough of a run's name to tell it from others, and to type.
SHORT = 8


class CannotApprove(ValueError):
    """There is no such candidate to approve; the message says what there is."""


class Staged(BaseModel):
    """A candidate that only a person can release."""

    run: str
    content_hash: str
    fingerprint: str
    as_of: date
    built_at: datetime
    held_by: list[Check]
    approval: Approval | None

    @property
    def command(self) -> str:
        """What releases it."""
        return f'duet approve {self.run[:SHORT]} --reason "why it is right"'


def staged(settings: Settings) -> Staged | None:
    """The candidate that waits for approval; None where there is none, or where a blocking check failed."""
    try:
        candidate = read_candidate(settings)
        record = read_audit(settings)
        built = json.loads((build_folder(settings) / "build.json").read_bytes())["run"]
    except (NoBuild, FileNotFoundError):
        return None
    if record is None or not built == record.run == candidate.run or record.content_hash != candidate.content_hash:
        return None
    held_by = [check for check in record.checks if check.holds]
    if not held_by or any(check.blocks for check in record.checks):
        return None
    return Staged(
        held_by=held_by,
        content_hash=candidate.content_hash,
        approval=read_approval(candidate_folder(settings)),
        **candidate.model_dump(include={"run", "fingerprint", "as_of", "built_at"}),
    )


def approve(settings: Settings, rules: Rules, run: str, reason: str, by: str, pages: Iterable[Page] = ()) -> Version:
    """Release the candidate of a run, named by the beginning of its name, and publish it; call it under the lock."""
    waiting = staged(settings)
    if waiting is None:
        raise CannotApprove("no candidate waits for approval; `duet status` says what is online and what is in the way")
    if len(run) < SHORT or not waiting.run.startswith(run):
        raise CannotApprove(f"run {run} does not wait for approval; {waiting.run} does: {waiting.command}")
    if not reason.strip():
        raise CannotApprove(f"an approval without a reason helps nobody: {waiting.command}")
    as_of_then = settings.model_copy(update={"as_of": waiting.as_of})
    if fingerprint(as_of_then, rules) != waiting.fingerprint:
        raise CannotApprove(
            f"files, rules or software changed since run {waiting.run[:SHORT]}, and what you looked at is not what "
            "would be online; run `duet refresh`"
        )
    keep_approval(
        candidate_folder(settings),
        Approval(
            run=waiting.run,
            content_hash=waiting.content_hash,
            approved_at=datetime.now(UTC),
            approved_by=by,
            reason=reason.strip(),
            checks=[ApprovedCheck(**check.model_dump(include={"id", "fact", "observed"})) for check in waiting.held_by],
        ),
    )
    return certify(settings, rules, pages)
