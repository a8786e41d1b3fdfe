"""QuickBooks: reports with sections and months, written as tables, and the tables of a connector."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.ingest.ingest_files import Landing, only_problem
from tests.ingest.wrapped import workbook

LEDGER = (
    "Example Lamps LLC,,,,,,,,\r\n"
    "Transaction Detail by Account,,,,,,,,\r\n"
    '"January 1 - March 31, 2026",,,,,,,,\r\n'
    "\r\n"
    ",Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance\r\n"
    "Advertising,,,,,,,,\r\n"
    ',01/31/2026,Expense,12,Ann Example,"ads, January",Checking,"1,234.50","1,234.50"\r\n'
    ",02/03/2026,Bill,13,Ann Example,ads,Accounts Payable,65.50,1300.00\r\n"
    'Total for Advertising,,,,,,,"$1,300.00",\r\n'
    "Utilities,,,,,,,,\r\n"
    "Gas,,,,,,,,\r\n"
    ",Beginning Balance,,,,,,,400.00\r\n"
    ",02/04/2026,Journal Entry,14,,correction,Checking,-20.00,380.00\r\n"
    "Total for Gas,,,,,,,-$20.00,\r\n"
    "Total for Utilities with sub-accounts,,,,,,,-$20.00,\r\n"
    "\r\n"
    '"Monday, April 6, 2026 09:12 AM GMT-05:00 - Accrual Basis",,,,,,,,\r\n'
)


def test_a_ledger_has_its_account_above_its_rows(landing: Landing) -> None:
    outcome = landing.outcome("ledger.csv", LEDGER)
    # Three title lines, the header, three accounts, the balance brought forward, the line below.
    assert outcome.rows == {"loaded": 3, "rejected": 0, "total": 3, "note": 9, "blank": 2}
    assert outcome.rows_in_file == LEDGER.count("\n")
    columns = "report, period_start, period_end, basis, section, account, day, transaction_type, number, amount"
    lead = ("general_ledger", dt.date(2026, 1, 1), dt.date(2026, 3, 31), "accrual")
    assert landing.rows("quickbooks/ledger_rows", columns) == [
        (*lead, None, "Advertising", dt.date(2026, 1, 31), "Expense", "12", Decimal("1234.5")),
        (*lead, None, "Advertising", dt.date(2026, 2, 3), "Bill", "13", Decimal("65.5")),
        (*lead, "Utilities", "Gas", dt.date(2026, 2, 4), "Journal Entry", "14", Decimal(-20)),
    ]
    assert "Ann Example" not in str(landing.rows("quickbooks/ledger_rows"))


def test_a_total_that_is_not_its_rows_refuses_the_file(landing: Landing) -> None:
    outcome = landing.outcome("ledger.csv", LEDGER.replace("65.50,1300.00", "66.50,1300.00"))
    assert outcome.status == "rejected"
    assert "line 9" in only_problem(outcome)
    assert "says 1300.00, the rows add up to 1301.00" in only_problem(outcome)


def test_the_period_proves_the_order_of_day_and_month(landing: Landing) -> None:
    british = LEDGER.replace("01/31/2026", "31/01/2026").replace("02/03/2026", "03/02/2026")
    landing.outcome("ledger.csv", british.replace("02/04/2026", "04/02/2026"))
    days = [row[0] for row in landing.rows("quickbooks/ledger_rows", "day")]
    assert days == [dt.date(2026, 1, 31), dt.date(2026, 2, 3), dt.date(2026, 2, 4)]


def test_dates_that_nothing_proves_are_refused(landing: Landing) -> None:
    # 2 January or 1 February, 3 February or 2 March: both lie in the period.
    unclear = LEDGER.replace("01/31/2026", "01/02/2026").replace("02/04/2026", "02/03/2026")
    outcome = landing.outcome("ledger.csv", unclear)
    assert outcome.status == "rejected"
    assert "does not make certain" in only_problem(outcome)


def test_an_amount_that_is_none_is_rejected_on_its_own_line(landing: Landing) -> None:
    broken = LEDGER.replace("-20.00,380.00", "minus 20,380.00").replace(",-$20.00,", ",,")
    outcome = landing.outcome("ledger.csv", broken)
    assert outcome.status == "rejected"
    assert "line 13" in only_problem(outcome)


def test_a_workbook_is_read_like_its_text(landing: Landing) -> None:
    # A spreadsheet works its totals out in binary: 0.1 + 0.2 is 0.30000000000000004 there.
    rows: list[list[Any]] = [
        ["General Ledger"], ["Example Lamps LLC"], ["January 2026"], [],
        [None, "Date", "Transaction Type", "Amount", "Balance"],
        ["Rent"],
        [None, dt.date(2026, 1, 3), "Expense", 0.1, 0.1],
        [None, dt.date(2026, 1, 4), "Expense", 0.2, 0.1 + 0.2],
        ["Total for Rent", None, None, 0.1 + 0.2],
    ]  # fmt: skip
    outcome = landing.outcome("ledger.xlsx", workbook({"General Ledger": rows}))
    assert (outcome.source, outcome.rows["loaded"], outcome.rows["total"]) == ("quickbooks", 2, 1)
    columns = "account, day, amount, file_row"
    assert landing.rows("quickbooks/ledger_rows", columns)[1][:3] == ("Rent", dt.date(2026, 1, 4), Decimal("0.2"))


BY_MONTH = (
    "Profit and Loss\n"
    "Example Lamps LLC\n"
    '"January - March, 2026"\n'
    "\n"
    "Distribution account,Jan 2026,Feb 2026,Mar 2026,Total\n"
    "Income,,,,\n"
    "   Sales,1000.00,900.00,,1900.00\n"
    'Total for Income,"$1,000.00",$900.00,,"$1,900.00"\n'
    "Cost of Goods Sold,,,,\n"
    "   Lamps,400.00,300.00,,700.00\n"
    "Total for Cost of Goods Sold,$400.00,$300.00,,$700.00\n"
    'Gross Profit,$600.00,$600.00,,"$1,200.00"\n'
    "Expenses,,,,\n"
    "   Rent,100.00,100.00,100.00,300.00\n"
    "   Utilities,5.00,,,5.00\n"
    "      Gas,10.00,(2.50),,7.50\n"
    "   Total for Utilities,15.00,-2.50,,12.50\n"
    "Total for Expenses,$115.00,$97.50,$100.00,$312.50\n"
    "Net Operating Income,$485.00,$502.50,-$100.00,$887.50\n"
    "Net Income,$485.00,$502.50,-$100.00,$887.50\n"
    "\n"
    '"Cash Basis Monday, April 6, 2026 09:12 AM GMT-05:00"\n'
)


def test_months_side_by_side_become_rows(landing: Landing) -> None:
    outcome = landing.outcome("pnl.csv", BY_MONTH)
    # 5 accounts of 3 months: 10 cells say something; 5 cells and 2 lines are blank.
    assert outcome.rows == {"loaded": 10, "rejected": 0, "total": 7, "note": 8, "blank": 7}
    rows = landing.rows("quickbooks/ledger_rows", "section, account, day, period_end, amount, basis")
    assert rows[-3:] == [
        ("Expenses", "Utilities", dt.date(2026, 1, 1), dt.date(2026, 1, 31), Decimal(5), "cash"),
        ("Expenses", "Gas", dt.date(2026, 1, 1), dt.date(2026, 1, 31), Decimal(10), "cash"),
        ("Expenses", "Gas", dt.date(2026, 2, 1), dt.date(2026, 2, 28), Decimal("-2.5"), "cash"),
    ]
    assert landing.rows("quickbooks/ledger_rows", "sum(amount) filter (where section = 'Expenses')") == [
        (Decimal("312.5"),)
    ]


def test_one_month_may_stand_in_one_column(landing: Landing) -> None:
    text = (
        'Example LLC\nProfit and Loss\n"January 1-31, 2026"\n\n,Total\nExpenses,\nRent,100.00\nTotal for Expenses,100\n'
    )
    landing.outcome("pnl.csv", text)
    assert landing.rows("quickbooks/ledger_rows", "account, day, amount") == [
        ("Rent", dt.date(2026, 1, 1), Decimal(100))
    ]


def test_costs_of_several_months_are_not_spread(landing: Landing) -> None:
    text = 'Example LLC\nProfit and Loss\n"January - March, 2026"\n\n,Total\nExpenses,\nRent,300.00\n'
    outcome = landing.outcome("pnl.csv", text)
    assert outcome.status == "rejected"
    assert "display its columns by month" in only_problem(outcome)


def test_a_report_without_its_period_is_refused(landing: Landing) -> None:
    outcome = landing.outcome("pnl.csv", "Example LLC\nProfit and Loss\n\n,Jan 2026\nExpenses,\nRent,300.00\n")
    assert outcome.status == "rejected"
    assert "does not say its period" in only_problem(outcome)


TABLES = {
    "accounts": (
        "id,_fivetran_synced,account_type,classification,currency_id,fully_qualified_name,name,updated_at\r\n"
        "7,2026-04-01 00:00:00,Expense,Expense,USD,Utilities:Gas,Gas,2026-01-01 00:00:00\r\n",
        "account_id, account, account_type, classification, currency",
        ("7", "Utilities:Gas", "Expense", "Expense", "USD"),
    ),
    "items": (
        "id,_fivetran_synced,asset_account_id,expense_account_id,name,updated_at\r\n"
        "3,2026-04-01 00:00:00,,7,Lamp,2026-01-01 00:00:00\r\n",
        "item_id, expense_account_id",
        ("3", "7"),
    ),
    "transactions": (
        "id,_fivetran_deleted,_fivetran_synced,account_id,credit,currency_id,exchange_rate,payment_type,"
        "transaction_date,updated_at,vendor_id\r\n"
        "9,FALSE,2026-04-01 00:00:00,1,TRUE,EUR,1.1,Cash,2026-02-03,2026-02-03 00:00:00,5\r\n",
        "kind, transaction_id, day, currency, exchange_rate, is_credit, is_deleted",
        ("purchase", "9", dt.date(2026, 2, 3), "EUR", Decimal("1.1"), True, False),
    ),
    "transaction_lines": (
        "index,journal_entry_id,_fivetran_synced,account_id,amount,description,posting_type,vendor_id\r\n"
        "0,9,2026-04-01 00:00:00,7,12.5,gas,Credit,5\r\n",
        "kind, transaction_id, line_number, account_id, posting_type, amount",
        ("journal_entry", "9", 0, "7", "credit", Decimal("12.5")),
    ),
}


@pytest.mark.parametrize("stream", TABLES)
def test_each_table_of_the_connector_is_read(landing: Landing, stream: str) -> None:
    content, columns, expected = TABLES[stream]
    outcome = landing.outcome("table.csv", content)
    assert (outcome.source, outcome.stream, outcome.unknown_columns) == ("quickbooks", stream, [])
    assert landing.rows(f"quickbooks/{stream}", columns) == [expected]


@pytest.mark.parametrize("kind", ["bill", "purchase", "vendor_credit"])
def test_lines_of_each_document_are_told_apart(landing: Landing, kind: str) -> None:
    header = f"{kind}_id,index,_fivetran_synced,account_expense_account_id,amount,description,item_expense_item_id\n"
    landing.outcome("lines.csv", header + "9,0,2026-04-01 00:00:00,7,12.5,gas,\n")
    assert landing.rows("quickbooks/transaction_lines", "kind, transaction_id") == [(kind, "9")]
