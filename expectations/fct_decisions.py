"""What a believable list of decisions looks like."""

from expectations.believable import no_rows, one_of

SUITE = [
    one_of("state", ["open", "overdue", "closed"], "a decision is open, overdue or closed"),
    no_rows(
        "what_is_closed_has_its_day",
        "select * from {batch} where (state = 'closed') <> (closed_date is not null) "
        "or (state = 'overdue') <> (closed_date is null and coalesce(due_date <= as_of, false))",
        "a closed decision has its day, and an overdue one has one that has passed",
    ),
    no_rows(
        "nothing_is_done_before_it_is_decided",
        "select * from {batch} where closed_date < decided_date or due_date < decided_date",
        "nothing is due or closed before it was decided",
        severity="warn",
        remedy="correct the dates of the decision in the template decisions",
    ),
]
