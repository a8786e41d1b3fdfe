with

    response_days as (select * from {{ ref("int_response_days") }}),
    day_periods as (select * from {{ ref("int_periods") }}),

    cut_days as (
        select
            basis,
            started_date,
            dimension,
            member,
            minutes,
            sum(answered) as answered,
            sum(unanswered) as unanswered
        from
            {{ total_and_cuts(
                "response_days",
                funnel_cuts(),
                ["basis", "started_date", "minutes", "answered", "unanswered"],
            ) }} as cuts
        group by basis, started_date, dimension, member, minutes
    ),

    counts as (
        select
            cut_days.basis,
            periods.grain,
            periods.period,
            cut_days.dimension,
            cut_days.member,
            cut_days.minutes as elapsed,
            cast(sum(cut_days.answered) as bigint) as converted,
            cast(0 as bigint) as left_otherwise,
            cast(sum(cut_days.unanswered) as bigint) as censored
        from cut_days
        inner join day_periods as periods on cut_days.started_date = periods.period_day
        group by
            cut_days.basis,
            periods.grain,
            periods.period,
            cut_days.dimension,
            cut_days.member,
            cut_days.minutes
    ),

    curves as ({{ incidence_curve("counts", ["basis", "grain", "period", "dimension", "member"]) }})

select
    grain,
    period,
    dimension,
    member,
    cast(sum(case when basis = 'elapsed' then converted + censored else 0 end) as bigint) as leads,
    cast(sum(case when basis = 'elapsed' then converted else 0 end) as bigint) as answered,
    {{ time_reached("case when basis = 'elapsed' then km_incidence end", 0.5) }} as elapsed_median,
    {{ time_reached("case when basis = 'elapsed' then km_incidence end", 0.9) }} as elapsed_p90,
    {{ time_reached("case when basis = 'business' then km_incidence end", 0.5) }}
    as business_median,
    {{ time_reached("case when basis = 'business' then km_incidence end", 0.9) }} as business_p90
from curves
group by grain, period, dimension, member
