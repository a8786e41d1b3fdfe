"""Xero: account transactions with debit and credit, and a profit and loss whose columns end on month ends."""

import datetime as dt
from decimal import Decimal

from tests.ingest.ingest_files import Landing, only_problem

LEDGER = (
    "Account Transactions\n"
    "Example Lamps Ltd\n"
    "For the period 1 January 2026 to 31 January 2026\n"
    "\n"
    "Date,Source,Description,Reference,Debit,Credit,Running Balance,Gross,GST\n"
    "\n"
    "Advertising,,,,,,,,\n"
    "Opening Balance,,,,,,0.00,,\n"
    '5 Jan 2026,Payable Invoice,Ann Example,INV-1,"1,000.00",0.00,1000.00,1100.00,100.00\n'
    "6 Jan 2026,Manual Journal,correction,J-2,,50.00,950.00,,\n"
    'Total Advertising,,,,"1,000.00",50.00,950.00,1100.00,100.00\n'
    "Closing Balance,,,,,,950.00,,\n"
    'Total,,,,"1,000.00",50.00,,,\n'
)


def test_debit_less_credit_is_the_amount(landing: Landing) -> None:
    outcome = landing.outcome("transactions.csv", LEDGER)
    assert (outcome.source, outcome.rows_in_file) == ("xero", LEDGER.count("\n"))
    rows = landing.rows("xero/ledger_rows", "account, day, transaction_type, number, amount")
    assert rows == [
        ("Advertising", dt.date(2026, 1, 5), "Payable Invoice", "INV-1", Decimal(1000)),
        ("Advertising", dt.date(2026, 1, 6), "Manual Journal", "J-2", Decimal(-50)),
    ]


def test_a_profit_and_loss_of_months_newest_first(landing: Landing) -> None:
    text = (
        "Profit and Loss\nExample Lamps Ltd\nFor the 2 months ended 28 February 2026\n\n"
        "Account,28 Feb 2026,31 Jan 2026\n\nTrading Income\nSales,500.00,400.00\nTotal Trading Income,500.00,400.00\n\n"
        "Gross Profit,500.00,400.00\n\nOperating Expenses\nRent,100.00,90.00\nTotal Operating Expenses,100.00,90.00\n\n"
        "Net Profit,400.00,310.00\n"
    )
    landing.outcome("pnl.csv", text)
    rows = landing.rows("xero/ledger_rows", "section, account, day, amount")
    assert rows[2:] == [
        ("Operating Expenses", "Rent", dt.date(2026, 2, 1), Decimal(100)),
        ("Operating Expenses", "Rent", dt.date(2026, 1, 1), Decimal(90)),
    ]
    outcome = landing.outcome("cut.csv", text.replace("Rent,100.00", "Rent,80.00"))
    assert "the total of 'Operating Expenses' says 100.00, the rows add up to 80.00" in only_problem(outcome)
