"""What a believable ledger of restatements looks like."""

from expectations.believable import no_rows, within

SUITE = [
    within("export_number", 1, 100_000, "no day is exported more than a hundred thousand times"),
    within("age_days", -2, None, "no export knows a day that is not yet over in any time zone"),
    no_rows(
        "old_days_stand_still",
        "select * from {batch} where is_feeding and age_days > 90 and abs(spend_change) > 0.05 * abs(spend)",
        "spend older than ninety days does not move by more than 5 %",
        "warn",
        remedy="compare the two exports of the day: a filter or another account is likelier than a credit",
    ),
]
