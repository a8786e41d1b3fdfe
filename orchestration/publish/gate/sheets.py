"""Sheets that people keep: rows and months that every export had, what they always said, and rows written twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import PLANS, Successor, exported_again, part_of, successors

# So many periods in a row make a habit.
SERIES = 5
# Who changes one share means it; all at once are a column that slipped.
TOGETHER = 2


def no_row_breaks_off(history: History) -> Seen:
    """Rows of a sheet that every period had: a cost of each month, a rate of each day."""
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) if one.is_sheet and one.stream.day for line in _broken_off(one)])


def the_month_that_is_over_is_told(history: History) -> Seen:
    """Sheets with a row a month: the last month that was over when a sheet was made, where each export had that.

    The habit has to be seen: exports of two months at least. Also sheets that were landed again as they were.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in (*successors(history), *exported_again(history)):
        if not one.is_sheet or not one.stream.day or one.file.stream in PLANS or not _is_monthly(one):
            continue
        over = [(file, ended) for file in one.before if (ended := _month_over(file))]
        month = _month_over(one.file)
        has_habit = len({ended for _, ended in over}) > 1 and all(_tells(one, file, ended) for file, ended in over)
        if month and has_habit and not _tells(one, one.file, month):
            wrong.append(f"{one.name}: nothing of {month:%Y-%m}, which each export before had when the month was over")
    return Seen(wrong)


def _is_monthly(one: Successor) -> bool:
    """Whether every day of a sheet is the first of a month."""
    sql = f"select coalesce(bool_and(day({one.stream.day}) = 1), false) from {one.records.was}"
    return bool(one.records.one(sql)[0])


def _month_over(file: Manifest) -> date | None:
    """The last month that was over when a file was made; None where nobody knows when."""
    made = datetime.fromisoformat(file.exported_at).date() if file.exported_at else None
    return (made.replace(day=1) - timedelta(days=1)).replace(day=1) if made else None


def _tells(one: Successor, file: Manifest, month: date) -> bool:
    found = one.history.rows(
        f"select 1 from read_parquet({part_of(one.history, file)}) where {one.stream.day} = $month limit 1", month=month
    )
    return bool(found)


def nothing_that_never_changed_changes(history: History) -> Seen:
    """Shares and flags that the rows of the same words always had, and that now differ in several at once.

    Amounts change with every bill and are asked after elsewhere. Once this was approved, it is told no more.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in [one for one in successors(history) if one.is_sheet]:
        for name in one.of_type("number", "boolean"):
            changed = _changed(one, name)
            if len(changed) >= TOGETHER:
                wrong.append(f"{one.name}: {name} was always the same in {len(changed)} rows, such as {changed[0]}")
    return Seen(wrong)


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
    words, day = _words(one), one.stream.day
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


def _words(one: Successor) -> str:
    """What names a series of rows of a sheet, in SQL."""
    return f"concat_ws(' ', {', '.join(one.of_type('text'))})"


def _changed(one: Successor, name: str) -> list[str]:
    """Series of the same words whose column never changed, and does in new rows, with what it says now."""
    words = _words(one)
    sql = f"""
        with steady as (
            select {words} as series, any_value({name}) as usual from {one.records.was}
            group by all having count(*) >= {SERIES} and count({name}) in (0, count(*)) and count(distinct {name}) <= 1
        ),
        fresh as (select {words} as series, {name} as now from {one.records.new})
        select series, any_value(usual), first(now)
        from fresh inner join steady using (series)
        where now is distinct from usual group by all order by all
    """
    return [f"{series}: {_told(usual)} before and {_told(now)} now" for series, usual, now in one.history.rows(sql)]


def _told(value: Decimal | bool | None) -> str:
    return "nothing" if value is None else f"{float(value):g}" if isinstance(value, Decimal) else str(value).lower()


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
        "sheets.the_month_that_is_over_is_told",
        "a sheet of months has the month that is over, where each export had",
        the_month_that_is_over_is_told,
        "add the rows of the month, with 0 where nothing was due; approve it if they come later this time",
        owner="finance",
    ),
    Guard(
        "sheets.nothing_that_never_changed_changes",
        "shares and flags that rows of the same words always had do not change in several at once",
        nothing_that_never_changed_changes,
        "look whether a column of the sheet slipped or was filled down; approve it if it is meant: it is told once",
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
