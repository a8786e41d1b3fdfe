{{ config(materialized=keyed(), key=["day"]) }}
{% set orders, refunds = ref("fct_orders"), ref("int_order_refunds") %}
{% set of_orders = " from " ~ refunds ~ " where order_id in (select order_id from {changes})" %}
{% set keys = touched({
    "fct_orders": [
        "select order_date from {changes}",
        "select order_basis_date" ~ of_orders,
        "select refund_date" ~ of_orders,
    ],
    "int_order_refunds": ["select order_basis_date from {changes}", "select refund_date from {changes}"],
}) %}

with

    orders as (
        select *, hours is not null and not is_cost_missing as has_hours
        from {{ orders }}
        where counts_as_revenue
    ),

    refunds as (
        select
            case
                when bases.basis = 'order_basis'
                then refunds.order_basis_date
                else refunds.refund_date
            end as day,
            bases.basis,
            coalesce(orders.channel, '(unattributed)') as channel,
            coalesce(orders.segment, '(unknown)') as segment,
            coalesce(orders.campaign, '(unattributed)') as campaign,
            0 - refunds.net_refund as net_revenue,
            refunds.fx_difference,
            coalesce(orders.is_cogs_missing, false) as is_cogs_missing,
            coalesce(orders.is_cost_missing, false) as is_cost_missing,
            coalesce(orders.is_first_order, false) as is_first_order,
            coalesce(orders.has_hours, false) as has_hours
        from {{ refunds }} as refunds
        cross join {{ revenue_bases() }}
        left join orders on refunds.order_id = orders.order_id
        where refunds.is_counted
    ),

    -- Orders before refunds, added up in one pass; a refund is a row of its own on either basis.
    sold as (
        select
            order_date as day,
            channel,
            segment,
            campaign,
            count(*) as orders,
            sum(case when gross > 0 then 1 else 0 end) as paying_orders,
            sum(case when is_first_order then 1 else 0 end) as first_orders,
            sum(case when net_revenue > 0 and not is_cost_missing then 1 else 0 end) as units,
            sum(case when not is_cogs_missing then 1 else 0 end) as rows_with_cogs,
            sum(case when not is_cost_missing then 1 else 0 end) as rows_with_cost,
            sum(gross) as gross,
            sum(net_before_refunds) as net_revenue,
            sum(case when is_first_order then net_before_refunds else 0 end) as first_order_revenue,
            sum(
                case when not is_cogs_missing then net_before_refunds else 0 end
            ) as net_revenue_with_cogs,
            sum(
                case when not is_cost_missing then net_before_refunds else 0 end
            ) as net_revenue_with_cost,
            sum(case when not is_cogs_missing then cogs else 0 end) as cogs,
            sum(case when not is_cost_missing then cogs else 0 end) as cogs_with_cost,
            sum(case when not is_cost_missing then variable_cost else 0 end) as variable_cost,
            sum(case when has_hours then hours else 0 end) as hours,
            sum(
                case when has_hours then net_before_refunds - cogs - variable_cost else 0 end
            ) as cm2_with_hours
        from {{ only("orders", keys, {"day": "order_date"}) }} as orders
        group by 1, 2, 3, 4
    ),

    refunded as (
        select
            day,
            basis,
            channel,
            segment,
            campaign,
            count(*) as revenue_rows,
            sum(case when not is_cogs_missing then 1 else 0 end) as rows_with_cogs,
            sum(case when not is_cost_missing then 1 else 0 end) as rows_with_cost,
            sum(net_revenue) as net_revenue,
            sum(case when is_first_order then net_revenue else 0 end) as first_order_revenue,
            sum(case when not is_cogs_missing then net_revenue else 0 end) as net_revenue_with_cogs,
            sum(case when not is_cost_missing then net_revenue else 0 end) as net_revenue_with_cost,
            sum(case when has_hours then net_revenue else 0 end) as cm2_with_hours,
            sum(fx_difference) as fx_difference
        from {{ only("refunds", keys, ["day"]) }} as refunds
        group by 1, 2, 3, 4, 5
    )

    {% set of_refunds = {
        "revenue_rows": "revenue_rows", "rows_with_cogs": "rows_with_cogs", "rows_with_cost": "rows_with_cost",
        "net_revenue": "net_revenue", "first_order_revenue": "first_order_revenue",
        "net_revenue_with_cogs": "net_revenue_with_cogs", "net_revenue_with_cost": "net_revenue_with_cost",
        "cm2_with_hours": "cm2_with_hours", "fx_difference": "fx_difference",
    } %}
    {% set of_orders = {
        "orders": "orders", "paying_orders": "paying_orders", "first_orders": "first_orders", "units": "units",
        "revenue_rows": "orders", "rows_with_cogs": "rows_with_cogs", "rows_with_cost": "rows_with_cost",
        "orders_with_cost": "rows_with_cost", "gross": "gross", "net_revenue": "net_revenue",
        "first_order_revenue": "first_order_revenue", "net_revenue_with_cogs": "net_revenue_with_cogs",
        "net_revenue_with_cost": "net_revenue_with_cost", "cogs": "cogs", "cogs_with_cost": "cogs_with_cost",
        "variable_cost": "variable_cost", "hours": "hours", "cm2_with_hours": "cm2_with_hours",
    } %}
select
    day, cast(null as string) as basis, channel, segment, campaign, {{ margin_measures(of_orders) }}
from sold
union all
select day, basis, channel, segment, campaign, {{ margin_measures(of_refunds) }}
from refunded
