{{ config(meta={
    "identity": "M4",
    "owner": "finance",
    "remedy": "Net revenue differs between refunds dated by order and by refund: a refund is in one of them only. "
        ~ "Look at int_margin_events."
}) }}

with

    totals as (
        select
            dimension,
            member,
            sum(case when basis = 'order_basis' then net_revenue else 0 end) as order_basis,
            sum(
                case when basis = 'transaction_basis' then net_revenue else 0 end
            ) as transaction_basis
        from {{ ref("kpi_contribution_margin") }}
        where grain = 'all'
        group by dimension, member
    )

select *
from totals
where abs(order_basis - transaction_basis) > 0.01
