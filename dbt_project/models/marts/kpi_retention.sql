with

    periods as (
        select distinct grain, period, period_last_day, is_complete
        from {{ ref("int_periods") }}
        where grain not in ('day', 'week')
    ),

    cohorts as (select * from {{ ref("int_repeat_cohorts") }}),
    intervals as (select * from {{ ref("int_rebooking_intervals") }}),
    churn as (select * from {{ ref("int_customer_churn") }}),
    referrals as (select * from {{ ref("int_referral_periods") }}),

    cuts as (
        select grain, period, '' as dimension, '' as member
        from periods
        union all
        select grain, period, dimension, member
        from cohorts
        where dimension <> ''
    ),

    joined as (
        select
            cuts.*,
            periods.is_complete,
            -- All time counts those buyers whose window is over.
            cuts.grain = 'all'
            or cast(periods.period_last_day + {{ var("retention")["repeat_window_days"] }} as date)
            <= {{ as_of_date() }} as is_mature,
            coalesce(cohorts.buyers, 0) as buyers,
            coalesce(cohorts.mature_buyers, 0) as mature_buyers,
            coalesce(cohorts.repeat_buyers, 0) as repeat_buyers,
            coalesce(intervals.intervals, 0) as rebooking_intervals,
            intervals.median_days as rebooking_interval_days,
            churn.active_start,
            churn.active_end,
            churn.lapsed,
            years.active_start as active_start_12m,
            years.lapsed as lapsed_12m,
            coalesce(referrals.new_customers, 0) as new_customers,
            coalesce(referrals.referred_customers, 0) as referred_customers,
            coalesce(referrals.unknown_customers, 0) as unknown_customers,
            coalesce(referrals.new_revenue, 0) as new_revenue,
            coalesce(referrals.referred_revenue, 0) as referred_revenue,
            coalesce(referrals.unknown_revenue, 0) as unknown_revenue
        from cuts
        inner join
            periods
            on cuts.grain = periods.grain
            and cuts.period is not distinct from periods.period
        left join
            cohorts
            on cuts.grain = cohorts.grain
            and cuts.period is not distinct from cohorts.period
            and cuts.dimension = cohorts.dimension
            and cuts.member = cohorts.member
        {%- for one, span in (("churn", "period"), ("years", "12m")) %}
            left join
                churn as {{ one }}
                on {{ one }}.span = '{{ span }}'
                and cuts.dimension = ''
                and cuts.grain = {{ one }}.grain
                and cuts.period is not distinct from {{ one }}.period
        {%- endfor %}
        {%- for one in ("intervals", "referrals") %}
            left join
                {{ one }}
                on cuts.dimension = ''
                and cuts.grain = {{ one }}.grain
                and cuts.period is not distinct from {{ one }}.period
        {%- endfor %}
    )

select
    -- period and cut
    grain,
    period,
    dimension,
    member,
    is_complete,
    is_mature,
    {{ as_of_date() }} as as_of,

    -- cohort of first orders, followed for the window
    buyers,
    mature_buyers,
    repeat_buyers,
    case when is_mature then {{ ratio("repeat_buyers", "mature_buyers") }} end as repeat_rate,

    -- rhythm: what ended in the period, and what was still open at its end
    case when dimension = '' then rebooking_intervals end as rebooking_intervals,
    rebooking_interval_days,
    case
        when dimension = ''
        then
            cast(
                sum(buyers) over (
                    partition by grain, dimension, member
                    order by period
                    rows between unbounded preceding and current row
                ) as bigint
            )
    end as open_intervals,

    -- customers who are expected to come back
    active_start,
    active_end,
    lapsed,
    {{ ratio("lapsed", "active_start") }} as customer_churn,
    active_start_12m,
    lapsed_12m,
    {{ ratio("lapsed_12m", "active_start_12m") }} as customer_churn_12m,

    -- who brought the new ones
    case when dimension = '' then new_customers end as new_customers,
    case when dimension = '' then referred_customers end as referred_customers,
    case when dimension = '' then unknown_customers end as unknown_source_customers,
    case when dimension = '' then {{ money("new_revenue") }} end as new_customer_revenue,
    case when dimension = '' then {{ money("referred_revenue") }} end as referred_revenue,
    case when dimension = '' then {{ money("unknown_revenue") }} end as unknown_source_revenue,
    case
        when dimension = '' then {{ ratio("referred_customers", "new_customers") }}
    end as referral_share,
    case
        when dimension = '' then {{ ratio("referred_revenue", positive("new_revenue")) }}
    end as referral_revenue_share
from joined
