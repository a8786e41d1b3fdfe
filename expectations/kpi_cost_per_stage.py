"""What believable costs per step look like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row, also one without leads"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("leads", 0, None, "nobody has fewer than zero leads"),
    within("pipe_to_spend", 0, 1_000, "a unit of spend brings less than a thousand of pipeline", "warn"),
    no_rows(
        "steps_cost_more_down_the_funnel",
        "select * from {batch} where grain = 'all' and dimension = '' and (cost_per_mql < cost_per_lead "
        "or cost_per_sql < cost_per_mql)",
        "of all people until today, an SQL costs no less than an MQL and an MQL no less than a lead",
    ),
]
