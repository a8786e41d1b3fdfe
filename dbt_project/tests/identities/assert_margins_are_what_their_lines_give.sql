{{ config(meta={
    "identity": "M1",
    "owner": "finance",
    "remedy": "A margin differs from its lines: compare the period's row of kpi_contribution_margin with fct_orders."
}) }}

with

    orders as (
        select
            sum(case when not is_cogs_missing then net_revenue - cogs else 0 end) as cm1,
            sum(
                case when not is_cost_missing then net_revenue - cogs - variable_cost else 0 end
            ) as cm2
        from {{ ref("fct_orders") }}
    ),

    refunds as (
        select coalesce(sum(net_refund), 0) as net_refunds
        from {{ ref("int_order_refunds") }}
        where is_order_unknown
    )

select
    margins.grain,
    margins.period,
    margins.member,
    margins.basis,
    margins.cm1,
    margins.cm2,
    margins.cm3
from {{ ref("kpi_contribution_margin") }} as margins
where
    abs(net_revenue_with_cogs - cogs - cm1) > 0.01
    or abs(net_revenue_with_cost - cogs_with_cost - variable_cost - cm2) > 0.01
    or abs(cm2 - direct_marketing - cm3) > 0.01
    or (cm3 is null) <> (cm2 is null or dimension = 'segment')
union all
select
    margins.grain,
    margins.period,
    margins.member,
    margins.basis,
    margins.cm1,
    margins.cm2,
    margins.cm3
from {{ ref("kpi_contribution_margin") }} as margins
cross join orders
cross join refunds
where
    margins.grain = 'all'
    and margins.dimension = ''
    and (
        abs(coalesce(orders.cm1, 0) - refunds.net_refunds - margins.cm1) > 0.01
        or abs(coalesce(orders.cm2, 0) - refunds.net_refunds - margins.cm2) > 0.01
    )
