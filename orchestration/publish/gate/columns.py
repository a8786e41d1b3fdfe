"""Columns that every record had, and that no new one has."""

from collections.abc import Iterator

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, successors

# Where thirty had it, two that have not come once in 496 deliveries by chance; one is a slip of the pen.
AT_LEAST, TOGETHER = 30, 2
AMOUNTS = ("money", "number", "count")


def no_column_falls_silent(history: History) -> Seen:
    """Columns that are empty or zero in all new records of an export, where all before them had something there.

    Once this was approved, the column may be empty: it is told once.
    """
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) for line in _silent(one)])


def _silent(one: Successor) -> Iterator[str]:
    new, filled_now = _filled(one, one.records.new)
    if new < TOGETHER:
        return
    known, filled = _filled(one, one.records.was)
    suspects = [name for name in one.measured if not filled_now[name] and filled[name] == known >= AT_LEAST]
    if not suspects:
        return
    # What is filled in later was missing when earlier records came, too; rows of a sheet stay as they were written.
    came = [] if one.is_sheet else [_filled(one, records.new) for records in one.earlier]
    young = known if one.is_sheet else sum(records for records, _ in came)
    for name in suspects:
        if young >= new and all(there[name] == records for records, there in came):
            yield f"{one.name}: {name} is empty or zero in all {new:,} new records, in none of {known:,} before"


def _filled(one: Successor, relation: str) -> tuple[int, dict[str, int]]:
    """How many records there are, and in how many each column says something."""
    amounts = one.of_type(*AMOUNTS)
    asked = "".join(f", count({f'nullif({name}, 0)' if name in amounts else name})" for name in one.measured)
    records, *counts = one.records.one(f"select count(*){asked} from {relation}")
    return records, dict(zip(one.measured, counts, strict=True))


GUARDS = [
    Guard(
        "columns.none_falls_silent",
        "a column that every record had is not empty or zero in all new ones",
        no_column_falls_silent,
        "add the column to the export again, or ask who fills it in; approve it if it ended: it is told once",
    ),
]
