"""Lines around a table: they say what the export is, which days it covers and how many rows it has."""

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale

from orchestration.ingest.contracts.formats import Language
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.text import dates
from orchestration.ingest.text.months import BESIDE, names_of
from tests.ingest.ingest_files import Landing, only_problem
from tests.ingest.made_up import HEADER, ROW, landing_at

LANGUAGES = ("en", "de", "fr", "es", "pt", "ja")
PERIOD = """
    languages: [en, de, fr, es, pt, ja]
    preamble:
      - {matches: "Made-up report", required: true}
      - {matches: '(?P<window_start>.+?) [-–] (?P<window_end>.+)'}
      - {matches: 'Account: (?P<account_id>[0-9-]+)'}
      - {matches: 'Money: (?P<currency>[A-Z]+)'}
      - {matches: 'Made on: (?P<exported_at>.+)'}
      - {matches: 'Rows: (?P<rows>[0-9,]+)'}
      - {matches: 'Unfinished: (?P<incomplete>.*)'}
    footer:
      - {matches: '©[0-9]{4} Made up'}
      - {matches: 'Grand Totals \\((?P<rows>[0-9,]+) records\\)'}
"""
TITLE = "Made-up report\n"


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Landing:
    return landing_at(tmp_path, monkeypatch, PERIOD)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 27, 2026", "2026-03-27"),
        ("Sep 5, 2026", "2026-09-05"),
        ("27. März 2026", "2026-03-27"),
        ("1er janvier 2026", "2026-01-01"),
        ("1 sept. 2026", "2026-09-01"),
        ("23 abr 2026", "2026-04-23"),
        ("10 de dez. de 2022", "2022-12-10"),
        ("2026年9月1日", "2026-09-01"),
        ("20260331", "2026-03-31"),
        ("31.03.2026", "2026-03-31"),
        ("August 18, 2019, 12:00 AM", "2019-08-18"),
        ("2026-03-31T14:00:03Z", "2026-03-31"),
        ("31. Februar 2026", None),
        ("03/04/2026", None),
        ("March 2026", None),
    ],
)
def test_a_day_in_words_is_read_or_nothing(text: str, day: str | None) -> None:
    assert dates.read_day(text, LANGUAGES) == (dt.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("language", get_args(Language))
def test_month_names_are_those_of_cldr(language: str) -> None:
    widths = [months[width] for months in Locale.parse(language).months.values() for width in ("wide", "abbreviated")]
    cldr = {str(name).casefold().rstrip("."): month for names in widths for month, name in names.items()}
    assert {name: month for name, month in names_of(language).items() if name not in BESIDE.get(language, {})} == {
        name: month for name, month in cldr.items() if name not in BESIDE.get(language, {})
    }


def test_no_month_name_means_two_months() -> None:
    alone = {name: month for one in LANGUAGES for name, month in dates.month_names((one,)).items()}
    assert dates.month_names(LANGUAGES) == alone


def test_the_lines_before_the_header_are_facts_of_every_row(landing: Landing) -> None:
    said = '"March 1, 2026 - March 3, 2026"\nAccount: 123-456-7890\nMoney: EUR\nMade on: 2026-03-05 07:30\nRows: 1\n'
    outcome = landing.outcome("a.csv", TITLE + said + "\n" + HEADER + ROW)
    assert outcome.rows == {"loaded": 1, "rejected": 0, "total": 0, "note": 7, "blank": 1}
    rows = landing.rows("made_up/campaign_days", "account_id, currency, cast(exported_at as varchar)")
    assert rows == [("1234567890", "EUR", "2026-03-05 07:30:00")]
    [manifest] = read_manifests(landing.settings)
    assert (manifest.declared, manifest.window) == (("2026-03-01", "2026-03-03"), ("2026-03-01", "2026-03-01"))
    assert (manifest.account_id, manifest.breakdown) == ("1234567890", "campaign")


@pytest.mark.parametrize(
    "line",
    [
        "March 1 - 3 March 2026",
        "1. März 2026 – 3. März 2026",
        "1 de mar. de 2026 - 3 de mar. de 2026",
        "2026年3月1日 - 2026年3月3日",
        '"March 1, 2026, 12:00 AM - March 4, 2026, 12:00 AM"',
    ],
)
def test_a_window_is_read_in_every_language(landing: Landing, line: str) -> None:
    assert landing.outcome("a.csv", TITLE + line + "\n" + HEADER + ROW).window == ("2026-03-01", "2026-03-03")


def test_a_line_padded_by_a_spreadsheet_is_the_same_line(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", "Made-up report,,\n2026-03-01 - 2026-03-03,,\n" + HEADER + ROW)
    assert outcome.window == ("2026-03-01", "2026-03-03")


def test_without_its_required_line_it_is_another_export(landing: Landing) -> None:
    assert landing.outcome("a.csv", HEADER + ROW).status == "unrecognised"


def test_a_row_outside_the_declared_days_refuses_the_file(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", TITLE + "2026-03-02 - 2026-03-03\n" + HEADER + ROW)
    assert outcome.status == "rejected"
    assert "rows of 2026-03-01 to 2026-03-01; expected days from 2026-03-02" in only_problem(outcome)


def test_fewer_rows_than_the_export_says_refuse_the_file(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", TITLE + "Rows: 2\n" + HEADER + ROW)
    assert outcome.status == "rejected"
    assert "found 1 rows; expected 2 rows, as the export itself says" in only_problem(outcome)


def test_lines_behind_the_table_are_notes_and_count_the_rows(landing: Landing) -> None:
    footer = '\n"Grand Totals (2 records)"\n\n"©2026 Made up "\n\n'
    outcome = landing.outcome("a.csv", TITLE + HEADER + ROW * 2 + footer)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 4, "blank": 3}
    assert landing.outcome("b.csv", TITLE + HEADER + ROW + footer).status == "rejected"


def test_a_footer_in_utf_16_is_set_aside_too(landing: Landing) -> None:
    content = TITLE + (HEADER + ROW).replace(",", "\t") + "Grand Totals (1 records)\n"
    outcome = landing.outcome("a.csv", b"\xff\xfe" + content.encode("utf-16-le"))
    assert outcome.rows == {"loaded": 1, "rejected": 0, "total": 0, "note": 3, "blank": 0}


def test_what_stands_inside_the_table_is_no_footer(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", TITLE + HEADER + ROW + "©2026 Made up\n" + ROW)
    assert outcome.status == "rejected"
    assert "line 4: found 1 cells" in only_problem(outcome)


def test_unfinished_figures_are_said(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", TITLE + "Unfinished: true\n" + HEADER + ROW)
    assert outcome.notes == ["the platform says that these figures may not be complete yet"]


def test_a_date_that_could_be_two_days_is_said_and_not_guessed(landing: Landing) -> None:
    outcome = landing.outcome("a.csv", TITLE + "03/04/2026 - 04/04/2026\n" + HEADER + ROW)
    assert (outcome.status, outcome.window) == ("loaded", ("2026-03-01", "2026-03-01"))
    assert outcome.notes == ["dates that cannot be read for certain: 03/04/2026; 04/04/2026"]


def test_an_empty_report_may_have_no_header(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landing = landing_at(tmp_path, monkeypatch, PERIOD + "    without_header: true\n")
    outcome = landing.outcome("a.csv", TITLE + "2026-03-01 - 2026-03-03\nAccount: 7\n\n")
    assert outcome.rows == {"loaded": 0, "rejected": 0, "total": 0, "note": 3, "blank": 1}
    assert (outcome.status, outcome.window) == ("loaded", ("2026-03-01", "2026-03-03"))
    assert landing.outcome("b.csv", TITLE + "something else\n").status == "unrecognised"
