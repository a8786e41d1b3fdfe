"""The audit record: every check that this candidate must show, what it saw, and who can put it right."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from expectations.validate import Finding
from orchestration import durable
from orchestration.publish.build import Build, NoBuild, read_build
from orchestration.publish.candidate import candidate_folder, read_candidate
from orchestration.publish.checks import LANDING, MODELS, Check, expected_checks
from orchestration.publish.evidence import first_line, observed
from orchestration.publish.files import file_names, looked_at_landing, refused_files
from orchestration.publish.gate.every import Verdict, read_verdicts
from orchestration.publish.page import About, render
from orchestration.settings import Settings


class AuditRecord(BaseModel):
    """All checks of exactly one candidate."""

    run: str
    content_hash: str
    audited_at: datetime
    checks: list[Check]


class Findings(BaseModel):
    """What the expectation suites saw in exactly one candidate."""

    content_hash: str
    findings: list[Finding]


def keep_findings(settings: Settings, findings: list[Finding]) -> None:
    """Keep what the suites saw beside the candidate they looked at."""
    kept = Findings(content_hash=read_candidate(settings).content_hash, findings=findings)
    durable.write_model(candidate_folder(settings) / "expectations.json", kept)


def audit(settings: Settings) -> AuditRecord:
    """Write the record of the candidate that waits."""
    candidate = read_candidate(settings)
    record = AuditRecord(
        run=candidate.run,
        content_hash=candidate.content_hash,
        audited_at=datetime.now(UTC),
        checks=assemble(
            settings,
            read_build(settings),
            _findings(settings, candidate.content_hash),
            read_verdicts(settings, candidate.content_hash),
        ),
    )
    durable.write_model(candidate_folder(settings) / "checks.json", record)
    about = About(record.run, candidate.as_of, record.audited_at, record.content_hash)
    durable.write_text(page_of_candidate(settings), render(about, record.checks))
    return record


def page_of_candidate(settings: Settings) -> Path:
    """The page of the checks of the last run, whether or not it came to be published."""
    return settings.state / "checks.html"


def read_audit(settings: Settings) -> AuditRecord | None:
    """The record on disk; None when the candidate was never audited."""
    path = candidate_folder(settings) / "checks.json"
    return AuditRecord.model_validate(json.loads(path.read_bytes())) if path.exists() else None


def checks_so_far(settings: Settings) -> list[Check]:
    """Every check of a run that did not come to its end; empty when dbt never ran."""
    try:
        build = read_build(settings)
    except NoBuild:
        return []
    try:
        content_hash = read_candidate(settings).content_hash
    except NoBuild:
        return assemble(settings, build, [], [])
    return assemble(settings, build, _findings(settings, content_hash), read_verdicts(settings, content_hash))


def assemble(settings: Settings, build: Build, findings: Iterable[Finding], verdicts: Iterable[Verdict]) -> list[Check]:
    """Expected checks with what was seen; one without a result stays failed."""
    names = file_names(settings)
    beliefs = {f"expectations.{finding.table}.{finding.name}": finding for finding in findings}
    gate = {f"gate.{verdict.id}": verdict for verdict in verdicts}
    tests = {_check_id(result["unique_id"], build): result for result in build.results.values()}
    checks = []
    for check in expected_checks(build):
        if check.id == LANDING and looked_at_landing(settings):
            refused = refused_files(settings)
            seen = {"passed": not refused, "observed": "; ".join(refused) or "every recognised file is loaded"}
        elif check.id == MODELS:
            seen = _seen_models(build)
        elif check.id in beliefs:
            seen = {"passed": beliefs[check.id].passed, "observed": beliefs[check.id].observed}
        elif check.id in gate:
            seen = {"passed": gate[check.id].passed, "observed": gate[check.id].observed}
        elif check.id in tests:
            result = tests[check.id]
            seen = {"passed": result["status"] == "pass", "observed": observed(result, build, settings, names)}
        else:
            seen = {}
        checks.append(check.model_copy(update=seen))
    return checks


def causes(checks: Iterable[Check]) -> list[Check]:
    """The blocking failures that explain the others: those that ran, or all when none did."""
    blocking = [check for check in checks if check.blocks]
    return [check for check in blocking if check.ran] or blocking


def _seen_models(build: Build) -> dict[str, Any]:
    kinds = ("model.", "seed.")
    expected = {
        uid for uid, node in build.manifest["nodes"].items() if uid.startswith(kinds) and node["config"]["enabled"]
    }
    ran = {uid: result for uid, result in build.results.items() if uid in expected}
    built = {uid for uid, result in ran.items() if result["status"] == "success"}
    errors = [
        f"{uid.rpartition('.')[2]}: {first_line(result.get('message'))}"
        for uid, result in ran.items()
        if result["status"] == "error"
    ]
    if built == expected:
        return {"passed": True, "observed": f"{len(expected)} models and seeds built"}
    # A broken test skips the models behind it: those follow from the test, which speaks for itself.
    return {
        "passed": False,
        "observed": "; ".join(sorted(errors)) or f"did not run: {len(expected - built)} of {len(expected)}",
    }


def _check_id(unique_id: str, build: Build) -> str:
    """The check that a result answers; what the manifest does not know answers none."""
    if (unit := build.manifest.get("unit_tests", {}).get(unique_id)) is not None:
        return f"dbt.unit.{unit['model']}.{unit['name']}"
    node = build.manifest["nodes"].get(unique_id)
    return unique_id if node is None else f"dbt.{node['name']}"


def _findings(settings: Settings, content_hash: str) -> list[Finding]:
    path = candidate_folder(settings) / "expectations.json"
    if not path.exists():
        return []
    kept = Findings.model_validate(json.loads(path.read_bytes()))
    return kept.findings if kept.content_hash == content_hash else []
