"""The publish step: it believes nobody, reads the audit record again, hashes the candidate again, then switches."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path

from orchestration import durable
from orchestration.publish.approval import Approval, read_approval
from orchestration.publish.audit import AuditRecord, causes, read_audit
from orchestration.publish.build import read_build
from orchestration.publish.candidate import (
    SERVING,
    STORAGE_VERSION,
    Candidate,
    candidate_folder,
    hash_again,
    read_candidate,
)
from orchestration.publish.checks import Check, expected_checks
from orchestration.publish.content import combined_hash
from orchestration.publish.files import inputs
from orchestration.publish.fingerprint import code_hash
from orchestration.publish.ops import write_ops
from orchestration.publish.page import About, render
from orchestration.publish.restated.history import remember, write_restatements
from orchestration.publish.seals import MANIFEST, files_of, seal
from orchestration.publish.version import Version, next_name, online, put_online, retire
from orchestration.rules import Rules
from orchestration.settings import Settings

# More than these bury the first cause.
SHOWN = 10


class Refused(RuntimeError):
    """The candidate is not published; the message names each check that is in the way and what to do."""


class Held(Refused):
    """Nothing is wrong with the candidate for certain; it stays until a person has looked at what is unusual."""


# Writes a file for people into the folder that is about to be sealed as a version.
Page = Callable[[Path, Version], None]


def certify(settings: Settings, rules: Rules, pages: Iterable[Page] = ()) -> Version:
    """Publish the candidate if, and only if, its audit record lets it, with a person's approval where that is due."""
    candidate = read_candidate(settings)
    record = _acceptable_record(settings, candidate)
    approval = _approval_where_due(settings, candidate, record)
    current = online(settings)
    if current and (current.fingerprint, current.content_hash) == (candidate.fingerprint, candidate.content_hash):
        durable.remove_tree(candidate_folder(settings))
        return current
    name = next_name(settings, candidate.fingerprint)
    version = _describe(settings, rules, candidate, record, name)
    version.approval = approval
    _seal(settings, version, record, pages)
    os.rename(candidate_folder(settings), settings.published / name)
    durable.sync(settings.published)
    remember(settings)
    put_online(settings, name)
    retire(settings, rules.publish.keep_versions)
    return version


def _acceptable_record(settings: Settings, candidate: Candidate) -> AuditRecord:
    """The record on disk, if it speaks of exactly these bytes and nothing is in the way."""
    record = read_audit(settings)
    if record is None:
        raise Refused("the candidate has no audit record; run the whole job: `duet refresh`")
    found = combined_hash(hash_again(candidate_folder(settings), sorted(candidate.tables)))
    if not found == candidate.content_hash == record.content_hash:
        raise Refused("the candidate is not the one that was audited; run the whole job: `duet refresh`")
    build = read_build(settings)
    if not build.run == candidate.run == record.run:
        raise Refused("the audit record belongs to another run; run the whole job: `duet refresh`")
    seen = {check.id: check for check in record.checks}
    checks = [_with_result(one, seen) for one in expected_checks(build)]
    if blocking := [check for check in checks if check.blocks]:
        raise Refused(explain_all(blocking))
    return record.model_copy(update={"checks": checks})


def _approval_where_due(settings: Settings, candidate: Candidate, record: AuditRecord) -> Approval | None:
    """The approval that releases this candidate; None where nothing holds it, else Held."""
    held_by = [check for check in record.checks if check.holds]
    if not held_by:
        return None
    approval = read_approval(candidate_folder(settings))
    if approval is None or not approval.releases(
        candidate.run, candidate.content_hash, [check.id for check in held_by]
    ):
        raise Held(explain_all(held_by))
    return approval


def _with_result(expected: Check, seen: dict[str, Check]) -> Check:
    """Severity and fact are what the build expects; only the result is taken from the record."""
    result = seen.get(expected.id, expected)
    return expected.model_copy(update={"passed": result.passed, "observed": result.observed})


def explain_all(checks: list[Check]) -> str:
    """Everything that is in the way, in one text."""
    return "\n".join(explanations(checks))


def explain(check: Check) -> str:
    """One check that failed: its name and owner, the fact, what was seen, what to do."""
    return (
        f"{check.id} (owner: {check.owner})\n  must hold: {check.fact}\n"
        f"  observed:  {check.observed}\n  remedy:    {check.remedy}"
    )


def explanations(checks: list[Check]) -> list[str]:
    """One text per check that is in the way; of those that only hold, where nothing blocks."""
    shown = causes(checks)
    if not shown:
        return [explain(check) for check in checks if check.holds]
    waiting = len([check for check in checks if check.blocks]) - len(shown)
    texts = [explain(check) for check in shown[:SHOWN]]
    if len(shown) > SHOWN:
        texts.append(f"and {len(shown) - SHOWN} more that failed: duet status --json")
    return [*texts, f"{waiting} checks behind these did not run"] if waiting else texts


def _describe(settings: Settings, rules: Rules, candidate: Candidate, record: AuditRecord, name: str) -> Version:
    return Version(
        version=name,
        certified_at=datetime.now(UTC),
        built_at=candidate.built_at,
        as_of=candidate.as_of,
        engine=candidate.engine,
        run=candidate.run,
        fingerprint=candidate.fingerprint,
        content_hash=candidate.content_hash,
        duet_version=installed("duet"),
        code_hash=code_hash(),
        storage_version=STORAGE_VERSION,
        rules=rules.model_dump(mode="json"),
        inputs=inputs(settings),
        tables=candidate.tables,
        checks={
            "passed": sum(bool(check.passed) for check in record.checks),
            "warned": sum(not check.passed and check.severity == "warn" for check in record.checks),
            "approved": sum(check.holds for check in record.checks),
            "failed": sum(check.blocks for check in record.checks),
        },
        files={},
    )


def _seal(settings: Settings, version: Version, record: AuditRecord, pages: Iterable[Page]) -> None:
    """Finish the folder: what the run did, the manifest with its seal, read-only and on disk."""
    folder = candidate_folder(settings)
    write_ops(settings, folder, version, record.checks)
    write_restatements(settings, folder, version)
    about = About(
        version.run, version.as_of, record.audited_at, version.content_hash, version.version, version.approval
    )
    durable.write_text(folder / "checks.html", render(about, record.checks))
    for write in pages:
        write(folder, version)
    for scratch in ("candidate.json", "expectations.json", "gate.json", "approval.json"):
        (folder / scratch).unlink(missing_ok=True)
    if (folder / f"{SERVING}.wal").exists():
        raise Refused(f"{folder / SERVING}.wal exists: the file was not closed cleanly; run `duet refresh`")
    version.files = files_of(folder)
    durable.write_model(folder / MANIFEST, version)
    seal(folder / MANIFEST)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o750 if path.is_dir() else 0o440)
    durable.sync_tree(folder)
