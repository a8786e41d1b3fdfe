"""Numbers and dates are read exactly or not at all, in every spelling; every record has one fate."""

import datetime as dt
import string
from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.engine.connection import connect
from orchestration.ingest.cells import values
from orchestration.ingest.cells.salesforce_ids import eighteen
from orchestration.ingest.cells.texts import Locale, masked, trimmed
from orchestration.ingest.contracts.formats import Binding
from orchestration.ingest.contracts.sources import ColumnType
from orchestration.ingest.text.figures import mark_of

# The first example of a test pays for opening DuckDB, and two cores are shared.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

POINT, COMMA = Locale(".", "UTC"), Locale(",", "UTC")


@pytest.fixture(scope="module")
def conn() -> Iterator[duckdb.DuckDBPyConnection]:
    with connect() as connection:
        yield connection


def parse(
    conn: duckdb.DuckDBPyConnection, text: str, kind: ColumnType, locale: Locale, rule: str | None = None
) -> object:
    binding = Binding.model_validate({"rule": rule})
    sql = values.parsed("c", f"({trimmed('c', locale)})", kind, binding, locale, None)
    [(value,)] = conn.execute(f"select {sql} from (select cast(? as varchar) as c)", [text]).fetchall()
    return value


def spelled(figure: Decimal, decimal: str, thousands: str) -> str:
    whole, _, fraction = f"{figure:,f}".partition(".")
    return whole.replace(",", thousands) + (decimal + fraction if fraction else "")


figures = st.decimals(Decimal("-9999999999999"), Decimal("9999999999999"), places=2) | st.decimals(
    Decimal("-99999"), Decimal("99999"), places=8
)


@given(
    figure=figures,
    thousands=st.sampled_from(["", ",", " ", "\u00a0", "\u202f", "'", "’"]),
    space=st.sampled_from(["", " ", "\u00a0"]),
)
def test_a_figure_with_a_point_is_read_exactly(
    conn: duckdb.DuckDBPyConnection, figure: Decimal, thousands: str, space: str
) -> None:
    assert parse(conn, space + spelled(figure, ".", thousands) + space, "money", POINT) == figure


@given(figure=figures, thousands=st.sampled_from(["", ".", " ", "\u00a0", "\u202f", "'"]))
def test_a_figure_with_a_comma_is_read_exactly(
    conn: duckdb.DuckDBPyConnection, figure: Decimal, thousands: str
) -> None:
    assert parse(conn, spelled(figure, ",", thousands), "money", COMMA) == figure


@given(
    count=st.integers(-(10**12), 10**12),
    thousands=st.sampled_from(["", ",", " ", "\u202f"]),
    cents=st.sampled_from(["", ".0", ".00"]),
)
def test_a_count_is_read_exactly(conn: duckdb.DuckDBPyConnection, count: int, thousands: str, cents: str) -> None:
    assert parse(conn, f"{count:,}".replace(",", thousands) + cents, "count", POINT) == count


@given(text=st.text(alphabet="0123456789.,-+eE _'x% \u00a0", max_size=12))
def test_what_is_read_as_money_says_so_digit_for_digit(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    value = parse(conn, text, "money", POINT)
    if isinstance(value, Decimal):
        digits = "".join(c for c in text if c in string.digits + ".-")
        assert Decimal(digits) == value
        assert set(text) <= set("0123456789.,-+ '\u00a0")


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1,2345",
        "12,34,567",
        "1e3",
        "1_000",
        "0x1F",
        "nan",
        "inf",
        "1.123456789",
        "5%",
        "€5",
        "(5)",
        "5-",
        "--",
        "1.2.3",
        "12345678901234567",
    ],
)
def test_what_is_no_exact_figure_is_not_read(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    assert parse(conn, text, "money", POINT) is None


@pytest.mark.parametrize("text", ["5.7", "1.000", "1e3", "5,7"])
def test_what_is_no_whole_number_is_no_count(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    assert parse(conn, text, "count", POINT) is None


@given(micros=st.integers(-(10**14), 10**14))
def test_millionths_are_exact(conn: duckdb.DuckDBPyConnection, micros: int) -> None:
    assert parse(conn, str(micros), "money", POINT, "micros") == Decimal(micros).scaleb(-6)


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_is_read_back(conn: duckdb.DuckDBPyConnection, day: dt.date) -> None:
    german = Locale(".", "UTC", dates=("%d.%m.%Y",))
    for text in (day.isoformat(), f" {day} ", f"{day} 00:00:00", f"{day:%d.%m.%Y}"):
        assert parse(conn, text, "date", german) == day


@given(text=st.text(alphabet="0123456789-/.: T", max_size=12))
def test_what_is_read_as_a_day_is_written_so(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    value = parse(conn, text, "date", POINT)
    assert value is None or text.strip().startswith(str(value))


@given(moment=st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)), minutes=st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_the_same_in_every_offset(
    conn: duckdb.DuckDBPyConnection, moment: dt.datetime, minutes: int
) -> None:
    moment = moment.replace(microsecond=0)
    local = moment.replace(tzinfo=dt.UTC).astimezone(dt.timezone(dt.timedelta(minutes=minutes)))
    for text in (local.isoformat(), local.strftime("%Y-%m-%d %H:%M:%S %z"), local.strftime("%Y-%m-%dT%H:%M:%S.000%z")):
        assert parse(conn, text, "timestamp", POINT) == moment


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("TRUE", True), ("yes", True), ("0", False), ("False", False), ("maybe", None)]
)
def test_booleans_come_in_many_words(conn: duckdb.DuckDBPyConnection, text: str, value: bool | None) -> None:
    assert parse(conn, text, "boolean", POINT) is value


@pytest.mark.parametrize("text", ["1.23E+15", "1,23E+15", "1E+15", "123456.0"])
def test_an_id_that_a_spreadsheet_changed_is_no_id(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    assert parse(conn, text, "text", POINT, "id") is None


@given(text=st.text(alphabet=string.ascii_letters + string.digits, min_size=15, max_size=15))
def test_an_18_character_id_keeps_its_15_and_says_their_case(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    [(long,)] = conn.execute(f"select {eighteen('c')} from (select ? as c)", [text]).fetchall()
    checks = [sum(2**i for i, c in enumerate(text[s : s + 5]) if c in string.ascii_uppercase) for s in (0, 5, 10)]
    assert long == text + "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[check] for check in checks)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,234", None),
        ("1.234", None),
        ("1,23", ","),
        ("1.5", "."),
        ("1.234,56", ","),
        ("1,234,567", "."),
        ("0,125", ","),
        ("12", None),
        ("--", None),
    ],
)
def test_a_figure_proves_its_decimal_mark_or_nothing(text: str, mark: str | None) -> None:
    assert mark_of(text) == mark


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("-18759", "usd", "-187.59"),
        ("500", "JPY", "500"),
        ("12345", "KWD", "12.345"),
        ("1.5", "USD", None),
        ("100", None, None),
    ],
)
def test_minor_units_are_those_of_the_currency(
    conn: duckdb.DuckDBPyConnection, text: str, currency: str | None, amount: str | None
) -> None:
    sql = values.parsed("c", "c", "money", Binding(rule="minor_units"), POINT, None, "upper(m)")
    query = f"select {sql} from (select cast(? as varchar) as c, cast(? as varchar) as m)"
    [(value,)] = conn.execute(query, [text, currency]).fetchall()
    assert value == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("urn:li:sponsoredCampaign:123456", "123456"),
        ("customers/2121450128/campaigns/9935249409", "9935249409"),
        ("123456", "123456"),
        ("urn:li:", None),
        ("1.23E+15", None),
    ],
)
def test_the_id_is_the_last_part_of_a_resource_name(
    conn: duckdb.DuckDBPyConnection, text: str, ident: str | None
) -> None:
    assert parse(conn, text, "text", POINT, "urn") == ident


@pytest.mark.parametrize(
    ("text", "rule", "instant"),
    [
        ("1710234840000", "epoch_ms", dt.datetime(2024, 3, 12, 9, 14)),
        ("1710234840123456", "epoch_us", dt.datetime(2024, 3, 12, 9, 14, 0, 123456)),
        ("1710234840", "epoch_ms", None),
        ("2024-03-12", "epoch_ms", None),
    ],
)
def test_an_instant_may_be_counted_from_1970(
    conn: duckdb.DuckDBPyConnection, text: str, rule: str, instant: dt.datetime | None
) -> None:
    assert parse(conn, text, "timestamp", POINT, rule) == instant


def test_a_counted_day_is_that_of_the_time_zone(conn: duckdb.DuckDBPyConnection) -> None:
    assert parse(conn, "1710284400000", "date", POINT, "epoch_ms") == dt.date(2024, 3, 12)
    assert parse(conn, "1710284400000", "date", Locale(".", "Asia/Tokyo"), "epoch_ms") == dt.date(2024, 3, 13)


@pytest.mark.parametrize(
    "text", ["10 de dez. de 2022", "Dez 10, 2022", "10. DEZEMBER 2022", " 2022年12月10日", "2022-12-10"]
)
def test_months_in_words_are_read_in_the_languages_of_the_format(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    spoken = Locale(".", "UTC", languages=("de", "pt", "ja"))
    assert parse(conn, text, "date", spoken) == dt.date(2022, 12, 10)


@pytest.mark.parametrize("text", ["10 dec 2022", "31 Feb 2022", "10 2022 dez", "dez 2022", "de 10, 2022"])
def test_other_words_are_no_months(conn: duckdb.DuckDBPyConnection, text: str) -> None:
    assert parse(conn, text, "date", Locale(".", "UTC", languages=("de", "pt"))) is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Spring", "Spring"),
        ("ask jane.doe+x@mail.example.com now", "ask (e-mail) now"),
        ("https://x.example/?utm_term=jane%40example.com&a=1", "https://x.example/?utm_term=(e-mail)&a=1"),
        ("a@b.example;ü@ö.example", "(e-mail);(e-mail)"),
        ("5 @ 3.20", "5 @ 3.20"),
        ("@handle", "@handle"),
    ],
)
def test_addresses_in_a_text_are_masked(conn: duckdb.DuckDBPyConnection, text: str, kept: str) -> None:
    [(value,)] = conn.execute(f"select {masked('c')} from (select ? as c)", [text]).fetchall()
    assert value == kept


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-05-20T07:00:00Z", "2022-05-20"),  # midnight in California
        ("2022-05-19T15:00:00Z", "2022-05-20"),  # midnight in Tokyo
        ("2022-05-19 22:00:00", "2022-05-20"),  # midnight in Berlin in summer
        ("2022-05-20", "2022-05-20"),
        ("yesterday", None),
    ],
)
def test_a_local_midnight_is_the_day_that_began(conn: duckdb.DuckDBPyConnection, text: str, day: str | None) -> None:
    found = parse(conn, text, "date", POINT, "local_midnight")
    assert found == (dt.date.fromisoformat(day) if day else None)
