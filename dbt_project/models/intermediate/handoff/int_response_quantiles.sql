with

    response_days as (select * from {{ ref("int_response_days") }}),
    day_periods as (select * from {{ ref("int_periods") }}),

    -- Days and weeks have a curve in total only: those of one owner would be as many points
    -- as there are leads, and hold too few for a median. Longer periods are made of months.
    cut_months as (
        select
            basis,
            dimension,
            member,
            {{ period_start("month", "started_date") }} as month,
            minutes,
            sum(answered) as answered,
            sum(unanswered) as unanswered
        from
            {{ total_and_cuts(
                "response_days",
                funnel_cuts(),
                ["basis", "started_date", "minutes", "answered", "unanswered"],
            ) }} as cuts
        group by basis, dimension, member, {{ period_start("month", "started_date") }}, minutes
    ),

    -- Curves are sorted by number: there are millions of points, and words are slow to compare.
    cuts as (
        select
            basis,
            dimension,
            member,
            row_number() over (order by basis, dimension, member) as cut_no
        from (select distinct basis, dimension, member from cut_months) as members
    ),

    periods as (
        select
            grain,
            period,
            row_number() over (order by grain, period nulls last) * 1000000 as period_no
        from (select distinct grain, period from day_periods) as distinct_periods
    ),

    period_days as (
        select day_periods.period_day, periods.grain, periods.period, periods.period_no
        from day_periods
        inner join
            periods
            on day_periods.grain = periods.grain
            and day_periods.period is not distinct from periods.period
    ),

    period_months as (
        select distinct months.period as month, coarser.period_no
        from period_days as months
        inner join period_days as coarser on months.period_day = coarser.period_day
        where months.grain = 'month' and coarser.grain not in ('day', 'week')
    ),

    points as (
        select
            period_months.period_no + cuts.cut_no as curve_no,
            cut_months.minutes,
            cut_months.answered,
            cut_months.unanswered
        from cut_months
        inner join
            cuts
            on cut_months.basis = cuts.basis
            and cut_months.dimension = cuts.dimension
            and cut_months.member = cuts.member
        inner join period_months on cut_months.month = period_months.month
        union all
        select
            period_days.period_no + cuts.cut_no,
            response_days.minutes,
            response_days.answered,
            response_days.unanswered
        from response_days
        inner join cuts on response_days.basis = cuts.basis and cuts.dimension = ''
        inner join
            period_days
            on response_days.started_date = period_days.period_day
            and period_days.grain in ('day', 'week')
    ),

    counts as (
        select
            curve_no,
            minutes as elapsed,
            cast(sum(answered) as bigint) as converted,
            cast(0 as bigint) as left_otherwise,
            cast(sum(unanswered) as bigint) as censored
        from points
        group by curve_no, minutes
    ),

    curves as ({{ incidence_curve("counts", "curve_no") }}),

    quantiles as (
        select
            curve_no,
            {{ time_reached("km_incidence", 0.5) }} as median,
            {{ time_reached("km_incidence", 0.9) }} as p90
        from curves
        group by curve_no
    ),

    -- No cut has a million members.
    named as (
        select quantiles.*, periods.grain, periods.period, cuts.basis, cuts.dimension, cuts.member
        from quantiles
        inner join cuts on mod(quantiles.curve_no, 1000000) = cuts.cut_no
        inner join periods on quantiles.curve_no - cuts.cut_no = periods.period_no
    )

select
    grain,
    period,
    dimension,
    member,
    max(case when basis = 'elapsed' then median end) as elapsed_median,
    max(case when basis = 'elapsed' then p90 end) as elapsed_p90,
    max(case when basis = 'business' then median end) as business_median,
    max(case when basis = 'business' then p90 end) as business_p90
from named
group by grain, period, dimension, member
