"""What believable KPI values look like, whatever the KPI."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("there are KPI values at all"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("n", 0, None, "no KPI rests on fewer than zero observations"),
    no_rows(
        "shares_are_shares",
        "select * from {batch} where kpi in ('stage_conversion_rate', 'ctr') and (value < 0 or value > 1)",
        "a cohort's conversion rate or a click-through rate is between 0 and 1",
    ),
    no_rows(
        "periods_have_begun",
        "select * from {batch} where period > as_of or period < date '2000-01-01'",
        "no period begins after the as-of day or before the year 2000",
        remedy="an export carries a wrong date; `duet kpi NAME --grain day` shows which day",
    ),
    no_rows(
        "acquisition_cost_is_positive",
        "select * from {batch} where kpi like 'cac%' and value < 0",
        "winning a customer costs nothing or something, never less than nothing",
    ),
    no_rows(
        "acquisition_cost_is_believable",
        "select * from {batch} where kpi like 'cac%' and grain <> 'day' and value > 1000000",
        "a customer costs less than a million to win",
        severity="warn",
    ),
]
