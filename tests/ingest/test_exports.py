"""The lake table duet/exports: one row per loaded file, always there, and true after every run."""

import datetime as dt
from pathlib import Path

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.forget import forget
from orchestration.ingest.keeping.lake import prepare
from tests.ingest.ingest_files import Landing
from tests.ingest.made_up import HEADER, ROW, landing_at

PERIOD = """
    without_header: true
    preamble:
      - {matches: 'Made-up report', required: true}
      - {matches: '(?P<window_start>\\S+) - (?P<window_end>\\S+)'}
      - {matches: 'Account: (?P<account_id>.+)'}
      - {matches: 'Made on: (?P<exported_at>.+)'}
"""
SAID = "Made-up report\n2026-03-01 - 2026-03-03\nAccount: 1-2\nMade on: 2026-03-05 07:30\n"


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    return landing_at(tmp_path, monkeypatch, PERIOD)


def test_an_export_is_there_with_what_it_covers(landing: Landing) -> None:
    landing.drop("full.csv", SAID + HEADER + ROW)
    landing.drop("empty.csv", SAID)
    landing.ingest()
    columns = "format, breakdown, account_id, window_start, window_end, exported_at, rows"
    window = (dt.date(2026, 3, 1), dt.date(2026, 3, 3), dt.datetime(2026, 3, 5, 7, 30))
    assert sorted(exports(landing, columns), key=str) == [
        ("days", "campaign", "12", *window, 1),
        ("days", None, "12", *window, 0),
    ]


def test_rows_that_say_it_themselves_leave_it_empty(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landing.drop("spend.csv", "date,channel,spend,currency\n2026-03-01,google,1,EUR\n")
    landing.ingest()
    assert exports(landing, "source, stream, breakdown, account_id, window_start, rows") == [
        ("template", "ad_spend", None, None, None, 1)
    ]


def test_it_is_there_and_typed_before_anything_lands(tmp_path: Path) -> None:
    Landing(tmp_path).ingest()
    stream = load_sources()["duet"].streams["exports"]
    with connect() as conn:
        parts = str(tmp_path / "data/lake/duet/exports/*.parquet")
        types = conn.execute("describe select * from read_parquet(?)", [parts]).fetchall()
        assert conn.execute("select count(*) from read_parquet(?)", [parts]).fetchall() == [(0,)]
    assert [(name, kind.lower()) for name, kind, *_ in types] == [
        (name, kind.replace(" ", "").replace(",", ", ")) for name, kind in stream.lake_schema().items()
    ]


def test_a_run_that_changes_nothing_writes_nothing(landing: Landing) -> None:
    landing.drop("full.csv", SAID + HEADER + ROW)
    landing.ingest()
    part = landing.settings.lake / "duet/exports/exports.parquet"
    before = part.stat().st_ino
    landing.ingest()
    assert part.stat().st_ino == before


def test_what_was_taken_back_or_lost_is_not_there(landing: Landing) -> None:
    path = landing.drop("full.csv", SAID + HEADER + ROW)
    landing.ingest()
    path.unlink()
    forget(landing.settings, "full.csv")
    landing.ingest()
    assert exports(landing, "file_id") == []
    prepare(landing.settings.lake, load_sources())
    assert exports(landing, "file_id") == []


def exports(landing: Landing, columns: str) -> list[tuple[object, ...]]:
    with connect() as conn:
        part = str(landing.settings.lake / "duet/exports/*.parquet")
        return conn.execute(f"select {columns} from read_parquet(?) order by file_id", [part]).fetchall()
