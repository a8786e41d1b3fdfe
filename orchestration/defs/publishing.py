"""The last stretch: candidate, what is believable about it, its audit record, the published version."""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from expectations import suites
from orchestration.defs.links import about, link
from orchestration.defs.locking import RunLock
from orchestration.defs.models import models
from orchestration.defs.steps import HELD
from orchestration.publish.audit import audit, keep_findings, page_of_candidate, read_audit
from orchestration.publish.candidate import SERVING, build_candidate, candidate_folder
from orchestration.publish.certify import Held, certify, explain_all
from orchestration.publish.gate.every import EVERY, look_at_candidate
from orchestration.publish.landed import lake_views
from orchestration.report.pack.edition import PAGES
from orchestration.rules import Rules, load_rules
from orchestration.settings import Automation, get_settings


def check_of(table: str) -> str:
    """The asset check that runs the suite of a table."""
    return f"believable_{table.replace('.', '_')}"


def every_day(automation: Automation, rules: Rules) -> dg.FreshnessPolicy:
    """A version is certified each day by DUET_CERTIFIED_BY in the reporting timezone."""
    by = automation.certified_by
    # Between two such times lie 23 hours at least: a spring night takes one.
    day = dt.timedelta(hours=23)
    return dg.FreshnessPolicy.cron(f"{by.minute} {by.hour} * * *", day, rules.reporting_timezone)


OWNERS, TAGS = ["team:analytics"], {"layer": "publish"}
MARTS = sorted(key for key in models.keys if key.path[0] == "marts")


@dg.asset(group_name="publish", kinds={"duckdb", "parquet"}, owners=OWNERS, tags=TAGS, deps=MARTS)
def candidate(run_lock: RunLock) -> dg.MaterializeResult:
    """The marts of this build in the file that BI tools will open, not yet certified."""
    settings = get_settings()
    built = build_candidate(settings, load_rules(settings.config))
    rows = {f"rows {table}": content.rows for table, content in built.tables.items()}
    return dg.MaterializeResult(metadata={"content hash": built.content_hash, **rows})


@dg.multi_asset_check(
    name="believable",
    specs=[
        dg.AssetCheckSpec(
            check_of(table), asset="candidate", blocking=True, description="; ".join(b.fact for b in suite)
        )
        for table, suite in suites().items()
    ],
)
def believable(run_lock: RunLock) -> Iterator[dg.AssetCheckResult]:
    """Great Expectations on every published table, and on streams as they landed."""
    # Great Expectations takes three CPU seconds to import; validate does so when it is called.
    from expectations.validate import validate

    settings = get_settings()
    findings = validate(candidate_folder(settings) / SERVING, lake_views(settings))
    keep_findings(settings, findings)
    severity = {(table, belief.name): belief.severity for table, suite in suites().items() for belief in suite}
    for table in suites():
        ours = [finding for finding in findings if finding.table == table]
        failed = [finding for finding in ours if not finding.passed and severity[table, finding.name] == "block"]
        yield dg.AssetCheckResult(
            passed=not failed,
            check_name=check_of(table),
            asset_key="candidate",
            metadata={
                finding.name: f"{'held' if finding.passed else 'FAILED'}: {finding.observed}" for finding in ours
            },
        )


@dg.multi_asset_check(
    name="gate",
    specs=[
        dg.AssetCheckSpec(
            guard.id.replace(".", "_"), asset="candidate", blocking=guard.severity == "block", description=guard.fact
        )
        for guard in EVERY
    ],
)
def gate(run_lock: RunLock) -> Iterator[dg.AssetCheckResult]:
    """The candidate against the files that it is made of and the version that is online."""
    settings = get_settings()
    severity = {guard.id: guard.severity for guard in EVERY}
    for verdict in look_at_candidate(settings, load_rules(settings.config)):
        yield dg.AssetCheckResult(
            passed=verdict.passed,
            check_name=verdict.id.replace(".", "_"),
            asset_key="candidate",
            severity=dg.AssetCheckSeverity.ERROR if severity[verdict.id] == "block" else dg.AssetCheckSeverity.WARN,
            metadata={"observed": verdict.observed},
        )


@dg.asset(group_name="publish", kinds={"json"}, owners=OWNERS, tags=TAGS, deps=["candidate"])
def audit_record(run_lock: RunLock) -> dg.MaterializeResult:
    """One row per check that this candidate must show: tests, identities, expectations, accepted files."""
    record = audit(get_settings())
    failed = [check for check in record.checks if check.blocks]
    held = [check for check in record.checks if check.holds]
    counts = {"checks": len(record.checks), "in the way": len(failed), "held by": len(held)}
    page = link(get_settings(), page_of_candidate(get_settings()))
    return dg.MaterializeResult(metadata={**counts, "page": page})


@dg.asset_check(asset="audit_record", blocking=True)
def every_blocking_check_passed(run_lock: RunLock) -> dg.AssetCheckResult:
    """No blocking check of the audit record failed or is missing; identities are named."""
    record = read_audit(get_settings())
    checks = record.checks if record else []
    failed = [check for check in checks if check.blocks]
    identities = sorted({check.identity for check in checks if check.identity and check.passed})
    return dg.AssetCheckResult(
        passed=record is not None and not failed,
        description=explain_all(failed) if failed else None,
        metadata={"checks": len(checks), "identities that hold": ", ".join(identities)},
    )


@dg.asset(
    group_name="publish",
    kinds={"duckdb", "parquet", "html"},
    owners=OWNERS,
    tags=TAGS,
    deps=["audit_record"],
    freshness_policy=every_day(Automation(), load_rules(get_settings().config)),
)
def published_version(run_lock: RunLock) -> dg.MaterializeResult:
    """The certified version that BI tools see, with its KPI pack; it reads the audit record and refuses without it."""
    settings = get_settings()
    try:
        version = certify(settings, load_rules(settings.config), PAGES)
    except Held as held:
        # A run that waits for a person has not succeeded, and trying again would not help it.
        raise dg.Failure(f"{HELD}:\n{held}", allow_retries=False) from held
    return dg.MaterializeResult(metadata=about(settings, version))
