"""A firm that sells through Stripe alone: what is revenue and what only moves money, worked out by hand."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import build_up_to, query
from tests.models.lake_parts import write_lake

JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


def moved(
    number: str, category: str, source_id: str, day: str, gross: str, fee: str = "0", **more: Any
) -> dict[str, Any]:
    """A movement of the balance."""
    return {
        "transaction_id": f"txn_{number}", "category": category, "source_id": source_id, "currency": "USD",
        "gross": gross, "fee": fee, "net": str(Decimal(gross) - Decimal(fee)), "created_at": f"{day} 09:00:00", **more,
    }  # fmt: skip


def charged(charge_id: str, amount: str, **more: Any) -> dict[str, Any]:
    """An attempt to charge, in the connector's form."""
    facts = {"status": "succeeded", "is_captured": True, "is_live": True, "currency": "USD"}
    return {"charge_id": charge_id, "amount": amount, "created_at": "2026-01-10 08:59:00", **facts, **more}


ANN = {"customer_key": "cus_ann", "email_key": "ann", "invoice_id": "in_1"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "stripe/balance_transactions": [
        # The same movement in the report and from the connector.
        moved("1", "charge", "ch_1", "2026-01-10", "120", "3.78", charge_id="ch_1", **ANN, file_id="report"),
        moved("1", "charge", "ch_1", "2026-01-10", "120", "3.78", synced_at="2026-02-01 00:00:00", file_id="connector"),
        moved("2", "refund", "re_1", "2026-02-05", "-60"),
        moved("3", "payout", "po_1", "2026-02-06", "-500"),
        moved("4", "charge", "ch_yen", "2026-01-10", "10000", "360", currency="JPY"),
        # Disputed in February, won in March; the connector calls both an adjustment.
        moved("5", "charge", "ch_fight", "2026-01-12", "80", "2.62"),
        moved("6", "adjustment", "du_1", "2026-02-10", "-80", "15"),
        moved("7", "adjustment", "du_1", "2026-03-03", "80", "-15"),
        # 60 of 100 were captured.
        moved("8", "charge", "ch_part", "2026-01-15", "100", "3.20"),
        moved("9", "partial_capture_reversal", "ch_part", "2026-01-15", "-40", "-1.20"),
        moved("10", "stripe_fee", "fee_1", "2026-01-31", "-2"),
    ],
    "stripe/charges": [
        charged("ch_1", "120", customer_key="cus_ann"),
        charged("ch_failed", "999", status="failed", is_captured=False),
        charged("ch_held", "50", is_captured=False),
        charged("ch_trial", "70", is_live=False),
    ],
    "stripe/refunds": [
        {"refund_id": "re_1", "charge_id": "ch_1", "amount": "60", "currency": "USD", "status": "succeeded"}
    ],
    "stripe/disputes": [{"dispute_id": "du_1", "charge_id": "ch_fight", "amount": "80", "status": "won"}],
    "stripe/invoices": [{"invoice_id": "in_1", "total": "120", "tax": "20", "currency": "USD"}],
    "template/fx_rates": [{"date": "2026-01-09", "currency": "JPY", "rate": "0.0066"}],
}


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("firm")
    settings = Settings(data_dir=data, as_of="2026-03-31", engine="duckdb")
    write_lake(settings.lake, ROWS)
    return build_up_to(settings, "fct_orders", "int_kpi_values_margin")


def test_only_money_that_was_taken_is_revenue(firm: Path) -> None:
    rows = query(
        firm, "select order_id, net_before_refunds, variable_cost from marts.fct_orders where counts_as_revenue"
    )
    assert rows == [
        ("stripe:ch_1", 100, 3.78),  # 120 less 20 tax
        ("stripe:ch_fight", 80, 2.62),  # the fee of the dispute came back
        ("stripe:ch_part", 60, 2),
        ("stripe:ch_yen", 66, 2.376),  # 10,000 yen, not 100.00
    ]
    rest = query(firm, "select source_order_id, status from intermediate.int_orders where not counts_as_revenue")
    assert rest == [("ch_failed", "failed"), ("ch_held", "uncaptured"), ("ch_trial", "test")]


def test_a_payout_moves_money_and_earns_none(firm: Path) -> None:
    classes = query(
        firm, "select class, cast(sum(gross) as integer) from intermediate.int_stripe__movements group by 1"
    )
    assert classes == [
        ("dispute", 0), ("fee", -2), ("refund", -60), ("revenue", 120 + 10000 + 80 + 60), ("transfer", -500),
    ]  # fmt: skip


def test_refunds_and_disputes_count_on_either_day(firm: Path) -> None:
    margins = "select period, numerator from intermediate.int_kpi_values_margin where dimension = ''"
    net = f"{margins} and kpi = 'net_revenue' and grain = 'month'"
    # 100 - 50 (half of it, net of tax) + 80 - 80 + 80 + 60 + 66.
    assert query(firm, f"{net} and variant = 'order_basis'") == [(JANUARY, 256), (FEBRUARY, 0), (MARCH, 0)]
    assert query(firm, f"{net} and variant = 'transaction_basis'") == [(JANUARY, 306), (FEBRUARY, -130), (MARCH, 80)]


def test_a_customer_is_known_by_address_or_by_number(firm: Path) -> None:
    rows = query(firm, "select customer_id from marts.fct_orders where order_id in ('stripe:ch_1', 'stripe:ch_part')")
    assert rows == [("ann",), ("order:ch_part",)]
