{#- Below this many conversions a median is an anecdote. -#}
{% set enough = 8 %}
with

    curves as (select * from {{ ref("int_conversion_curves") }}),
    windows as (
        select *
        from {{ ref("int_conversion_estimates") }}
        where day = {{ var("funnel")["conversion_window_days"] }}
    ),

    medians as (
        select
            {{ prefixed("curves", curve_keys()) }},
            max(curves.cohort_size) as cohort_size,
            max(windows.converted_so_far) as converted_in_window,
            max(curves.converted_in_all) as converted,
            {{ time_reached("curves.incidence", "nullif(windows.incidence, 0) / 2") }}
            as half_of_window_days,
            {{ time_reached("curves.incidence", 0.5) }} as half_of_all_days,
            min(
                case
                    when 2 * curves.converted_so_far >= curves.converted_in_all then curves.elapsed
                end
            ) as half_of_converted_days
        from curves
        inner join windows on {{ same_curve("curves", "windows") }}
        group by {{ prefixed("curves", curve_keys()) }}
    )

select
    {{ curve_keys() | join(", ") }},
    cohort_size,
    converted_in_window,
    converted,
    case when converted_in_window >= {{ enough }} then half_of_window_days end as velocity_days,
    case when converted >= {{ enough }} then half_of_all_days end as p50_all_days,
    case when converted >= {{ enough }} then half_of_converted_days end as observed_days
from medians
