with

    months as (
        select
            {{ period_start("month", "visit_date") }} as month,
            {{ days_between("previous_visit_date", "visit_date") }} as interval_days,
            count(*) as intervals
        from {{ ref("int_customer_visits") }}
        where previous_visit_date is not null
        group by 1, 2
    ),

    lengths as (
        select spans.grain, spans.period, months.interval_days, sum(months.intervals) as intervals
        from {{ ref("int_retention_spans") }} as spans
        inner join months on {{ month_of("spans", "months.month") }}
        group by spans.grain, spans.period, months.interval_days
    ),

    ranked as (
        select
            lengths.*,
            sum(intervals) over (
                partition by grain, period
                order by interval_days
                rows between unbounded preceding and current row
            ) as intervals_so_far,
            sum(intervals) over (partition by grain, period) as all_intervals
        from lengths
    )

-- The median of few lengths and how often each occurs: a list of every interval would not fit.
select
    grain,
    period,
    cast(max(all_intervals) as bigint) as intervals,
    {{
        ratio(
            "min(case when intervals_so_far >= floor((all_intervals + 1) / 2) then interval_days end)"
            ~ " + min(case when intervals_so_far >= floor(all_intervals / 2) + 1 then interval_days end)",
            2
        )
    }}
    as median_days
from ranked
group by grain, period
