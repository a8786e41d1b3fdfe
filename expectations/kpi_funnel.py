"""What a believable funnel looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

COUNTS = ["leads", "mqls", "sals", "sqls", "mql_cycles", "re_mqls", "opportunities", "won_deals"]

SUITE = [
    has_rows("every period has a row, also one without leads"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    *(within(count, 0, None, f"no period has fewer than zero {count.replace('_', ' ')}") for count in COUNTS),
    no_rows(
        "re_mqls_are_cycles",
        "select * from {batch} where re_mqls > mql_cycles",
        "second and later cycles are part of all cycles",
    ),
]
