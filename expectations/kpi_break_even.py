"""What a believable break-even looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period from a month on has a row"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("units", 0, None, "no period has fewer than zero orders"),
    within("break_even_units", 0, None, "break-even is never at fewer than zero orders"),
    within("break_even_units", 0, 100_000_000, "break-even lies below a hundred million orders", "warn"),
    within("margin_of_safety", None, 1, "the margin of safety is at most all of the revenue"),
    no_rows(
        "break_even_falls_into_its_period",
        "select * from {batch} where break_even_date > as_of or break_even_date < period "
        "or sustained_break_even_date < break_even_date",
        "the break-even date lies in its period, the sustained one not before it, neither after the as-of day",
    ),
]
