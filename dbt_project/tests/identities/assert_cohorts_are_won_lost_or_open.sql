{{ config(meta={
    "identity": "P4",
    "owner": "data team",
    "remedy": "Of the deals created in the period shown some are neither won, lost nor open. Look at their status in "
        ~ "fct_opportunities."
}) }}

select grain, period, dimension, member, created_deals, cohort_won, cohort_lost, cohort_open
from {{ ref("kpi_pipeline") }}
where cohort_won + cohort_lost + cohort_open <> created_deals
