"""`duet explain`: what a file is, what becomes of its rows and columns, and what it would replace."""

import os
from pathlib import Path

import pytest

from orchestration.ingest.explain import Explanation, explain
from orchestration.publish.files import keep_outcomes
from orchestration.report import pages
from orchestration.report.explained import print_explanation
from orchestration.report.state import print_status
from orchestration.report.status import read_status
from tests.ingest.ingest_files import Landing
from tests.ingest.made_up import HEADER, landing_at

WORDS = """
    ignore: [Status]
    breakdown: {device: [Device]}
    preamble:
      - {matches: 'Days: (?P<window_start>\\S+) - (?P<window_end>\\S+)'}
    totals: {labels: [Total], exact: [clicks], rounded: [spend], checked: [all], compared: [Account]}
"""

PERIODS = """
  periods:
    stream: campaign_periods
    title: made-up report of a period
    weight: spend
    columns:
      account_id: {headers: [Account ID], rule: account_id, default: (unknown)}
      campaign_name: {headers: [Campaign], required: true, filled: true}
      period_start: {headers: [From], required: true, filled: true}
      period_end: {headers: [Until], required: true, filled: true}
      spend: {headers: [Cost], required: true, filled: true}
"""


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    return landing_at(tmp_path, monkeypatch, WORDS)


def days(*numbers: int) -> str:
    return HEADER + "".join(f"2026-03-{day:02d},Spring,1\n" for day in numbers)


def told(landing: Landing, content: str, name: str = "new.csv") -> Explanation:
    path = landing.settings.data_dir / name
    path.write_text(content)
    return explain(path, landing.settings)


def printed(told: Explanation) -> str:
    with pages.out.capture() as capture:
        print_explanation(told)
    return " ".join(capture.get().split())


def drop(landing: Landing, name: str, content: str, landed: int) -> None:
    os.utime(landing.drop(name, content), (landed, landed))


def test_older_exports_of_the_same_days_would_be_replaced_and_newer_ones_replace(landing: Landing) -> None:
    drop(landing, "old.csv", days(1, 2, 3), landed=1_700_000_000)
    drop(landing, "future.csv", days(3, 4), landed=4_000_000_000)
    landing.ingest()
    found = {one.file: (one.replaced, one.replacing) for one in told(landing, days(2, 3)).rivals}
    assert found == {"old.csv": (2, 0), "future.csv": (0, 1)}
    page = printed(told(landing, days(2, 3)))
    assert "replaces 2 account days of old.csv of 2023-11-14 22:13" in page
    assert "replaced 1 account day by future.csv of 2096-10-02 07:06, which is newer" in page


def test_a_declared_window_replaces_days_without_rows_too(landing: Landing) -> None:
    drop(landing, "old.csv", days(1, 2, 3), landed=1_700_000_000)
    landing.ingest()
    [one] = told(landing, "Days: 2026-03-01 - 2026-03-31\n" + days(2)).rivals
    assert one.replaced == 3


def test_of_records_the_state_that_was_changed_last_counts_whichever_file_it_stands_in(tmp_path: Path) -> None:
    # Of three people in both files the new one has an older state of the first, a newer of the second, and the third's.
    house, header = Landing(tmp_path), "person_id,created_at,email,updated_at\n"
    rows = [f"P-{number},2026-03-01T10:00:00Z,p{number}@example.com,2026-03-" for number in range(3)]
    drop(house, "old.csv", header + "".join(f"{row}05T10:00:00Z\n" for row in rows), landed=1_780_000_000)
    house.ingest()
    page = told(house, header + "".join(f"{row}{day:02}T10:00:00Z\n" for row, day in zip(rows, (4, 6, 5), strict=True)))
    # Of two equal states that of the newer export counts.
    assert [(one.file, one.replaced, one.replacing, one.unit) for one in page.rivals] == [("old.csv", 2, 1, "record")]


def test_a_file_that_is_refused_has_no_rivals(landing: Landing) -> None:
    drop(landing, "old.csv", days(1, 2, 3), landed=1_700_000_000)
    landing.ingest()
    page = told(landing, HEADER + "2026-03-01,Spring,one\n2026-03-02,Spring,two\n")
    assert (page.outcome.status, page.rivals) == ("rejected", [])


def test_another_breakdown_replaces_nothing(landing: Landing) -> None:
    drop(landing, "old.csv", days(1, 2, 3), landed=1_700_000_000)
    landing.ingest()
    content = "Day,Campaign,Device,Spend\n2026-03-01,Spring,phone,1\n"
    assert "replaces nothing" in printed(told(landing, content))


def test_a_file_that_is_loaded_is_no_rival_of_itself(landing: Landing) -> None:
    landing.drop("old.csv", days(1))
    landing.ingest()
    again = told(landing, days(1))
    assert (again.is_known, again.rivals) == (True, [])
    assert "new.csv is loaded already" in printed(again)


def test_every_header_says_what_becomes_of_it(landing: Landing) -> None:
    found = told(landing, "Day,Campaign,Device,Spend,Status,Clickz,My metric\n2026-03-01,Spring,phone,1,on,2,3\n")
    assert [(one.header, one.fate, one.column) for one in found.columns] == [
        ("Day", "read", "day"),
        ("Campaign", "read", "campaign_name"),
        ("Device", "split", "member (device)"),
        ("Spend", "read", "spend"),
        ("Status", "ignored", None),
        ("Clickz", "unknown", None),
        ("My metric", "unknown", None),
    ]
    assert "looks like 'Clicks' (clicks) of made_up/campaign_days" in str(found.columns[5].suggestion)
    assert found.columns[6].suggestion is None


def test_totals_and_facts_are_told(landing: Landing) -> None:
    content = "Days: 2026-03-01 - 2026-03-02\n" + days(1, 2) + "Total: all,,2\nTotal: Account,,3\n"
    page = printed(told(landing, content))
    assert "says window start: 2026-03-01; window end: 2026-03-02" in page
    assert "total Total: all in line 5: agrees in spend" in page
    assert "total Total: Account in line 6: spend 3 where the rows add up to 2" in page


def test_a_refused_file_says_the_nearest_reader_and_header(landing: Landing) -> None:
    page = printed(told(landing, "Day,Campaign,Spent,Clicks\n2026-03-01,Spring,1,2\n"))
    assert "nearest made_up/campaign_days (made-up report by day), but it lacks 'Spend'" in page
    assert "Spent looks like 'Spend' (spend)" in page


def test_the_record_holds_the_outcome_and_the_rest(landing: Landing) -> None:
    record = told(landing, days(1)).record()
    assert {"status", "rows", "file", "runner_up", "dialect", "columns", "facts", "totals", "rivals"} <= set(record)
    assert record["rows_in_file"] == 2


def test_status_names_columns_that_nobody_reads(landing: Landing) -> None:
    landing.drop("new.csv", "Day,Campaign,Spend,Clickz\n2026-03-01,Spring,1,2\n")
    keep_outcomes(landing.settings, landing.ingest().files)
    [file] = read_status(landing.settings)["files"]
    assert "'Clickz' looks like 'Clicks' (clicks)" in file["unknown_columns"][0]
    with pages.out.capture() as capture:
        print_status(read_status(landing.settings))
    assert "note: new.csv: kept aside, for no reader knows it: 'Clickz' looks like" in " ".join(capture.get().split())


def test_a_report_of_a_period_replaces_that_of_the_same_period_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landing = landing_at(tmp_path, monkeypatch, WORDS, PERIODS)
    header, march = "From,Until,Campaign,Cost\n", "2026-03-01,2026-03-31,Spring,1\n"
    drop(landing, "march.csv", header + march, landed=1_700_000_000)
    drop(landing, "april.csv", header + march.replace("-03-", "-04-").replace("-31", "-30"), landed=1_700_000_001)
    landing.ingest()
    [rival] = told(landing, header + march.replace(",1\n", ",2\n")).rivals
    assert (rival.file, rival.replaced, rival.replacing, rival.unit) == ("march.csv", 1, 0, "account period")
