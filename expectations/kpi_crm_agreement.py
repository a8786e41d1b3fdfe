"""What believable agreement of two CRMs looks like."""

from expectations.believable import has_rows, no_rows, one_of, within

SUITE = [
    has_rows("deals and people have a row for each side and for both", 6),
    one_of("object", ["deals", "people"], "deals and people are compared"),
    within("match_rate", 0, 1, "a share of records is between 0 and 1"),
    within("eligible_match_rate", 0, 1, "a share of eligible records is between 0 and 1"),
    within("agreement_rate", 0, 1, "a share of pairs is between 0 and 1"),
    no_rows(
        "most_records_have_a_partner",
        "select * from {batch} where records >= 30 and eligible_match_rate < 0.95",
        "of thirty records or more, 95 of 100 have their partner in the other CRM",
        severity="warn",
        remedy="look for missing and ambiguous records in int_crm_matches; ask whether the synchronisation is on",
    ),
]
