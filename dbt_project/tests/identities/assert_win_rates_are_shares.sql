{{ config(meta={
    "identity": "P5",
    "owner": "data team",
    "remedy": "A win rate lies outside 0 to 1, or the rate by amount is known where the rate by number is not. Look at "
        ~ "the deals closed in the period shown; a deal with an amount below zero does it too."
}) }}

select grain, period, dimension, member, win_rate, win_rate_value
from {{ ref("kpi_pipeline") }}
where
    win_rate < 0
    or win_rate > 1
    or win_rate_value < 0
    or win_rate_value > 1
    or (win_rate is null and win_rate_value is not null)
