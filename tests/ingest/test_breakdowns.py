"""What a report splits an account's day by, and which of two formats its first rows are."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest.ingest_files import Landing, only_problem
from tests.ingest.made_up import HEADER, ROW, landing_at

BREAKDOWN = """
    breakdown: {ad_set: [Ad set ID, Ad set], age: [Age], device: [Device]}
"""
BY_DAY = """
    when: {same: [[Starts], [Ends]]}
    ignore: [Starts, Ends]
"""
BY_PERIOD = """
  periods:
    stream: campaign_periods
    title: made-up report of a period
    when: {differ: [[Starts], [Ends]]}
    totals: {blank: [campaign_name], exact: [clicks], rounded: [spend], window: [[Starts], [Ends]]}
    columns:
      campaign_name: {headers: [Campaign], required: true, filled: true}
      period_start: {headers: [Starts], required: true, filled: true}
      period_end: {headers: [Ends], required: true, filled: true}
      spend: {headers: [Spend], required: true, filled: true}
      clicks: {headers: [Clicks]}
    ignore: [Day]
"""


@pytest.mark.parametrize(
    ("header", "cells", "breakdown", "member"),
    [
        ("Day,Spend", "2026-03-01,1", "account", None),
        ("Day,Campaign ID,Spend", "2026-03-01,7,1", "campaign", None),
        ("Day,Campaign,Device,Spend", "2026-03-01,Spring, phone ,1", "campaign+device", "phone"),
        ("Day,Device,Age,Spend", "2026-03-01,phone,18-24,1", "age+device", "18-24 / phone"),
        ("Day,Ad set,Ad set ID,Campaign,Spend", "2026-03-01,A,12,Spring,1", "ad_set+campaign", "12"),
        ("Day,Device,Age,Spend", "2026-03-01,,18-24,1", "age+device", "18-24 / "),
    ],
)
def test_the_headers_say_the_breakdown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str, cells: str, breakdown: str, member: str | None
) -> None:
    landing = landing_at(tmp_path, monkeypatch, BREAKDOWN)
    outcome = landing.outcome("a.csv", f"{header}\n{cells}\n")
    assert (outcome.status, outcome.unknown_columns) == ("loaded", [])
    assert landing.rows("made_up/campaign_days", "breakdown, member") == [(breakdown, member)]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    return landing_at(
        tmp_path, monkeypatch, BY_DAY.replace("ignore: [Starts, Ends]", "ignore: [Starts, Ends]"), BY_PERIOD
    )


def test_rows_of_single_days_are_days(two: Landing) -> None:
    header, row = "Campaign,Day,Spend,Starts,Ends\n", "Spring,2026-03-01,1,2026-03-01,2026-03-01\n"
    assert two.outcome("a.csv", header + row).stream == "campaign_days"


def test_rows_of_a_period_are_periods_and_never_days(two: Landing) -> None:
    header, row = "Campaign,Spend,Starts,Ends\n", "Spring,1,2026-03-01,2026-03-31\n"
    outcome = two.outcome("a.csv", header + row)
    assert (outcome.stream, outcome.window) == ("campaign_periods", ("2026-03-01", "2026-03-31"))


@pytest.mark.parametrize("is_first", [True, False])
def test_a_total_row_says_the_window_and_not_the_format(two: Landing, is_first: bool) -> None:
    header, total = "Campaign,Spend,Clicks,Starts,Ends\n", ",3,4,2026-03-01,2026-03-31\n"
    rows = "Spring,1,1,2026-03-02,2026-03-04\nSummer,2,3,2026-03-05,2026-03-06\n"
    outcome = two.outcome("a.csv", header + (total + rows if is_first else rows + total))
    assert (outcome.stream, outcome.window) == ("campaign_periods", ("2026-03-01", "2026-03-31"))
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 1, "note": 1, "blank": 0}


TOTALS = """
    totals:
      words: ['Total of (?P<rows>[0-9,]+) results', Grand total]
      partial: [Subtotal]
      exact: [clicks]
      rounded: [spend]
"""


@pytest.fixture
def summed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    return landing_at(tmp_path, monkeypatch, TOTALS)


@pytest.mark.parametrize("total", ["Total of 2 results,,3\n", "Total of 2 results,-\n", "grand total ,,3\n"])
def test_a_total_may_be_told_by_words_without_a_colon(summed: Landing, total: str) -> None:
    outcome = summed.outcome("a.csv", HEADER + ROW * 2 + total)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 1, "note": 1, "blank": 0}


@pytest.mark.parametrize(
    ("total", "found"),
    [
        ("Total of 3 results,,3\n", "found 2 rows; expected 3 rows"),
        ("Total of 2 results,,4\n", "says 4, the rows add up to 3"),
    ],
)
def test_its_count_and_its_sum_are_both_checked(summed: Landing, total: str, found: str) -> None:
    outcome = summed.outcome("a.csv", HEADER + ROW * 2 + total)
    assert outcome.status == "rejected"
    assert found in only_problem(outcome)


def test_subtotals_inside_are_set_aside(summed: Landing) -> None:
    sub = "Subtotal,,1.5\n"
    outcome = summed.outcome("a.csv", HEADER + ROW + sub + ROW + sub + "Grand Total,,3\n")
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 3, "note": 1, "blank": 0}
    assert summed.rows("made_up/campaign_days", "spend") == [(Decimal("1.5"),)] * 2


MEMBERS = """
    breakdown: {region: [Region]}
    totals: {blank: [campaign_name, member], exact: [clicks], rounded: [spend]}
"""


def test_a_total_without_any_member_is_no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landing = landing_at(tmp_path, monkeypatch, MEMBERS)
    rows = "2026-03-01,,3\n2026-03-01,North,1\n2026-03-01,South,2\n"
    outcome = landing.outcome("a.csv", "Day,Region,Spend\n" + rows)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 1, "note": 1, "blank": 0}


MARKED = """
    having: [Marker, Other marker]
    preamble: [{matches: 'Aggregation: (Weekly|Monthly)', refuses: true}]
"""


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    return landing_at(tmp_path, monkeypatch, MARKED)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Day,Campaign,Spend,Other marker\n2026-03-01,Spring,1,x\n", "loaded"),
        ("Day,Campaign,Spend\n2026-03-01,Spring,1\n", "unrecognised"),
        ("Aggregation: Daily\nDay,Campaign,Spend,Marker\n2026-03-01,Spring,1,x\n", "loaded"),
        ("Aggregation: Weekly\nDay,Campaign,Spend,Marker\n2026-03-01,Spring,1,x\n", "unrecognised"),
    ],
)
def test_a_header_or_a_line_may_tell_an_export_from_others(marked: Landing, text: str, status: str) -> None:
    assert marked.outcome("a.csv", text).status == status


def test_sums_of_months_are_never_taken_for_days(two: Landing) -> None:
    rows = "2026-03-01,Spring,1\n2026-04-01,Spring,2\n"
    outcome = two.outcome("a.csv", HEADER + rows)
    assert outcome.status == "rejected"
    assert "days that are all the first of a month" in only_problem(outcome)
    assert two.outcome("b.csv", HEADER + rows + "2026-04-02,Spring,2\n").status == "loaded"


WINDOW = """
    preamble: [{matches: '(?P<window_start>.+) to (?P<window_end>.+)'}]
"""
COARSE = """
  totals_by_campaign:
    stream: campaign_periods
    title: made-up report of totals
    preamble: [{matches: '(?P<window_start>.+) to (?P<window_end>.+)'}]
    when: {coarse: [Day]}
    columns:
      campaign_name: {headers: [Campaign], required: true}
      period_start: {headers: [Day], required: true, filled: true}
      period_end: {fact: window_end}
      spend: {headers: [Spend], required: true, filled: true}
"""


@pytest.mark.parametrize(
    ("window", "day", "stream"),
    [
        ("2026-03-01 to 2026-03-07", "2026-03-02", "campaign_days"),
        ("2026-03-01 to 2026-03-07", "2026-03-01", "campaign_periods"),
        ("2026-03-01 to 2026-03-01", "2026-03-01", "campaign_days"),
    ],
)
def test_rows_that_are_all_dated_on_the_first_day_of_a_window_are_its_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, window: str, day: str, stream: str
) -> None:
    landing = landing_at(tmp_path, monkeypatch, WINDOW, COARSE)
    assert landing.outcome("a.csv", f"{window}\n{HEADER}{day},Spring,1\n").stream == stream
