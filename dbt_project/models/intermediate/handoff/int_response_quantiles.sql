with

    response_days as (select * from {{ ref("int_response_days") }}),
    day_periods as (select * from {{ ref("int_periods") }}),

    cut_days as (
        select
            basis,
            dimension,
            member,
            started_date,
            minutes,
            sum(answered) as answered,
            sum(unanswered) as unanswered
        from
            {{ total_and_cuts(
                "response_days",
                funnel_cuts(),
                ["basis", "started_date", "minutes", "answered", "unanswered"],
            ) }} as cuts
        group by basis, dimension, member, started_date, minutes
    ),

    -- Curves are sorted by number: there are millions of points, and words are slow to compare.
    cuts as (
        select
            basis,
            dimension,
            member,
            row_number() over (order by basis, dimension, member) as cut_no
        from (select distinct basis, dimension, member from cut_days) as members
    ),

    periods as (
        select
            grain,
            period,
            row_number() over (order by grain, period nulls last) * 1000000 as period_no
        from (select distinct grain, period from day_periods) as distinct_periods
    ),

    period_days as (
        select day_periods.period_day, periods.period_no
        from day_periods
        inner join
            periods
            on day_periods.grain = periods.grain
            and day_periods.period is not distinct from periods.period
    ),

    counts as (
        select
            period_days.period_no + cuts.cut_no as curve_no,
            cut_days.minutes as elapsed,
            cast(sum(cut_days.answered) as bigint) as converted,
            cast(0 as bigint) as left_otherwise,
            cast(sum(cut_days.unanswered) as bigint) as censored
        from cut_days
        inner join
            cuts
            on cut_days.basis = cuts.basis
            and cut_days.dimension = cuts.dimension
            and cut_days.member = cuts.member
        inner join period_days on cut_days.started_date = period_days.period_day
        group by period_days.period_no + cuts.cut_no, cut_days.minutes
    ),

    curves as ({{ incidence_curve("counts", ["curve_no"]) }}),

    quantiles as (
        select
            curve_no,
            sum(converted + censored) as leads,
            sum(converted) as answered,
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
    cast(max(case when basis = 'elapsed' then leads end) as bigint) as leads,
    cast(max(case when basis = 'elapsed' then answered end) as bigint) as answered,
    max(case when basis = 'elapsed' then median end) as elapsed_median,
    max(case when basis = 'elapsed' then p90 end) as elapsed_p90,
    max(case when basis = 'business' then median end) as business_median,
    max(case when basis = 'business' then p90 end) as business_p90
from named
group by grain, period, dimension, member
