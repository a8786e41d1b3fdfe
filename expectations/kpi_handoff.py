"""What a believable hand-off looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row, also one without hand-offs"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("sla_attainment_rate", 0, 1, "a share of cycles is between 0 and 1"),
    within("acceptance_rate", 0, 1, "a share of cycles is between 0 and 1"),
    within("elapsed_median_minutes", 0, None, "an answer does not come before its question"),
    no_rows(
        "sales_rejects_some_and_not_all",
        "select * from {batch} where grain = 'quarter' and dimension = '' and ripe_cycles >= 50 "
        "and (rejection_rate < 0.01 or rejection_rate > 0.6)",
        "of fifty cycles or more, sales rejects more than one and fewer than sixty of a hundred",
        severity="warn",
        remedy="ask whether sales notes its rejections, and whether marketing's rule is the agreed one",
    ),
]
