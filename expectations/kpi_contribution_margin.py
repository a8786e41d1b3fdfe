"""What believable contribution margins look like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row per refund basis"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    one_of("basis", ["order_basis", "transaction_basis"], "refunds count on the order's date or on their own"),
    within("orders", 0, None, "no period has fewer than zero orders"),
    within("cost_coverage", 0, 1, "the share of revenue whose cost is known is between 0 and 1"),
    within(
        "cm1_rate", -10, 1, "CM1 is at most all of the revenue, and a loss of ten times it is a typing error", "warn"
    ),
    no_rows(
        "a_margin_is_below_revenue",
        "select * from {batch} where basis = 'order_basis' and cm1_rate > 1",
        "CM1 is at most all of the net revenue that it was earned on",
        severity="warn",
    ),
]
