{% set counts = ["converted", "left_otherwise", "censored"] %}
with

    cut_months as (select * from {{ ref("int_conversion_months") }}),
    -- A day or a week is followed for the window by all or by none: its curve would say nothing
    -- new. The calendar may begin in the middle of a month.
    month_periods as (
        select distinct grain, period, {{ period_start("month", "period_day") }} as cohort_month
        from {{ ref("int_periods") }}
        where grain not in ('day', 'week')
    ),

    bases as (
        select 'person' as basis, stage_pair
        from {{ ref("int_stage_pairs") }}
        union all
        select 'cycle', stage_pair
        from {{ ref("int_stage_pairs") }}
        where stage_pair = 'mql>sql'
    ),

    cohorts as (
        select
            basis,
            stage_pair,
            cohort_month,
            dimension,
            member,
            max(longest_follow_up) as longest_follow_up
        from cut_months
        group by basis, stage_pair, cohort_month, dimension, member
    ),

    -- A cohort belongs to the curves of all the periods that hold its month. A period without a
    -- cohort has one too.
    memberships as (
        select
            cohorts.basis,
            cohorts.stage_pair,
            periods.grain,
            periods.period,
            cohorts.dimension,
            cohorts.member,
            cohorts.cohort_month,
            cohorts.longest_follow_up
        from cohorts
        inner join month_periods as periods on cohorts.cohort_month = periods.cohort_month
        union all
        select
            bases.basis,
            bases.stage_pair,
            periods.grain,
            periods.period,
            '',
            '',
            cast(null as date),
            cast(null as bigint)
        from bases
        cross join month_periods as periods
    ),

    -- Numbers are sorted faster than six names.
    curves as (
        select
            {{ curve_keys() | join(", ") }},
            row_number() over (order by {{ curve_keys() | join(", ") }}) as curve_no,
            max(longest_follow_up) as longest_follow_up
        from memberships
        group by {{ curve_keys() | join(", ") }}
    ),

    numbered as (
        select
            {{ prefixed("memberships", curve_keys()) }}, memberships.cohort_month, curves.curve_no
        from memberships
        inner join curves on {{ same_curve("memberships", "curves") }}
    ),

    counted as (
        -- Every curve begins on day 0.
        select
            curve_no,
            cast(0 as bigint) as elapsed,
            0 as converted,
            0 as left_otherwise,
            0 as censored
        from curves
        union all
        select numbered.curve_no, cut_months.elapsed, {{ prefixed("cut_months", counts) }}
        from cut_months
        inner join
            numbered
            on cut_months.basis = numbered.basis
            and cut_months.stage_pair = numbered.stage_pair
            and cut_months.cohort_month = numbered.cohort_month
            and cut_months.dimension = numbered.dimension
            and cut_months.member = numbered.member
    ),

    counts as (
        select
            curve_no,
            elapsed,
            cast(sum(converted) as bigint) as converted,
            cast(sum(left_otherwise) as bigint) as left_otherwise,
            cast(sum(censored) as bigint) as censored
        from counted
        group by curve_no, elapsed
    ),

    estimated as ({{ incidence_curve("counts", "curve_no") }})

select
    {{ prefixed("curves", curve_keys()) }},
    estimated.elapsed,
    estimated.next_elapsed,
    curves.longest_follow_up,
    estimated.cohort_size,
    estimated.at_risk,
    estimated.converted,
    estimated.left_otherwise,
    estimated.censored,
    estimated.converted_so_far,
    estimated.converted_in_all,
    estimated.ended_so_far,
    estimated.survival,
    estimated.incidence,
    estimated.exit_incidence,
    estimated.km_incidence,
    estimated.variance
from estimated
inner join curves on estimated.curve_no = curves.curve_no
