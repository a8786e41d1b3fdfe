{% set window = var("retention")["repeat_window_days"] %}
with

    first_visits as (
        select
            visits.visit_date,
            coalesce(customers.acquisition_channel, '(unattributed)') as channel,
            cast(visits.visit_date + {{ window }} as date) as window_end,
            visits.next_visit_date
        from {{ ref("int_customer_visits") }} as visits
        left join
            {{ ref("int_customers") }} as customers on visits.customer_id = customers.customer_id
        where visits.visit_number = 1
    ),

    days as (
        select
            visit_date,
            channel,
            count(*) as buyers,
            sum(case when window_end <= {{ as_of_date() }} then 1 else 0 end) as mature_buyers,
            sum(
                case
                    when window_end <= {{ as_of_date() }} and next_visit_date <= window_end
                    then 1
                    else 0
                end
            ) as repeat_buyers
        from first_visits
        group by visit_date, channel
    )

select
    cuts.dimension,
    cuts.member,
    periods.grain,
    periods.period,
    cast(sum(cuts.buyers) as bigint) as buyers,
    cast(sum(cuts.mature_buyers) as bigint) as mature_buyers,
    cast(sum(cuts.repeat_buyers) as bigint) as repeat_buyers
from
    {{ total_and_cuts("days", ["channel"], ["visit_date", "buyers", "mature_buyers", "repeat_buyers"]) }}
    as cuts
inner join
    {{ ref("int_periods") }} as periods
    on cuts.visit_date = periods.period_day
    and periods.grain not in ('day', 'week')
group by cuts.dimension, cuts.member, periods.grain, periods.period
