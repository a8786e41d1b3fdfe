"""What believable details of media spend look like."""

from expectations.believable import no_rows

SUITE = [
    no_rows(
        "remainders_are_small",
        "select * from {batch} where member = '__unallocated__' and spend_in_currency < 0",
        "no breakdown says more than the spend of its day",
        "warn",
        remedy="fct_spend_reconciliation names both exports: export the one that feeds spend again",
    ),
    no_rows(
        "members_have_reports",
        "select * from {batch} where member <> '__unallocated__' and report_rows < 1",
        "every detail that is no remainder comes from a row of a report",
    ),
]
