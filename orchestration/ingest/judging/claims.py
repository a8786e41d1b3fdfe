"""Holds what an export says of itself against its rows: the days that it covers and the number of its rows."""

import datetime as dt
from collections.abc import Iterator

from orchestration.ingest.contracts import total_rows
from orchestration.ingest.judging.measures import Measures
from orchestration.ingest.problems import Problem
from orchestration.ingest.rows.plan import Plan
from orchestration.ingest.rows.reading import Reading
from orchestration.ingest.text import dates
from orchestration.ingest.text.dayorder import Doubt

Window = tuple[dt.date, dt.date]
MOST_CLASHES = 3  # of a thousand there is nothing more to learn
CLASH_REMEDY = "Nobody knows which is true: export it again, with the columns that tell such rows apart."
ORDER_REMEDY = (
    "Export a longer period, so that a day after the 12th tells, or choose a locale that puts the year first."
)
ACCOUNT_REMEDY = "It is somebody else's: take it away, or name the account there."
SPLIT_REMEDY = "Export each report into a file of its own."
REMEDY = "The file was cut, edited or joined after the export: export it again."


def declared_window(plan: Plan, reading: Reading) -> Window | None:
    """The days that the export says it covers, in the lines around its table or in a total row."""
    if plan.facts.window:
        return plan.facts.window
    form = plan.found.match.form
    said = [
        (dates.read_day(start, form.languages, form.dates), dates.read_day(end, form.languages, form.dates))
        for start, end in (total["window"] for total in reading.totals if total["window"])
    ]
    whole = [(first, last) for first, last in said if first and last]
    return (min(first for first, _ in whole), max(last for _, last in whole)) if whole else None


def broken(name: str, plan: Plan, reading: Reading, measures: Measures) -> Iterator[Problem]:
    """What the export says and its rows do not bear out."""
    for start in reading.second_headers[:1]:
        yield Problem(name, "a second header: two reports in one file", "one report a file", SPLIT_REMEDY, start)
    counted = reading.rows["loaded"] + reading.rows["rejected"] + reading.repeats
    for earlier, later in reading.clashes[:MOST_CLASHES]:
        what = "the same " + ", ".join(plan.found.match.form.unique) + f" as in line {earlier}, and other figures"
        yield Problem(name, what, "each of them once", CLASH_REMEDY, later)
    for line, said in _counts(plan, reading):
        if said != counted:
            yield Problem(name, f"{counted:,} rows", f"{said:,} rows, as the export itself says", REMEDY, line)
    if doubt := plan.doubt:
        where = plan.found.match.cells[doubt.place].strip()
        yield Problem(name, _found_of(doubt), "dates that can be read in one way only", ORDER_REMEDY, doubt.line, where)
    source = plan.found.match.source
    for account in measures.strangers[:1]:
        expected = f"one of the accounts that duet.yml names (sources.{source}.accounts)"
        yield Problem(name, f"the account {account}", expected, ACCOUNT_REMEDY)
    window, days = declared_window(plan, reading), measures.window
    if window and days and not (str(window[0]) <= days[0] and days[1] <= str(window[1])):
        found = f"rows of {days[0]} to {days[1]}"
        yield Problem(name, found, f"days from {window[0]} to {window[1]}, as the export itself says", REMEDY)
    if reading.is_by_month:
        remedy = "Export it again with a row per day; the sum of a month cannot be dated."
        yield Problem(name, "days that are all the first of a month", "a row per day", remedy)


def _found_of(doubt: Doubt) -> str:
    if doubt.is_mixed:
        return f"{doubt.text!r} among dates with the day first and dates with the month first"
    return f"{doubt.text!r}, and no date in the file that tells the day from the month"


def _counts(plan: Plan, reading: Reading) -> Iterator[tuple[int | None, int]]:
    if plan.facts.rows is not None:
        yield None, plan.facts.rows
    rules = plan.found.match.form.totals
    for total in reading.totals if rules else []:
        if rules and (count := total_rows.rows_said(rules, str(total["label"] or ""))) is not None:
            yield total["line"], count
