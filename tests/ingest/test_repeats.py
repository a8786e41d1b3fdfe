"""Rows that tell rows of the same export again: counted once where they agree, a fault where they do not."""

from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.ingest.rows import repeats
from tests.ingest.ingest_files import Landing, only_problem
from tests.ingest.made_up import landing_at

UNIQUE = """
    unique: [account_id, day, campaign_id]
    totals: {labels: [Total], exact: [clicks]}
    footer:
      - {matches: 'Rows: (?P<rows>[0-9]+)'}
"""
HEADER = "Day,Campaign ID,Spend,Clicks,Note\n"


@pytest.fixture(params=[1_000_000, 2], ids=["in one go", "a share at a time"])
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Landing:
    monkeypatch.setattr(repeats, "SHARE", request.param)
    return landing_at(tmp_path, monkeypatch, UNIQUE)


def row(campaign: str, spend: str = "1.5", note: str = "x") -> str:
    return f"2026-03-01,{campaign},{spend},3,{note}\n"


def test_an_equal_row_is_loaded_once_and_counted(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", HEADER + row("1") + row("2") + row("1", "1.50") + row("3") + row("1"))
    assert outcome.rows == {"loaded": 3, "rejected": 0, "total": 0, "note": 3, "blank": 0}
    assert "2 rows stand there more than once and are loaded once" in outcome.notes
    assert landing.rows("made_up/campaign_days", "campaign_id, file_row") == [("1", 2), ("2", 3), ("3", 5)]


def test_totals_and_counts_know_of_repeats(landing: Landing) -> None:
    content = HEADER + row("1") * 2 + row("2") + "Total: all,,,6,\nRows: 3\n"
    assert landing.outcome("a.csv", content).status == "loaded"


@pytest.mark.parametrize("other", [row("1", "1.51"), row("1", note="y")])
def test_rows_that_contradict_each_other_refuse_the_file(landing: Landing, other: str) -> None:
    outcome = landing.outcome("a.csv", HEADER + row("1") + row("2") + '\n2026-03-01,3,1,3,"a\nb"\n' + other)
    assert outcome.status == "rejected"
    assert "a.csv, line 7: found the same account_id, day, campaign_id as in line 2" in only_problem(outcome)


def test_rows_without_an_id_cannot_be_compared(landing: Landing) -> None:
    assert landing.outcome("a.csv", HEADER + row("") * 3 + row("1")).rows["loaded"] == 4


def test_an_export_without_the_column_cannot_be_compared(landing: Landing) -> None:
    header = "Day,Campaign,Spend,Clicks\n"
    assert landing.outcome("a.csv", header + "2026-03-01,Spring,1,2\n" * 2).rows["loaded"] == 2


def test_nothing_is_lost_of_many_rows(landing: Landing) -> None:
    rows = [row(str(number % 700), "0.25") for number in range(1000)]
    outcome = landing.outcome("a.csv", HEADER + "".join(rows))
    assert (outcome.rows["loaded"], outcome.rows["note"]) == (700, 301)
    assert landing.rows("made_up/campaign_days", "sum(spend), count(distinct campaign_id)") == [(Decimal(175), 700)]
