"""What a believable owner's month looks like."""

from expectations.believable import has_rows, no_rows, within

SUITE = [
    has_rows("every one of the seven numbers is there, known or not", 9),
    within("position", 1, 7, "seven numbers, no more"),
    no_rows(
        "counts_are_counts",
        "select * from {batch} where measure in ('jobs', 'break_even_jobs_left', 'new_customers') and value < 0",
        "jobs and customers are not negative",
    ),
    no_rows(
        "repeat_share_is_a_share",
        "select * from {batch} where measure = 'repeat_share' and (value < 0 or value > 1)",
        "the repeat share is between 0 and 1",
    ),
]
