"""Decides whether a file that was read may be loaded, and says what is wrong with it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from orchestration.ingest.judging import claims
from orchestration.ingest.judging.measures import Measures
from orchestration.ingest.problems import Problem, shown
from orchestration.ingest.rows import fates
from orchestration.ingest.rows.evening import UnevenRecord
from orchestration.ingest.rows.plan import Bound, Plan
from orchestration.ingest.rows.reading import FaultyRow, Reading

# Up to a thousandth of the rows, and of the money, may be set aside; above it the file cannot be trusted.
TOLERATED_SHARE = Decimal("0.001")
# Enough to mend an export; the counts are always whole.
KEPT_PROBLEMS = 100
# Where platforms and spreadsheets stop: so many rows, or so many lines of a sheet.
EXPORT_LIMITS, SHEET_LIMITS = {2_000, 50_000, 100_000}, {65_536, 1_048_576}
LIMIT_REACHED = "export limit reached?"


def judge(
    name: str,
    plan: Plan,
    reading: Reading,
    entries: list[dict[str, Any]],
    measures: Measures,
) -> tuple[list[Problem], bool]:
    """What is wrong with the file, and whether it is too much."""
    problems = [*_wrong_totals(name, plan, entries), *claims.broken(name, plan, reading, measures)]
    is_rejected = bool(problems) or _too_many(reading, measures.weight)
    return [*problems, *row_problems(name, plan, reading)[:KEPT_PROBLEMS]], is_rejected


def row_problems(name: str, plan: Plan, reading: Reading) -> list[Problem]:
    """What is wrong with each row that was set aside, in the order of the file."""
    rows = [*_uneven_problems(name, reading.uneven), *_faulty_problems(name, plan, reading.faulty)]
    return sorted(rows, key=lambda problem: problem.line or 0)


def _too_many(reading: Reading, loaded_weight: Decimal) -> bool:
    rejected, loaded = reading.rows["rejected"], reading.rows["loaded"]
    if rejected > TOLERATED_SHARE * (rejected + loaded):
        return True
    return reading.rejected_weight > TOLERATED_SHARE * (reading.rejected_weight + loaded_weight)


def notes(plan: Plan, reading: Reading, entries: list[dict[str, Any]]) -> list[str]:
    """What is worth knowing and holds nothing back."""
    lines = [
        f"{entry['label']} says {entry['column']} {entry['total']}, the rows add up to {entry['rows']}: "
        "the export shows a part of the account"
        for entry in entries
        if not entry["agrees"] and not entry["is_checked"]
    ]
    if reading.is_open:
        lines.append("the last line has no end: was the file cut off?")
    if reading.repeats:
        lines.append(f"{reading.repeats:,} rows stand there more than once and are loaded once")
    if plan.facts.is_incomplete:
        lines.append("the platform says that these figures may not be complete yet")
    if plan.facts.unread:
        lines.append(f"dates that cannot be read for certain: {'; '.join(plan.facts.unread)}")
    if plan.found.dialect.encoding == "cp1252":
        lines.append("the file is not UTF-8 and was read as Windows text (cp1252)")
    if not reading.rows["loaded"] and not reading.rows["rejected"]:
        declares = "" if claims.declared_window(plan, reading) else ", and does not say which days it covers"
        lines.append(f"the export holds no rows{declares}")
    rows = reading.rows["loaded"] + reading.rows["rejected"] + reading.repeats
    if rows in EXPORT_LIMITS or reading.records in SHEET_LIMITS:
        lines.append(f"exactly {rows:,} rows: {LIMIT_REACHED}")
    return lines


def _wrong_totals(name: str, plan: Plan, entries: list[dict[str, Any]]) -> Iterator[Problem]:
    headers = {bound.column: bound.header for bound in plan.bound}
    for entry in entries:
        if entry["is_checked"] and not entry["agrees"]:
            label = entry["label"] or "The total row"
            yield Problem(
                name,
                f"{label} says {entry['total']}, the rows add up to {entry['rows']}",
                "a total that equals its rows",
                "The file was cut, edited or filtered after the export: export it again.",
                entry["line"],
                headers[entry["column"]],
            )


def _uneven_problems(name: str, uneven: list[UnevenRecord]) -> Iterator[Problem]:
    for record in uneven:
        remedy = "The file was cut or edited: export it again and drop it unopened."
        yield Problem(name, record.found, record.expected, remedy, record.line)


def _faulty_problems(name: str, plan: Plan, faulty: list[FaultyRow]) -> Iterator[Problem]:
    by_place = {bound.place: bound for bound in plan.bound}
    for row in faulty:
        if row.place is None:
            yield Problem(name, "a row that is neither data nor a total", "a row of data", "Export again.", row.line)
        else:
            yield _cell_problem(name, row, by_place[row.place])


def _cell_problem(name: str, row: FaultyRow, bound: Bound) -> Problem:
    return Problem(
        name, shown(row.text, bound.shown_as), fates.expected(bound, row.text), fates.remedy(bound),
        row.line, bound.header,
    )  # fmt: skip
