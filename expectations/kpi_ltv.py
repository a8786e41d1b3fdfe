"""What believable cohort lifetime values look like."""

from expectations.believable import no_rows, one_of, within

SUITE = [
    one_of("grain", ["month", "quarter", "year", "fiscal_quarter", "fiscal_year"], "cohorts are months or longer"),
    within("cohort_size", 1, None, "a cohort has a member"),
    within("cost_coverage", 0, 1, "coverage is a share of the orders"),
    within("ltv", -1_000_000, 1_000_000, "a customer brings less than a million", "warn"),
    within("ltv_to_cac", -100, 100, "a customer does not bring a hundred times what winning one costs", "warn"),
    no_rows(
        "no_young_cohort_has_a_value",
        "select * from {batch} where not is_mature and (ltv is not null or ltv_to_cac is not null)",
        "a cohort has a lifetime value at an age only when all of it has been there so long",
    ),
    no_rows(
        "most_orders_know_their_cost",
        "select * from {batch} where age = 'to_date' and dimension = '' and orders >= 30 and cost_coverage < 0.5",
        "with thirty orders or more, half of them know their cost",
        severity="warn",
        remedy="fill in cost of goods, in the orders or in the seed rate_cards: LTV counts known margins only",
    ),
]
