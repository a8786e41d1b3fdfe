with

    counts as (select * from {{ ref("int_opportunity_counts") }}),
    stocks as (select * from {{ ref("int_pipeline_periods") }}),
    cycles as (
        select
            counts.dimension,
            counts.member,
            counts.grain,
            counts.period,
            counts.won_deals,
            cycles.median_cycle_days
        from counts
        left join
            {{ ref("int_sales_cycle_periods") }} as cycles
            on counts.dimension = cycles.dimension
            and counts.member = cycles.member
            and counts.grain = cycles.grain
            and counts.period is not distinct from cycles.period
        where counts.dimension = '' or counts.won_deals > 0
    ),
    velocities as (select * from {{ ref("int_pipeline_velocity") }}),

    influences as (
        select
            'touch_channel' as dimension,
            bridge.touch_channel as member,
            periods.grain,
            periods.period,
            count(*) as influenced_deals,
            coalesce(sum(amounts.reported_amount_at_creation), 0) as influenced_amount
        from {{ ref("int_pipeline_influence") }} as bridge
        inner join
            {{ ref("int_opportunities") }} as deals
            on bridge.opportunity_id = deals.opportunity_id
            and deals.opportunity_type = 'new'
        inner join
            {{ ref("int_opportunity_amounts") }} as amounts
            on bridge.opportunity_id = amounts.opportunity_id
        inner join {{ ref("int_periods") }} as periods on deals.created_date = periods.period_day
        group by bridge.touch_channel, periods.grain, periods.period
    )

    {{ kpi_rows("pipeline_created", "''", "counts", "created_amount", "created_deals") }}
union all
{{ kpi_rows("pipeline_created", "'current_amount'", "counts", "current_amount", "created_deals") }}
union all
{{ kpi_rows("pipeline_sourced", "''", "counts", "created_amount", "created_deals", where="dimension in ('', 'source_group')") }}
union all
{{ kpi_rows("pipeline_influenced", "''", "counts", "influenced_amount", "influenced_deals") }}
union all
{{ kpi_rows("pipeline_influenced", "''", "influences", "influenced_amount", "influenced_deals") }}
union all
{{ kpi_rows("open_pipeline", "''", "stocks", "open_end", "open_deals_end") }}
union all
{{ kpi_rows("win_rate", "''", "counts", "won_deals", "won_deals + lost_deals", "won_deals + lost_deals") }}
union all
{{ kpi_rows("win_rate", "'value'", "counts", "won_amount", "won_deals + lost_deals", "won_amount + lost_amount") }}
union all
select
    'win_rate',
    'created_cohort',
    grain,
    period,
    dimension,
    member,
    cast(cohort_won as decimal(28, 8)),
    cast(created_deals as decimal(28, 8)),
    created_deals,
    -- A cohort with open deals may still win more.
    cohort_open = 0
from counts
union all
{{ kpi_rows("sales_cycle_days", "''", "cycles", "median_cycle_days", "won_deals") }}
union all
{{ kpi_rows("pipeline_velocity", "''", "velocities", "expected_amount", "open_deals", "median_cycle_days") }}
union all
{{ kpi_rows("avg_deal_size", "''", "counts", "won_amount", "won_deals", "won_deals_with_amount") }}
