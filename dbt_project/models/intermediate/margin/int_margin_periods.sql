with

    periods as (select * from {{ ref("int_periods") }}),

    facts as (
        select
            day,
            is_monthly,
            basis,
            channel,
            orders,
            units,
            revenue_rows,
            rows_with_cogs,
            rows_with_cost,
            gross,
            net_revenue,
            orders_with_cost,
            net_revenue_with_cogs,
            net_revenue_with_cost,
            cogs,
            cogs_with_cost,
            variable_cost,
            0 as direct_marketing
        from {{ ref("int_margin_days") }}
        union all
        select
            day,
            is_monthly,
            bases.basis,
            channel,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            direct_marketing
        from {{ ref("int_direct_marketing_days") }}
        cross join
            (
                select 'order_basis' as basis
                union all
                select 'transaction_basis'
            ) as bases
        union all
        -- Days without orders: their periods have a total of 0.
        select period_day, false, bases.basis, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        from periods
        cross join
            (
                select 'order_basis' as basis
                union all
                select 'transaction_basis'
            ) as bases
        where grain = 'day'
    )

select
    periods.grain,
    periods.period,
    cut.dimension,
    cut.member,
    cut.basis,
    periods.is_complete,
    cast(sum(cut.orders) as bigint) as orders,
    cast(sum(cut.units) as bigint) as units,
    cast(sum(cut.revenue_rows) as bigint) as revenue_rows,
    cast(sum(cut.rows_with_cogs) as bigint) as rows_with_cogs,
    cast(sum(cut.rows_with_cost) as bigint) as rows_with_cost,
    cast(sum(cut.gross) as decimal(20, 6)) as gross,
    cast(sum(cut.net_revenue) as decimal(20, 6)) as net_revenue,
    cast(sum(cut.orders_with_cost) as bigint) as orders_with_cost,
    cast(sum(cut.net_revenue_with_cogs) as decimal(20, 6)) as net_revenue_with_cogs,
    cast(sum(cut.net_revenue_with_cost) as decimal(20, 6)) as net_revenue_with_cost,
    cast(sum(cut.cogs) as decimal(20, 6)) as cogs,
    cast(sum(cut.cogs_with_cost) as decimal(20, 6)) as cogs_with_cost,
    cast(sum(cut.variable_cost) as decimal(20, 6)) as variable_cost,
    cast(sum(cut.direct_marketing) as decimal(20, 6)) as direct_marketing
from {{ total_and_channel("facts") }} as cut
inner join periods on {{ in_period("cut") }}
group by 1, 2, 3, 4, 5, 6
