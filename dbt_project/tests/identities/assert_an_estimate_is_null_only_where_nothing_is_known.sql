{{ config(meta={
    "identity": "G4",
    "owner": "data team",
    "remedy": "An estimate is missing although somebody is still followed, is there although nobody is, or lies outside its "
        ~ "own interval. Look at int_conversion_estimates for the cohort and day shown."
}) }}

select *
from {{ ref("kpi_conversion_curve") }}
where
    (incidence is null and at_risk > 0)
    or (incidence is not null and cohort_size = 0)
    or (incidence is null) <> (incidence_lower is null)
    or (incidence is null) <> (incidence_upper is null)
    or incidence_lower < 0
    or incidence_lower > incidence
    or incidence > incidence_upper
    or incidence_upper > 1
