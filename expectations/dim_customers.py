"""What believable customers look like."""

from expectations.believable import no_rows, within

SUITE = [
    within("orders", 0, None, "nobody has fewer than zero orders"),
    no_rows(
        "nobody_becomes_a_customer_later_than_their_first_purchase",
        "select * from {batch} where became_customer_date > least(first_order_date, first_won_date)",
        "a customer exists from the first order or won deal on",
    ),
]
