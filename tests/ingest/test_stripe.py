"""Stripe: the itemized balance report, whose columns are chosen when it is made, and the tables of a connector."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest.ingest_files import Landing


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path, config="reporting_timezone: America/New_York\n")


REPORT = (
    "balance_transaction_id,created_utc,created,currency,gross,fee,net,reporting_category,source_id,description,"
    "customer_id,customer_email,charge_id,payment_metadata[order_id],refund_metadata[why]\r\n"
)


def test_the_report_is_in_major_units_and_in_utc(landing: Landing) -> None:
    outcome = landing.outcome(
        "report.csv",
        REPORT + "txn_1,2026-03-01 02:30:00,2026-02-28 21:30:00,eur,1234.50,36.10,1198.40,charge,ch_1,"
        '"Order, 7",cus_1,Ann@x.example,ch_1,#7,\r\n'
        "txn_2,2026-03-02 00:00:00,2026-03-01 19:00:00,eur,-1198.40,0.00,-1198.40,payout,po_1,STRIPE PAYOUT,,,,,\r\n",
    )
    assert (outcome.rows["loaded"], outcome.unknown_columns) == (2, [])
    columns = "transaction_id, category, charge_id, order_reference, currency, gross, fee, net, created_at"
    first, second = landing.rows("stripe/balance_transactions", columns)
    assert first == (
        "txn_1", "charge", "ch_1", "#7", "EUR", Decimal("1234.5"), Decimal("36.1"), Decimal("1198.4"),
        dt.datetime(2026, 3, 1, 2, 30),
    )  # fmt: skip
    assert second[1:4] == ("payout", None, None)
    assert "x.example" not in str(landing.rows("stripe/balance_transactions"))


def test_a_report_may_write_decimals_with_a_comma(landing: Landing) -> None:
    header = "balance_transaction_id;created_utc;currency;gross;fee;net;reporting_category\n"
    landing.outcome("report.csv", header + "txn_1;2026-03-01 02:30:00;eur;1234,50;36,10;1198,40;charge\n")
    assert landing.rows("stripe/balance_transactions", "gross, fee") == [(Decimal("1234.5"), Decimal("36.1"))]


def test_local_times_are_in_the_reporting_timezone_where_utc_is_missing(landing: Landing) -> None:
    header = "balance_transaction_id,created,currency,gross,fee,net,reporting_category\n"
    outcome = landing.outcome("report.csv", header + "txn_1,2026-02-28 21:30:00,eur,1.00,0.10,0.90,charge\n")
    assert outcome.format == "balance_report_local"
    assert landing.rows("stripe/balance_transactions", "created_at") == [(dt.datetime(2026, 3, 1, 2, 30),)]


def test_a_report_without_its_categories_is_refused(landing: Landing) -> None:
    header = "balance_transaction_id,created_utc,currency,gross,fee,net,category_of_mine\n"
    outcome = landing.outcome("report.csv", header + "txn_1,2026-03-01 02:30:00,eur,1.00,0.10,0.90,charge\n")
    assert outcome.status == "rejected"
    assert "reporting_category" in str(outcome.problems[0])


BALANCE = "id,_fivetran_synced,amount,available_on,created,currency,exchange_rate,fee,net,source,status,type\r\n"


@pytest.mark.parametrize(
    ("currency", "expected"), [("usd", ("187.59", "5.74")), ("jpy", ("18759", "574")), ("kwd", ("18.759", "0.574"))]
)
def test_the_connector_counts_minor_units_of_the_rows_own_currency(
    landing: Landing, currency: str, expected: tuple[str, str]
) -> None:
    row = f"txn_1,2026-03-02 00:00:00,18759,2026-03-03 00:00:00,2026-03-01 02:30:00,{currency},,574,18185,ch_1,x,charge"
    landing.outcome("balance_transaction.csv", f"{BALANCE}{row}\r\n")
    [(gross, fee, code)] = landing.rows("stripe/balance_transactions", "gross, fee, currency")
    assert ((str(gross.normalize()), str(fee.normalize())), code) == (expected, currency.upper())


def test_half_a_cent_is_no_minor_unit(landing: Landing) -> None:
    row = "txn_1,2026-03-02 00:00:00,187.59,2026-03-03 00:00:00,2026-03-01 02:30:00,usd,,5,182,ch_1,x,charge"
    outcome = landing.outcome("balance_transaction.csv", f"{BALANCE}{row}\r\n")
    assert outcome.status == "rejected"


TABLES = {
    "charges": (
        "id,amount,amount_refunded,balance_transaction_id,captured,created,currency,customer_id,failure_message,paid,"
        "payment_intent_id,receipt_email,status,livemode\r\n"
        "ch_1,2000,0,,FALSE,2026-03-01 00:00:00,usd,cus_1,Card declined.,FALSE,pi_1,a@x.example,failed,TRUE\r\n",
        "charge_id, payment_intent_id, amount, status, is_captured, is_live",
        ("ch_1", "pi_1", Decimal(20), "failed", False, True),
    ),
    "refunds": (
        "id,_fivetran_synced,amount,balance_transaction_id,charge_id,created,currency,reason,receipt_number,status\r\n"
        "re_1,2026-03-02 00:00:00,500,txn_3,ch_1,2026-03-01 00:00:00,usd,duplicate,1-2,succeeded\r\n",
        "refund_id, charge_id, transaction_id, amount, status",
        ("re_1", "ch_1", "txn_3", Decimal(5), "succeeded"),
    ),
    "disputes": (
        "id,_fivetran_synced,amount,balance_transaction,charge_id,created,currency,evidence_customer_name,reason,status\n"
        "du_1,2026-03-02 00:00:00,500,txn_4,ch_1,2026-03-01 00:00:00,usd,Ann Example,general,won\n",
        "dispute_id, charge_id, amount, reason, status",
        ("du_1", "ch_1", Decimal(5), "general", "won"),
    ),
    "invoices": (
        "id,_fivetran_synced,amount_due,currency,customer_id,subtotal,tax,total,status\r\n"
        "in_1,2026-03-02 00:00:00,2400,gbp,cus_1,2000,400,2400,paid\r\n",
        "invoice_id, currency, total, tax, status",
        ("in_1", "GBP", Decimal(24), Decimal(4), "paid"),
    ),
}


@pytest.mark.parametrize("stream", TABLES)
def test_each_table_of_the_connector_is_read(landing: Landing, stream: str) -> None:
    content, columns, expected = TABLES[stream]
    outcome = landing.outcome("table.csv", content)
    assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("stripe", stream, [])
    assert landing.rows(f"stripe/{stream}", columns) == [expected]
    assert "Ann Example" not in str(landing.rows(f"stripe/{stream}"))
