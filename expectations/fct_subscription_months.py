"""What believable months of subscriptions look like."""

from expectations.believable import no_rows, one_of, within

CHANGES = ["opening", "new", "expansion", "unchanged", "contraction", "reactivation", "churn"]
SUITE = [
    one_of("change", CHANGES, "every change of recurring revenue has one of seven names"),
    one_of("referral", ["referred", "not_referred", "(unknown)"], "a customer was referred, was not, or nobody knows"),
    within("start_mrr", 0, None, "recurring revenue is not negative"),
    within("end_mrr", 0, None, "recurring revenue is not negative"),
    no_rows(
        "changes_are_what_they_are_called",
        "select * from {batch} where (change = 'churn' and end_mrr <> 0) "
        "or (change in ('opening', 'new', 'reactivation') and start_mrr <> 0) "
        "or (change = 'contraction' and mrr_change > 0)",
        "who left pays nothing, who came paid nothing before, who contracted pays less",
    ),
]
