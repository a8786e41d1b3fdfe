{{ config(meta={
    "identity": "S1",
    "owner": "marketing",
    "remedy": "An ad report splits spend by something that no rule knows. Add a row to dbt_project/seeds/ad_breakdowns.csv: "
        ~ "the source and dimension shown; is_complete = true where its rows always add up to the account, else false; "
        ~ "rank = 4, or 9 where it is not complete."
}) }}

select source, unknown_dimension as dimension, breakdown
from {{ ref("int_ad_breakdowns") }}
where unknown_dimension is not null
