"""What believable parts of a KPI look like."""

from expectations.believable import no_rows, one_of, within

COMPONENTS = ["rate", "price", "discount", "refunds", "unit_cost", "marketing_spend"]

SUITE = [
    one_of("component", COMPONENTS, "every component has an effect of its name"),
    within("units", 0, None, "nobody wins fewer than zero customers or sells fewer than zero orders"),
    no_rows(
        "discounts_lower_the_margin",
        "select * from {batch} where component = 'discount' and amount > 0",
        "a discount takes something off the price",
    ),
]
