"""What believable lead cohorts look like."""

from expectations.believable import no_rows, within

SUITE = [
    within("age_months", 0, None, "nobody is won before being a lead"),
    within("new_customers", 0, None, "no cohort wins fewer than zero customers"),
    within("cac_to_date", 0, 1_000_000, "a customer of a cohort costs less than a million", "warn"),
    no_rows(
        "a_cohort_gets_cheaper_with_age",
        "select older.lead_month, older.age_months from {batch} as older join {batch} as younger "
        "on older.lead_month = younger.lead_month and older.age_months > younger.age_months "
        "where older.customers_to_date < younger.customers_to_date "
        "or older.loaded_cost is distinct from younger.loaded_cost",
        "customers of a cohort only grow and its cost stays, so that its CAC falls",
    ),
]
