"""What two certified versions say otherwise about periods that were over for the earlier one, and why."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from orchestration.engine.connection import connect
from orchestration.publish.restated.history import (
    TABLE_COLUMNS,
    kept_steps,
    known_versions,
    reported_values,
    side_of,
)
from orchestration.publish.restated.step import circumstances, moved_numbers
from orchestration.publish.version import Version
from orchestration.report.named_versions import named_version
from orchestration.settings import Settings

NUMBER = ("kpi", "variant", "grain", "period", "dimension", "member")
NO_STEPS = f"create temp table steps ({TABLE_COLUMNS})"
SUMMED = f"""
with numbers as (
    select *, value_after - value_before as delta
    from moved
    where grain = $grain and (dimension = $by or ($by = '' and dimension = 'stage_pair'))
),
causes as (
    select {", ".join(NUMBER)}, cause, sum(contribution) as contribution
    from steps
    where version_after > $before and version_after <= $after
    group by all
    having sum(contribution) <> 0
),
explained as (
    select {", ".join(NUMBER)}, sum(contribution) as contribution from causes group by all
),
rows as (
    select numbers.*, causes.cause, causes.contribution from numbers inner join causes using ({", ".join(NUMBER)})
    union all
    select numbers.*, 'unexplained', delta - coalesce(explained.contribution, 0)
    from numbers left join explained using ({", ".join(NUMBER)})
    where delta is null or delta <> coalesce(explained.contribution, 0)
)
select {", ".join(NUMBER)}, unit, value_before, value_after, delta, cause, sum(contribution) as contribution
from rows
group by all
order by all
"""


class NotComparable(ValueError):
    """Two versions cannot be compared; the message says why and what to do."""


@dataclass(frozen=True)
class Difference:
    """The numbers that moved, a row per number and cause, and what changed between the versions as a whole."""

    before: Version
    after: Version
    rows: list[dict[str, Any]]
    rules: list[str]
    models_changed: bool
    files_new: int
    files_gone: int

    def record(self) -> dict[str, Any]:
        """Everything that `duet diff --json` prints."""
        return {
            "version_before": self.before.version, "as_of_before": self.before.as_of.isoformat(),
            "version_after": self.after.version, "as_of_after": self.after.as_of.isoformat(),
            "rules": self.rules, "models_changed": self.models_changed,
            "files_new": self.files_new, "files_gone": self.files_gone, "moved": self.rows,
        }  # fmt: skip


def diff(settings: Settings, one: str, other: str, grain: str = "month", by: str = "") -> Difference:
    """Compare two versions, the older one first; of one grain, in total or cut by a dimension."""
    known = known_versions(settings)
    before, after = sorted(
        (named_version(settings, known, one), named_version(settings, known, other)), key=lambda v: v.version
    )
    _comparable(before, after, one, other)
    earlier, later = side_of(before), side_of(after)
    return Difference(
        before=before,
        after=after,
        rows=_moved(settings, before, after, grain, by),
        rules=_changed("", earlier.definitions, later.definitions),
        models_changed=circumstances(earlier, later).definition_changed and before.code_hash != after.code_hash,
        files_new=len(later.files - earlier.files),
        files_gone=len(earlier.files - later.files),
    )


def _comparable(before: Version, after: Version, one: str, other: str) -> None:
    if before.version == after.version:
        raise NotComparable(f"{one} and {other} are the same version, {before.version}; duet versions lists all")
    money = [version.rules.get("reporting_currency") for version in (before, after)]
    if money[0] != money[1]:
        raise NotComparable(
            f"{before.version} is in {money[0]} and {after.version} in {money[1]}: amounts of two currencies cannot be "
            "compared; compare versions on one side of that change"
        )


def _moved(settings: Settings, before: Version, after: Version, grain: str, by: str) -> list[dict[str, Any]]:
    """Moved numbers from what was reported, causes from the steps between; what these leave is unexplained."""
    steps = [str(path) for path in kept_steps(settings)]
    with connect() as conn:
        for name, version in (("before", before), ("after", after)):
            conn.execute(f"attach ':memory:' as {name}")
            conn.execute(f"create schema {name}.marts")
            values = str(reported_values(settings, version))
            conn.execute(f"create table {name}.marts.kpi_values as from read_parquet(?)", [values])
        moved_numbers(conn, before.as_of, side_of(after).cac)
        conn.execute(NO_STEPS)
        if steps:
            conn.execute("insert into steps by name from read_parquet(?)", [steps])
        asked = {"grain": grain, "by": by, "before": before.version, "after": after.version}
        found = conn.execute(SUMMED, asked)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _changed(name: str, before: Any, after: Any) -> list[str]:
    """The rules that differ, with both values."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted({*before, *after})
        return [line for key in keys for line in _changed(f"{name}.{key}", before.get(key), after.get(key))]
    return [] if before == after else [f"{name.lstrip('.')}: {before} to {after}"]


def by_number(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[tuple[str, Decimal | None]]]]:
    """Each number with its causes, the largest first."""
    found: dict[tuple[Any, ...], tuple[dict[str, Any], list[tuple[str, Decimal | None]]]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in NUMBER), (row, []))[1].append((row["cause"], row["contribution"]))
    for _, causes in found.values():
        causes.sort(key=lambda cause: abs(cause[1] or Decimal(0)), reverse=True)
    return list(found.values())
