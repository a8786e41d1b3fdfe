with cycles as (select * from {{ ref("int_sales_cycles") }})

select
    cuts.dimension,
    cuts.member,
    periods.grain,
    periods.period,
    count(*) as won_deals,
    {{ median_cycle("cuts.cycle_seconds") }} as median_cycle_days,
    case
        when count(cuts.reported_amount) >= 5
        then {{ ratio("median(cast(cuts.reported_amount as double))", 1) }}
    end as median_won_amount
from
    {{ total_and_cuts("cycles", funnel_attributes(), ["closed_date", "cycle_seconds", "reported_amount"]) }}
    as cuts
inner join {{ ref("int_periods") }} as periods on cuts.closed_date = periods.period_day
group by cuts.dimension, cuts.member, periods.grain, periods.period
