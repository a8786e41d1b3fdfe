{{ config(meta={
    "identity": "F7",
    "owner": "data team",
    "remedy": "The curve shown does not add up, falls, or lies above 1 - Kaplan-Meier: somebody counts twice among those "
        ~ "who converted, left or cannot be followed further. Look at int_conversion_times for the cohort, then at the "
        ~ "macro incidence_curve."
}) }}

with

    curves as (
        select
            curves.*,
            lag(incidence) over (
                partition by {{ curve_keys() | join(", ") }} order by elapsed
            ) as incidence_before
        from {{ ref("int_conversion_curves") }} as curves
    )

select *
from curves
where
    abs(incidence + exit_incidence + survival - 1) > 0.000000001
    or incidence < incidence_before - 0.000000001
    or incidence > km_incidence + 0.000000001
    or incidence < 0
    or km_incidence > 1
