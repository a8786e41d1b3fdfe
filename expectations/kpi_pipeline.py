"""What a believable pipeline looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row, also one without deals"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("win_rate", 0, 1, "a share of deals is between 0 and 1"),
    within("pipeline_created", 0, None, "amounts of deals are not negative"),
    within("median_cycle_days", 0, None, "a deal is not won before it was created"),
    no_rows(
        "thirty_closed_deals_are_not_all_won_or_lost",
        "select * from {batch} where won_deals + lost_deals >= 30 and (win_rate < 0.02 or win_rate > 0.9)",
        "of thirty closed deals or more, some are won and some are lost",
        severity="warn",
        remedy="look for lost deals that are deleted instead of closed, or stages that stage_map takes for won",
    ),
]
