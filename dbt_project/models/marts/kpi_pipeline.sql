with

    counts as (select * from {{ ref("int_opportunity_counts") }}),
    stocks as (select * from {{ ref("int_pipeline_periods") }}),
    periods as (select distinct grain, period, is_complete from {{ ref("int_periods") }}),

    keys as (
        select grain, period, dimension, member
        from counts
        union
        select grain, period, dimension, member
        from stocks
    )

select
    -- period and cut
    keys.grain,
    keys.period,
    keys.dimension,
    keys.member,
    periods.is_complete,
    {{ as_of_date() }} as as_of,

    -- created in the period
    coalesce(counts.created_deals, 0) as created_deals,
    coalesce(counts.created_deals_with_amount, 0) as created_deals_with_amount,
    {{ money("coalesce(counts.created_amount, 0)") }} as pipeline_created,
    {{ money("coalesce(counts.current_amount, 0)") }} as current_amount,
    coalesce(counts.influenced_deals, 0) as influenced_deals,
    {{ money("coalesce(counts.influenced_amount, 0)") }} as pipeline_influenced,

    -- what became of them
    coalesce(counts.cohort_won, 0) as cohort_won,
    coalesce(counts.cohort_lost, 0) as cohort_lost,
    coalesce(counts.cohort_open, 0) as cohort_open,
    {{ ratio("counts.cohort_won", "counts.created_deals") }} as cohort_win_rate,
    {{ ratio("counts.cohort_open", "counts.created_deals") }} as cohort_open_share,

    -- closed in the period
    coalesce(counts.won_deals, 0) as won_deals,
    coalesce(counts.lost_deals, 0) as lost_deals,
    {{ money("coalesce(counts.won_amount, 0)") }} as won_amount,
    {{ money("coalesce(counts.lost_amount, 0)") }} as lost_amount,
    {{ ratio("counts.won_deals", "counts.won_deals + counts.lost_deals") }} as win_rate,
    {{ ratio("counts.won_amount", "counts.won_amount + counts.lost_amount") }} as win_rate_value,
    {{ ratio("counts.won_amount", "counts.won_deals_with_amount") }} as avg_deal_size,
    cycles.median_won_amount as median_deal_size,
    cycles.median_cycle_days,

    -- open at its end
    coalesce(stocks.open_deals_end, 0) as open_deals,
    {{ money("coalesce(stocks.open_end, 0)") }} as open_pipeline,

    -- of the 365 days until its end
    velocities.win_rate as trailing_win_rate,
    velocities.average_won_amount as trailing_avg_deal_size,
    velocities.median_cycle_days as trailing_median_cycle_days,
    {{ ratio("velocities.expected_amount", "velocities.median_cycle_days") }} as pipeline_velocity
from keys
left join periods on keys.grain = periods.grain and keys.period is not distinct from periods.period
{%- for relation, model in [
    ("counts", none),
    ("stocks", none),
    ("cycles", ref("int_sales_cycle_periods")),
    ("velocities", ref("int_pipeline_velocity")),
] %}
    left join
        {{ model ~ " as " ~ relation if model else relation }}
        on keys.grain = {{ relation }}.grain
        and keys.period is not distinct from {{ relation }}.period
        and keys.dimension = {{ relation }}.dimension
        and keys.member = {{ relation }}.member
{%- endfor %}
