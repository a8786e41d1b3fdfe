"""What believable costs look like."""

from expectations.believable import no_rows, within

SUITE = [
    within("amount", None, 100_000_000, "a cost of a month is below a hundred million", "warn"),
    no_rows(
        "months_begin_on_the_first",
        "select * from {batch} where extract(day from month) <> 1",
        "costs are booked on the first day of their month",
    ),
]
