"""What believable orders look like."""

from expectations.believable import no_rows, within

SUITE = [
    within("gross", 0, None, "nobody orders for less than nothing"),
    within("gross", 0, 10_000_000, "an order is below ten million", "warn"),
    within("tax", 0, None, "tax is not negative"),
    no_rows(
        "days_are_believable",
        "select * from {batch} where order_date < date '2000-01-01' or order_date > current_date + interval 2 day",
        "orders lie between the year 2000 and the day after tomorrow",
        remedy="an export carries a wrong date; look up its format with `duet explain FILE`",
    ),
    no_rows(
        "refunds_are_part_of_revenue",
        "select * from {batch} where net_refunds > net_before_refunds + 0.01",
        "no more is refunded than was paid",
        severity="warn",
    ),
]
