"""What a believable list of commitments looks like."""

from expectations.believable import no_rows, one_of

SUITE = [
    one_of("basis", ["computed", "told"], "a commitment is computed from KPIs or told in the template"),
    no_rows(
        "what_is_kept_was_due",
        "select * from {batch} where is_kept and not is_due or is_due = (not_due_because is not null)",
        "a commitment that was kept was due, and one that was not due says why",
    ),
    no_rows(
        "each_team_owns_some",
        "select owner_team from {batch} where basis = 'computed' group by owner_team "
        "having count(distinct commitment) < 3",
        "each team owns three commitments or more",
        severity="warn",
        remedy="agree on more commitments of the team in dbt_project/seeds/commitment_rules.csv",
    ),
]
