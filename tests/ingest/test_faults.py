"""What is wrong with a file is said with file, line, column and remedy, and never with a person's data."""

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.problems import shown
from tests.ingest.ingest_files import Landing, only_problem

SPEND = "date,channel,spend,currency,clicks,campaign\n"
GOOD = "2026-03-01,google,10.50,EUR,3,Brand\n"


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("2026-03-01,google,12.5x,EUR,3,Brand", "spend", "'12.5x'"),
        ("2026-03-01,google,1.123456789,EUR,3,Brand", "spend", "'1.123456789'"),
        ("2026-03-01,google,nan,EUR,3,Brand", "spend", "'nan'"),
        ("2026-03-01,google,1e3,EUR,3,Brand", "spend", "'1e3'"),
        ("2026-03-01,google,10.50,EURO,3,Brand", "currency", "'EURO'"),
        ("2026-03-01,google,10.50,EUR,5.7,Brand", "clicks", "'5.7'"),
        ("03/04/2026,google,10.50,EUR,3,Brand", "date", "'03/04/2026'"),
        ("2026-02-30,google,10.50,EUR,3,Brand", "date", "'2026-02-30'"),
        ("9999-12-31,google,10.50,EUR,3,Brand", "date", "'9999-12-31'"),
        ("2026-03-01,,10.50,EUR,3,Brand", "channel", "nothing"),
    ],
)
def test_a_corrupted_cell_is_named_with_its_line_and_column(
    landing: Landing, row: str, column: str, found: str
) -> None:
    outcome = landing.outcome("spend.csv", SPEND + GOOD + row + "\n")
    assert outcome.status == "rejected"
    assert f"spend.csv, line 3, column '{column}': found {found}; expected" in only_problem(outcome)


def test_the_line_is_physical_even_behind_a_cell_of_several_lines(landing: Landing) -> None:
    content = SPEND + '2026-03-01,google,1,EUR,3,"two\n\nlines"\n\n' + GOOD.replace("10.50", "10.5x")
    assert "line 6, column 'spend'" in only_problem(landing.outcome("spend.csv", content))


def test_a_reader_that_would_lack_most_of_what_it_needs_is_not_called_near(landing: Landing) -> None:
    outcome = landing.outcome("notes.csv", "campaign,note\nBrand,call them\n")
    assert outcome.status == "unrecognised"
    assert "no header that any reader knows" in only_problem(outcome)
    assert "duet sources" in only_problem(outcome)


def test_a_missing_column_is_named_with_the_nearest_header(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", "date,channel,spent,currency\n2026-03-01,google,1,EUR\n")
    assert outcome.status == "rejected"
    assert "line 1, column 'spend'" in only_problem(outcome)
    assert "the nearest is 'spent'" in only_problem(outcome)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty file"),
        (b"<!DOCTYPE html><html>login</html>", "a web page"),
        (b'{"error": 1}', "a JSON document"),
    ],
)
def test_a_failed_download_is_refused(landing: Landing, content: bytes, what: str) -> None:
    outcome = landing.outcome("spend.csv", content)
    assert outcome.status == "rejected"
    assert what in only_problem(outcome)


@pytest.mark.parametrize(("content", "what"), [(b"%PDF-1.7", "a PDF"), (b"a,b\n1,2\n", "no header")])
def test_what_nobody_reads_is_reported_and_stays(landing: Landing, content: bytes, what: str) -> None:
    outcome = landing.outcome("thing.csv", content)
    assert outcome.status == "unrecognised"
    assert what in only_problem(outcome)
    assert (landing.settings.landing / "thing.csv").read_bytes() == content


@pytest.mark.parametrize(
    ("last", "what"),
    [
        ("2026-03-02,goo", "2 cells; expected 6 cells"),
        ('2026-03-02,google,1,EUR,3,"Bra', "a quote that never closes"),
        ("2026-03-02,google,1,EUR,3,Brand,more", "7 cells; expected 6 cells"),
    ],
)
def test_a_record_that_was_cut_is_named_with_its_line(landing: Landing, last: str, what: str) -> None:
    outcome = landing.outcome("spend.csv", SPEND + GOOD * 3 + last)
    assert outcome.status == "rejected"
    assert f"spend.csv, line 5: found {what}" in only_problem(outcome)


def test_headers_that_differ_in_case_alone_are_refused(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", SPEND.replace("campaign", "Spend") + GOOD)
    assert outcome.status == "rejected"
    assert "more than once" in only_problem(outcome)


def test_a_line_break_inside_a_cell_does_not_hide_the_row_that_holds_it(landing: Landing) -> None:
    """The scan takes the first line break that it meets for that of the file, and passed over the whole row."""
    outcome = landing.outcome("spend.csv", SPEND.replace("\n", "\r") + '2026-03-01,google,1,EUR,3,"a\r\nb"\r')
    assert outcome.rows == {"loaded": 1, "rejected": 0, "total": 0, "note": 1, "blank": 0}


def test_a_header_in_the_middle_is_a_note(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", SPEND + GOOD + SPEND + GOOD + "\n,,,,,\n")
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 2, "blank": 2}


def test_a_few_bad_rows_are_set_aside_and_the_rest_loads(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", SPEND + GOOD * 1500 + GOOD.replace("EUR", "???"))
    assert outcome.status == "loaded"
    assert outcome.rows["rejected"] == 1
    with connect() as conn:
        part = str(landing.settings.quarantine / f"{outcome.file_id}.parquet")
        assert conn.execute('select line, "column" from read_parquet(?)', [part]).fetchall() == [(1502, "currency")]


def test_a_few_short_rows_are_set_aside_and_the_rest_loads(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", SPEND + GOOD * 700 + "2026-03-01,x\n" + GOOD * 800)
    assert outcome.rows == {"loaded": 1500, "rejected": 1, "total": 0, "note": 1, "blank": 0}
    assert "line 702" in only_problem(outcome)


def test_one_bad_row_with_much_of_the_money_is_too_much(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", SPEND + GOOD * 1500 + GOOD.replace("EUR", "???").replace("10.50", "900"))
    assert outcome.status == "rejected"


def test_text_that_may_name_a_person_is_never_shown(landing: Landing) -> None:
    header = "person_id,created_at,email\n"
    landing.drop("people.csv", header + "1,Jane Doe jane.doe@x.example,2026-03-01\n7.1E+9,2026-03-01,john@x.example\n")
    landing.ingest()
    written = "".join(path.read_text("latin-1") for path in landing.settings.quarantine.iterdir())
    assert "may be personal" in written
    for secret in ("Jane", "jane", "john", "7.1E"):
        assert secret not in written


def test_a_bad_file_does_not_hold_up_the_others(landing: Landing) -> None:
    landing.drop("a.csv", SPEND + GOOD)
    landing.drop("b.csv", SPEND + "x\n")
    landing.drop("c.csv", SPEND + GOOD.replace("google", "meta"))
    assert [file.status for file in landing.ingest().files] == ["loaded", "rejected", "loaded"]


@pytest.mark.parametrize("name", ["a*.csv", "x[1].csv", "o'brien; drop.csv", "ünï\u0301.csv", "new\nline.csv", "**"])
def test_a_file_name_is_never_a_pattern_or_code(landing: Landing, name: str) -> None:
    landing.drop("ab.csv", SPEND + GOOD)
    assert landing.outcome(name, SPEND + GOOD + GOOD).rows["loaded"] == 2


def test_hostile_headers_are_data(landing: Landing) -> None:
    header = SPEND.strip() + ",\"a'; drop table t; --\",$path,{{ env_var('X') }}\n"
    outcome = landing.outcome("spend.csv", header + GOOD.strip() + ",1,2,3\n")
    assert outcome.rows["loaded"] == 1
    [(extra,)] = landing.rows("template/ad_spend", "extra")
    assert '"$path":"2"' in extra


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("03/04/2026", True), ("2026-03-01 10:30", True), ("1. September 2026", True), ("12.5O", True), ("TRUE", True),
        ("1.234.567,89", True), ("99999999999999999999", True), ("0000-00-00", True),
        ("+31 6 12345678", False), ("0612345678", False), ("(020) 555-1234 56", False), ("Smith 2nd", False),
        ("Jane Doe", False), ("Main Street 12", False), ("jane@example.com", False),
    ],
)  # fmt: skip
def test_a_figure_is_shown_and_what_may_be_a_person_is_not(text: str, is_shown: bool) -> None:
    assert (shown(text, "date") == repr(text)) is is_shown
