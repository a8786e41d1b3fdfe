"""What a believable explanation of a change looks like."""

from expectations.believable import no_rows, one_of

SUITE = [
    one_of("grain", ["month", "quarter"], "changes are explained by month and quarter"),
    one_of("compared_with", ["previous_period", "same_period_last_year"], "every comparison is one that we publish"),
    no_rows(
        "an_effect_or_a_reason",
        "select * from {batch} where (contribution is null) = (reason is null)",
        "every row has a contribution, or a reason why there is none",
    ),
]
