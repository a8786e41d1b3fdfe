{% set counts = ["converted", "left_otherwise", "censored", "longest_follow_up"] %}
with

    conversion_times as (select * from {{ ref("int_conversion_times") }}),
    -- A day or a week is followed for the window by all or by none: its curve would say nothing
    -- new.
    day_periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week')),
    periods as (select distinct grain, period from day_periods),

    bases as (
        select 'person' as basis, stage_pair
        from {{ ref("int_stage_pairs") }}
        union all
        select 'cycle', stage_pair
        from {{ ref("int_stage_pairs") }}
        where stage_pair = 'mql>sql'
    ),

    cut_months as (
        select
            basis,
            stage_pair,
            cohort_month,
            dimension,
            member,
            elapsed,
            sum(converted) as converted,
            sum(left_otherwise) as left_otherwise,
            sum(censored) as censored,
            max(longest_follow_up) as longest_follow_up
        from
            {{ total_and_cuts(
                "conversion_times",
                funnel_cuts(),
                ["basis", "stage_pair", "cohort_month", "elapsed"] + counts,
            ) }} as cuts
        group by basis, stage_pair, cohort_month, dimension, member, elapsed
    ),

    counted as (
        -- Every curve begins on day 0, that of a period without a cohort too.
        select
            bases.basis,
            bases.stage_pair,
            periods.grain,
            periods.period,
            '' as dimension,
            '' as member,
            0 as elapsed,
            0 as converted,
            0 as left_otherwise,
            0 as censored,
            cast(null as bigint) as longest_follow_up
        from bases
        cross join periods
        union all
        select distinct
            cut_months.basis,
            cut_months.stage_pair,
            periods.grain,
            periods.period,
            cut_months.dimension,
            cut_months.member,
            0,
            0,
            0,
            0,
            cast(null as bigint)
        from cut_months
        inner join day_periods as periods on cut_months.cohort_month = periods.period_day
        union all
        select
            cut_months.basis,
            cut_months.stage_pair,
            periods.grain,
            periods.period,
            cut_months.dimension,
            cut_months.member,
            cut_months.elapsed,
            {{ prefixed("cut_months", counts) }}
        from cut_months
        inner join day_periods as periods on cut_months.cohort_month = periods.period_day
    ),

    counts as (
        select
            {{ curve_keys() | join(", ") }},
            cast(elapsed as bigint) as elapsed,
            cast(sum(converted) as bigint) as converted,
            cast(sum(left_otherwise) as bigint) as left_otherwise,
            cast(sum(censored) as bigint) as censored,
            max(longest_follow_up) as longest_follow_up
        from counted
        group by {{ curve_keys() | join(", ") }}, elapsed
    )

select
    {{ curve_keys() | join(", ") }},
    elapsed,
    lead(elapsed) over (
        partition by {{ curve_keys() | join(", ") }} order by elapsed
    ) as next_elapsed,
    max(longest_follow_up) over (partition by {{ curve_keys() | join(", ") }}) as longest_follow_up,
    cohort_size,
    at_risk,
    converted,
    left_otherwise,
    censored,
    converted_so_far,
    converted_in_all,
    ended_so_far,
    survival,
    incidence,
    exit_incidence,
    km_incidence,
    variance
from ({{ incidence_curve("counts", curve_keys()) }}) as curves
