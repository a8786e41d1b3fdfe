{{ config(meta={
    "identity": "B1",
    "owner": "finance",
    "remedy": "Break-even units do not cover the cost, or one fewer would: compare cost_to_cover, cm2 and units of "
        ~ "the period in kpi_break_even."
}) }}

select grain, period, dimension, member, cost_to_cover, cm2, units, break_even_units
from {{ ref("kpi_break_even") }}
where
    -- CM2 per unit * units >= cost > CM2 per unit * (units - 1), without the division.
    cm2 * break_even_units < cost_to_cover * units
    or (cm2 * (break_even_units - 1) >= cost_to_cover * units and cost_to_cover > 0)
    or (break_even_units is null) <> (cm2 <= 0 or units = 0 or cost_to_cover is null)
