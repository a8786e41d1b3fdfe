"""What believable contribution margins look like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row per refund basis"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    one_of("basis", ["order_basis", "transaction_basis"], "refunds count on the order's date or on their own"),
    within("orders", 0, None, "no period has fewer than zero orders"),
    within("cost_coverage", 0, 1, "the share of revenue whose cost is known is between 0 and 1"),
    no_rows(
        "a_margin_is_below_revenue",
        "select * from {batch} where basis = 'order_basis' and grain not in ('day', 'week') "
        "and (cm1_rate > 1 or cm1_rate < -10)",
        "over a month or more, CM1 is at most all of the net revenue, and no loss is ten times the revenue",
        severity="warn",
    ),
]
