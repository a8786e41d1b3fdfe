"""What a believable conversion curve looks like."""

from expectations.believable import has_rows, no_rows, one_of, within

SUITE = [
    has_rows("the hand-over has a curve, also where nobody converted"),
    one_of("basis", ["cycle", "person"], "curves follow cycles or persons"),
    within("incidence", 0, 1, "a share of a cohort is between 0 and 1"),
    within("exit_incidence", 0, 1, "a share of a cohort is between 0 and 1"),
    no_rows(
        "no_large_cohort_leaves_entirely",
        "select * from {batch} where cohort_size >= 100 and exit_incidence >= 0.9",
        "of a hundred or more, not nearly all are rejected or recycled",
        severity="warn",
        remedy="look for a status in the seed stage_map that closes cycles and should not",
    ),
]
