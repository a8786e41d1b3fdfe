"""Costs from the books: one form feeds a month, accounts feed pools, nothing that others say counts again."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import build_up_to, query
from tests.models.lake_parts import write_lake

JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


def month_of(account: str, amount: str, kind: str = "expense", file_id: str = "newer", **more: Any) -> dict[str, Any]:
    """January of an account in a profit and loss."""
    exported_at = "2026-02-01 12:00:00" if file_id == "older" else "2026-03-01 12:00:00"
    period = {"period_start": "2026-01-01", "period_end": "2026-01-31", "day": "2026-01-01", "currency": "USD"}
    said = {"report": "profit_and_loss", "account": account, "class": kind, "amount": amount}
    return {**period, **said, "file_id": file_id, "exported_at": exported_at, **more}


def entry(account: str, day: str, amount: str) -> dict[str, Any]:
    """An entry of a general ledger of the quarter, which does not say what kind an account is."""
    period = {"period_start": "2026-01-01", "period_end": "2026-03-31", "currency": "USD", "file_id": "ledger"}
    return {**period, "report": "general_ledger", "account": account, "day": day, "amount": amount}


def document(kind: str, number: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "transaction_id": number, "day": "2026-03-05", "currency": "USD", **more}


def line(kind: str, number: str, account_id: str | None, amount: str, **more: Any) -> dict[str, Any]:
    facts = {"kind": kind, "transaction_id": number, "line_number": 0, "account_id": account_id, "amount": amount}
    return {**facts, "file_id": "connector", **more}


ROWS: dict[str, list[dict[str, Any]]] = {
    "quickbooks/ledger_rows": [
        month_of("Rent", "100", file_id="older"),
        month_of("Rent", "110"),
        month_of("Agency fees", "200"),
        month_of("Advertising & Marketing", "500"),
        month_of("Lamps", "300", "cogs"),
        month_of("Lamp sales", "2000", "income"),
        # January has its profit and loss; February only this, March its documents.
        entry("Rent", "2026-01-03", "999"),
        entry("Rent", "2026-02-03", "120"),
        entry("Rent", "2026-02-10", "-20"),
        entry("Savings", "2026-02-10", "-100"),
        entry("Checking", "2026-02-10", "-100"),
        entry("Lamp sales", "2026-02-11", "1000"),
        entry("Agency fees", "2026-02-12", "80"),
        entry("Rent", "2026-03-03", "999"),
    ],
    "quickbooks/accounts": [
        {"account_id": "1", "account": "Rent", "account_type": "Expense", "classification": "Expense"},
        {"account_id": "2", "account": "Utilities:Gas", "account_type": "Expense", "classification": "Expense"},
        {"account_id": "3", "account": "Checking", "account_type": "Bank", "classification": "Asset"},
        {"account_id": "4", "account": "Agency fees", "account_type": "Expense", "classification": "Expense"},
    ],
    "quickbooks/items": [{"item_id": "gas", "expense_account_id": "2"}],
    "quickbooks/transactions": [
        document("purchase", "1"),
        document("purchase", "2", is_credit=True),
        document("bill", "1"),
        document("bill", "2", is_deleted=True),
        document("journal_entry", "1"),
    ],
    "quickbooks/transaction_lines": [
        line("purchase", "1", "1", "130"),
        line("purchase", "1", "4", "60", line_number=1),
        line("purchase", "2", "1", "10"),
        line("bill", "1", None, "45", item_id="gas"),
        line("bill", "2", "1", "777"),
        line("journal_entry", "1", "1", "20", posting_type="credit"),
        line("journal_entry", "1", "3", "20", posting_type="debit", line_number=1),
    ],
    "xero/ledger_rows": [month_of("Rent", "80", currency="EUR", file_id="xero")],
    "template/costs": [{"month": "2026-02-01", "pool": "agency", "amount": "70", "currency": "USD", "months": 2}],
    "template/ad_spend": [{"date": "2026-01-05", "channel": "Podcast", "spend": "500", "currency": "USD"}],
    "template/fx_rates": [{"date": "2026-01-30", "currency": "EUR", "rate": "1.25"}],
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("books")
    settings = Settings(data_dir=data, as_of="2026-03-31", engine="duckdb")
    write_lake(settings.lake, ROWS)
    return build_up_to(settings, "fct_costs", "int_cost_to_cover")


def test_every_month_is_fed_by_one_form_of_each_source(books: Path) -> None:
    costs = query(books, "select month, pool, sum(amount), bool_and(is_fixed) from marts.fct_costs group by 1, 2")
    assert costs == [
        (JANUARY, "agency", 200, False),
        (JANUARY, "other", 210, True),  # 110 of the newer report, and Xero's 80 EUR at 1.25
        (FEBRUARY, "agency", 35, False),  # the template speaks for its pool and the two months that bear its 70
        (FEBRUARY, "other", 100, True),  # 120 - 20
        (MARCH, "agency", 35, False),
        (MARCH, "other", 145, True),  # 130 - 10 given back - 20 credited, and 45 for gas
    ]


def test_what_others_say_is_named_and_not_counted(books: Path) -> None:
    rows = "select month, account, pool, amount from intermediate.int_ledger_costs where not is_counted"
    assert query(books, rows) == [
        (JANUARY, "Advertising & Marketing", "media_ledger", 500),
        (JANUARY, "Lamps", "order_costs", 300),
        (FEBRUARY, "Agency fees", "agency", 80),
        # Other forms say that lamp sales are income and checking is no cost; of the savings only the seed does.
        (FEBRUARY, "Savings", "no_cost", -100),
        (MARCH, "Agency fees", "agency", 60),
    ]


def test_fixed_costs_of_the_books_are_to_be_covered(books: Path) -> None:
    rows = (
        "select period, fixed_cost, media_spend, other_cost from intermediate.int_cost_to_cover where grain = 'month'"
    )
    assert query(books, rows) == [(JANUARY, 210, 500, 200), (FEBRUARY, 100, 0, 35), (MARCH, 145, 0, 35)]
