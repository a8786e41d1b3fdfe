"""The plain CSV templates, as people and spreadsheets write them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest.ingest_files import Landing

ORDERS = "order_id,customer_id,ordered_at,gross,currency,discount\n"


def _spoken(text: str, delimiter: str, encoding: str) -> bytes:
    return text.replace(",", delimiter).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_delimiter_gives_the_same_row(landing: Landing, encoding: str, delimiter: str) -> None:
    text = "date,channel,spend,currency,campaign\n2026-03-01,Büro,10.50,EUR,Über\n"
    outcome = landing.outcome("spend.csv", _spoken(text, delimiter, encoding))
    assert outcome.status == "loaded", outcome.problems
    assert landing.rows("template/ad_spend", "channel, spend, campaign") == [("Büro", Decimal("10.5"), "Über")]


def test_a_windows_character_behind_the_head_is_found_by_the_scan(landing: Landing) -> None:
    text = "date,channel,spend,currency,campaign\n" + "2026-03-01,plain,1,EUR,Long enough\n" * 8000
    outcome = landing.outcome("spend.csv", (text + "2026-03-01,Büro,1,EUR,x\n").encode("cp1252"))
    assert outcome.rows["loaded"] == 8001
    assert landing.rows("template/ad_spend", "count(*) filter (where channel = 'Büro')") == [(1,)]


def test_an_excel_re_save_uses_semicolons_and_decimal_commas(landing: Landing) -> None:
    rows = "A1;c1;2026-03-01;1.234,50;EUR;\nA2;c1;01.03.2026 14:30;2.000;EUR;0,50\n"
    landing.outcome("orders.csv", "\ufeff" + (ORDERS.replace(",", ";") + rows).replace("\n", "\r\n"))
    found = landing.rows("template/orders", "ordered_at, gross, discount")
    assert found == [
        (dt.datetime(2026, 3, 1), Decimal("1234.5"), None),
        (dt.datetime(2026, 3, 1, 14, 30), Decimal(2000), Decimal("0.5")),
    ]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-03-01", "2026-02-28 23:00"),
        ("2026-03-01 14:30", "2026-03-01 13:30"),
        ("2026-03-01T14:30:05", "2026-03-01 13:30:05"),
        ("2026-03-01T14:30:00Z", "2026-03-01 14:30"),
        ("2026-03-01T14:30:00+05:30", "2026-03-01 09:00"),
        ("2026-03-01 14:30:00 -0400", "2026-03-01 18:30"),
        ("2026-03-01 14:30:00 UTC", "2026-03-01 14:30"),
    ],
)
def test_an_offset_makes_an_instant_and_without_one_it_is_local(tmp_path: Path, written: str, instant: str) -> None:
    landing = Landing(tmp_path, config="reporting_timezone: Europe/Berlin\n")
    landing.outcome("orders.csv", f"{ORDERS}A1,c1,{written},1,EUR,\n")
    assert landing.rows("template/orders", "ordered_at") == [(dt.datetime.fromisoformat(instant),)]


# Spreadsheets take 2026-03 for a date and show it in their own language.
SHOWN = ["2026-03", "2026-03-01", "Mar-26", "Mrz 26", "Mrz. 2026", "mars-26", "mar-26", "mar/26", "März 2026"]


@pytest.mark.parametrize(
    ("written", "is_read"), [*((month, True) for month in SHOWN), ("2026-03-15", False), ("26-Mar", False)]
)
def test_a_month_is_its_first_day(landing: Landing, written: str, is_read: bool) -> None:
    outcome = landing.outcome("costs.csv", f"month,pool,amount,currency,is_fixed\n{written},Rent,900,EUR,TRUE\n")
    assert (outcome.status == "loaded") == is_read
    expected = [(dt.date(2026, 3, 1), "rent", True)] if is_read else []
    assert landing.rows("template/costs", "month, pool, is_fixed") == expected


@pytest.mark.parametrize(
    ("stream", "header", "row"),
    [
        ("ad_spend", "date,channel,spend,currency", "2026-03-01,google,1,EUR"),
        ("costs", "month,pool,amount,currency", "2026-03,rent,1,EUR"),
        ("people", "person_id,created_at", "1,2026-03-01"),
        ("stage_events", "person_id,stage,entered_at", "1,MQL,2026-03-01"),
        ("opportunities", "opportunity_id,created_at,status", "1,2026-03-01,Won"),
        ("orders", "order_id,customer_id,ordered_at,gross,currency", "1,2,2026-03-01,1,EUR"),
        ("refunds", "refund_id,order_id,refunded_at,amount,currency", "1,2,2026-03-01,1,EUR"),
        ("customers", "customer_id", "1"),
        ("customers", "customer_id,email,segment", "1,a@x.example,smb"),
        ("fx_rates", "date,currency,rate", "2026-03-01,EUR,1.08"),
        ("responses", "person_id,responded_at,type", "1,2026-03-01,call"),
        ("subscriptions", "customer_id,month,mrr,currency", "1,2026-03,9,EUR"),
        ("touches", "touch_id,visitor_id,touched_at,channel", "1,2,2026-03-01,email"),
        ("identities", "visitor_id,person_id,identified_at", "1,2,2026-03-01"),
        ("budgets", "line,period_start,period_end,amount,currency", "Posters,2026-03-01,2026-03-31,90,EUR"),
        ("budget_schedule", "line,date,amount", "Posters,2026-03-01,90"),
        ("kpi_targets", "kpi,period_start,period_end,target", "cac,2026-03-01,2026-03-31,45"),
        ("campaign_tests", "test_id,arm,looked_at,assigned,converted", "1,control,2026-03-01,400,12"),
        ("commitments", "commitment,owner_team,due", "Call back,Sales,2026-03-31"),
        ("decisions", "decision_id,decision,owner_team,decided", "D-1,Stop the radio,Marketing,2026-03-09"),
    ],
)
def test_each_template_is_known_by_its_required_columns(landing: Landing, stream: str, header: str, row: str) -> None:
    outcome = landing.outcome("file.txt", f"{header}\n{row}\n")
    assert (outcome.source, outcome.stream, outcome.rows.get("loaded")) == ("template", stream, 1), outcome.problems


def test_unknown_columns_are_kept_and_named(landing: Landing) -> None:
    outcome = landing.outcome(
        "orders.csv", f"{ORDERS.strip()},Gift\nA1,c1,2026-03-01,1,EUR,,yes\nA2,c1,2026-03-01,1,EUR,,\n"
    )
    assert outcome.unknown_columns == ["Gift"]
    assert landing.rows("template/orders", "extra") == [('{"Gift":"yes"}',), (None,)]


SUBSCRIPTIONS = "customer_id,month,mrr,currency\nC-1,2026-03,90.00,EUR\n"


def test_a_row_that_stands_twice_counts_once(landing: Landing) -> None:
    outcome = landing.outcome("subscriptions.csv", SUBSCRIPTIONS + "C-1,2026-03-01,90,EUR\nC-2,2026-03,90,EUR\n")
    assert (outcome.rows["loaded"], outcome.rows["note"]) == (2, 2)
    assert landing.rows("template/subscriptions", "sum(mrr)") == [(Decimal(180),)]


@pytest.mark.parametrize(
    ("stream", "content"),
    [
        ("subscriptions", SUBSCRIPTIONS + "C-1,2026-03,95.00,EUR\n"),
        ("orders", ORDERS + "A1,c1,2026-03-01,1,EUR,\nA1,c1,2026-03-01,2,EUR,\n"),
        ("fx_rates", "date,currency,rate\n2026-03-01,EUR,1.08\n2026-03-01,EUR,1.09\n"),
    ],
)
def test_two_rows_that_contradict_each_other_refuse_the_file(landing: Landing, stream: str, content: str) -> None:
    assert landing.outcome(f"{stream}.csv", content).status == "rejected"
    assert landing.rows(f"template/{stream}", "count(*)") == [(0,)]
