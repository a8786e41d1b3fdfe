"""What a believable list of plans looks like."""

from expectations.believable import no_rows, one_of

SUITE = [
    one_of("status", ["in_force", "replaced", "not_yet", "draft"], "a plan is in force, replaced or not approved yet"),
    no_rows(
        "one_plan_is_in_force",
        "select line, period_start, period_end from {batch} where status = 'in_force' "
        "group by line, period_start, period_end having count(*) > 1",
        "of a line's period one version is in force",
    ),
    no_rows(
        "a_replaced_plan_has_its_end",
        "select * from {batch} where (status = 'replaced') <> (replaced_on is not null) or replaced_on < approved_on",
        "a plan ends when a newer one is approved, not before itself",
    ),
    no_rows(
        "plans_are_not_negative",
        "select * from {batch} where status = 'in_force' and amount < 0",
        "nobody plans to spend less than nothing",
        remedy="correct the amount of the line in budgets",
    ),
    no_rows(
        "plans_are_approved",
        "select line, period_start from {batch} group by line, period_start "
        "having sum(case when status = 'draft' then 0 else 1 end) = 0",
        "every line has a version that somebody approved",
        severity="warn",
        remedy="write approved_at beside the line in budgets; without it the plan does not count",
    ),
]
