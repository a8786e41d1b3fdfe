"""What a believable bridge of recurring revenue looks like."""

from expectations.believable import no_rows, one_of, within

GRAINS = ["month", "quarter", "year", "fiscal_quarter", "fiscal_year", "all"]
SUITE = [
    one_of("grain", GRAINS, "every grain is a month or longer"),
    within("end_mrr", 0, None, "recurring revenue is not negative"),
    within("end_customers", 0, None, "a number of customers is not negative"),
    within("grr", 0, 1, "gross retention is a share"),
    within("nrr", 0, 3, "the customers of the start do not pay more than three times as much at the end", "warn"),
    no_rows(
        "no_item_is_negative",
        "select * from {batch} where opening_mrr < 0 or new_mrr < 0 or expansion_mrr < 0 or reactivation_mrr < 0 "
        "or contraction_mrr < 0 or churned_mrr < 0",
        "what comes in and what goes out are amounts, never less than nothing",
    ),
    no_rows(
        "no_month_loses_half",
        "select * from {batch} where grain = 'month' and start_customers >= 30 "
        "and lost_customers > 0.5 * start_customers",
        "of thirty subscribers or more, not half leave within a month",
        severity="warn",
        remedy="look whether the newest subscriptions file lists every customer: who has no row in a month has left",
    ),
]
