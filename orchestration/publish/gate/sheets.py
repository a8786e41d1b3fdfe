"""Sheets that people keep: rows that every period had, and rows that are written twice."""

from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, part_of, successors

# So many periods in a row make a habit.
SERIES = 5


def no_row_breaks_off(history: History) -> Seen:
    """Rows of a sheet that every period had: a cost of each month, a rate of each day."""
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) if one.is_sheet and one.stream.day for line in _broken_off(one)])


def no_row_is_written_twice(history: History) -> Seen:
    """Rows of a sheet that say all that another one says; where there were some before, twice as many may be."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        now, before = (_repeated(one, file) if one.is_sheet else 0 for file in (one.file, one.before[0]))
        if now > before * 2:
            rows = "1 row says" if now == 1 else f"{now:,} rows say"
            wrong.append(f"{one.name}: {rows} what another one says already")
    return Seen(wrong)


def _broken_off(one: Successor) -> list[str]:
    """Rows of the same words that came with each of the last periods of a sheet, and not with the new ones."""
    series, day = one.of_type("text"), one.stream.day
    words = "concat_ws(' ', " + ", ".join(series) + ")"
    sql = f"""
        with periods as (select distinct {day} as period from {one.records.was} order by 1 desc limit {SERIES}),
        steady as (
            select {words} as series from {one.records.was} inner join periods on {day} = period
            group by all having count(distinct period) = {SERIES}
        ),
        fresh as (
            select distinct {day} as period from {one.records.new} where {day} > (select max(period) from periods)
        )
        select distinct series, period from steady cross join fresh
        anti join (select {words} as series, {day} as period from {one.records.now}) as there using (series, period)
        order by all
    """
    return [f"{one.name}: no row of {series} for {period}, unlike before" for series, period in one.history.rows(sql)]


def _repeated(one: Successor, file: Manifest) -> int:
    said = ", ".join(name for name in one.stream.columns)
    sql = f"select count(*) - count(distinct ({said})) from read_parquet({part_of(one.history, file)})"
    return int(one.history.rows(sql)[0][0])


GUARDS = [
    Guard(
        "sheets.no_row_breaks_off",
        "a sheet has the rows of a new period that every period before had",
        no_row_breaks_off,
        "add the row that is named, with 0 where nothing was due; approve it if it has ended",
        owner="finance",
    ),
    Guard(
        "sheets.no_row_is_written_twice",
        "no row of a sheet says the same as another one, where none did",
        no_row_is_written_twice,
        "delete the copies from the sheet and land it again; approve it if each is meant, and tell them apart",
        owner="finance",
    ),
]
