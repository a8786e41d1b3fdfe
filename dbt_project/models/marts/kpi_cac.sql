{% set pools = [
    "media", "agency", "creative", "salaries", "commissions", "tools", "shared_reporting", "alignment_workshops", "events",
    "referral_rewards", "owner_time"
] %}
{% set carried = [
    "lag_months", "lagged_media_spend", "lagged_loaded_cost", "distributed_media_spend", "distributed_loaded_cost"
] %}
{% set left_by_new = ["first_month_cm2_per_customer", "new_mrr", "new_mrr_margin"] %}
with

    facts as (
        select
            day,
            is_monthly,
            channel,
            pool,
            cost_rows,
            media_spend,
            media_spend_at_constant_rates,
            paid_media_spend,
            loaded_cost,
            loaded_cost_at_constant_rates,
            0 as allocated_cost,
            new_customers,
            paid_new_customers
        from {{ ref("int_cac_facts") }}
        union all
        select month, true, channel, null, 0, 0, 0, 0, 0, 0, allocated_cost, 0, 0
        from {{ ref("int_shared_costs") }}
    ),
    periods as (select * from {{ ref("int_periods") }}),
    lagged as (select * from {{ ref("int_cac_lagged") }}),
    first_months as (select * from {{ ref("int_new_customer_months") }}),

    sums as (
        select
            periods.grain,
            periods.period,
            cut.dimension,
            cut.member,
            periods.is_complete,
            periods.grain not in ('day', 'week') as has_costs,
            cast(sum(cut.cost_rows) as bigint) as cost_rows,
            cast(sum(cut.media_spend) as decimal(20, 6)) as media_spend,
            cast(
                sum(cut.media_spend_at_constant_rates) as decimal(20, 6)
            ) as media_spend_at_constant_rates,
            cast(sum(cut.paid_media_spend) as decimal(20, 6)) as paid_media_spend,
            {%- for pool in pools %} {{ loaded_pool(pool) }} as {{ pool }}_cost, {%- endfor %}
            cast(sum(cut.loaded_cost) as decimal(20, 6)) as loaded_cost,
            cast(
                sum(cut.loaded_cost_at_constant_rates) as decimal(20, 6)
            ) as loaded_cost_at_constant_rates,
            cast(sum(cut.allocated_cost) as decimal(20, 6)) as allocated_cost,
            cast(sum(cut.loaded_cost + cut.allocated_cost) as decimal(20, 6)) as full_cost,
            cast(sum(cut.new_customers) as bigint) as new_customers,
            cast(sum(cut.paid_new_customers) as bigint) as paid_new_customers
        from {{ total_and_channel("facts") }} as cut
        inner join periods on {{ in_period("cut") }}
        group by 1, 2, 3, 4, 5
    ),

    joined as (
        select
            sums.*,
            cast(
                sum(
                    case
                        when sums.dimension = 'channel' and sums.new_customers = 0
                        then sums.media_spend
                        else 0
                    end
                ) over (partition by sums.grain, sums.period) as decimal(20, 6)
            ) as spend_without_customers,
            {{ prefixed("lagged", carried) }},
            {{ prefixed("first_months", left_by_new) }}
        from sums
        left join
            lagged
            on sums.dimension = lagged.dimension
            and sums.member = lagged.member
            and sums.grain = lagged.grain
            and sums.period is not distinct from lagged.period
        left join
            first_months
            on sums.dimension = ''
            and sums.grain = first_months.grain
            and sums.period is not distinct from first_months.period
    )

select
    -- keys
    grain,
    period,
    dimension,
    member,
    is_complete,
    {{ as_of_date() }} as as_of,
    '{{ var("cac")["shared_cost_driver"] }}' as shared_cost_driver,

    -- measures
    cost_rows,
    media_spend,
    {{ at_constant_rates("media_spend_at_constant_rates") }} as media_spend_at_constant_rates,
    paid_media_spend,
    case when dimension = '' then spend_without_customers end as spend_without_customers,
    {%- for pool in pools %}
        case when has_costs then {{ pool }}_cost end as {{ pool }}_cost,
    {%- endfor %}
    case
        when has_costs
        then cast(loaded_cost - {{ pools | join("_cost - ") }}_cost as decimal(20, 6))
    end as other_pools_cost,
    case when has_costs then loaded_cost end as loaded_cost,
    case
        when has_costs then {{ at_constant_rates("loaded_cost_at_constant_rates") }}
    end as loaded_cost_at_constant_rates,
    case when has_costs then allocated_cost end as allocated_cost,
    case when has_costs then full_cost end as full_cost,
    {{ carried | join(", ") }},
    new_customers,
    paid_new_customers,
    {{ left_by_new | join(", ") }},

    -- ratios
    case
        when dimension = '' then {{ ratio("media_spend", "new_customers") }}
    end as cac_blended_media,
    case
        when dimension = '' then {{ ratio("paid_media_spend", "paid_new_customers") }}
    end as cac_paid,
    case
        when dimension = '' and has_costs then {{ ratio("loaded_cost", "new_customers") }}
    end as cac_fully_loaded,
    case
        when dimension = 'channel' then {{ ratio("media_spend", "new_customers") }}
    end as cac_channel,
    case
        when dimension = 'channel' and has_costs then {{ ratio("full_cost", "new_customers") }}
    end as cac_channel_loaded,
    {{ ratio("lagged_loaded_cost", "new_customers") }} as cac_lagged,
    {{ ratio("lagged_media_spend", "new_customers") }} as cac_lagged_media,
    {{ ratio("distributed_loaded_cost", "new_customers") }} as cac_distributed,
    {{
        ratio(
            ratio("lagged_loaded_cost", "new_customers"), positive("first_month_cm2_per_customer")
        )
    }} as cac_payback_months,
    {{ ratio("lagged_loaded_cost", positive("new_mrr_margin")) }} as mrr_payback_months
from joined
