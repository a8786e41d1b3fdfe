"""What believable retention looks like."""

from expectations.believable import has_rows, no_rows, one_of, within

GRAINS = ["month", "quarter", "year", "fiscal_quarter", "fiscal_year", "all"]
SUITE = [
    has_rows("every period has a row, also one without buyers"),
    one_of("grain", GRAINS, "every grain is a month or longer"),
    within("repeat_rate", 0, 1, "a repeat rate is a share of its cohort"),
    within("customer_churn", 0, 1, "churn is a share of those who were there"),
    within("referral_share", 0, 1, "referred customers are part of the new ones"),
    within("rebooking_interval_days", 1, None, "two visits lie at least a day apart"),
    no_rows(
        "parts_are_parts",
        "select * from {batch} where repeat_buyers > mature_buyers or mature_buyers > buyers or lapsed > active_start "
        "or referred_customers + unknown_source_customers > new_customers",
        "no part is larger than its whole",
    ),
    no_rows(
        "most_new_customers_tell_their_source",
        "select * from {batch} where grain = 'quarter' and is_complete and dimension = '' and new_customers >= 10 "
        "and unknown_source_customers > 0.3 * new_customers",
        "of ten new customers in a quarter or more, the source of at most three in ten is unknown",
        severity="warn",
        remedy="ask 'how did you hear about us?' and fill in source_channel or referred_by in customers.csv",
    ),
]
