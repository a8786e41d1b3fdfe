"""What believable lifetime values by formula look like."""

from expectations.believable import no_rows, one_of, within

SUITE = [
    one_of("basis", ["orders", "subscriptions"], "margin comes from orders or from recurring revenue"),
    within("customers", 0, None, "a number of customers is not negative"),
    within("churn_rate", 0, 1, "churn is a share"),
    no_rows(
        "few_customers_have_no_value",
        "select * from {batch} where ltv_simple is not null and (customers < 30 or churn_rate = 0)",
        "below thirty customers, or where nobody left, the formula says nothing",
    ),
    within("ltv_simple", -1_000_000, 1_000_000, "a customer brings less than a million", "warn"),
]
