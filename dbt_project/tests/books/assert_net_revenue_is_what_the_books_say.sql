{{ config(severity="warn", meta={
    "identity": "M5",
    "owner": "finance",
    "remedy": "Net revenue of the month (refunds on their own day) and the income in the books are more than 0.5 % apart. Look for "
        ~ "orders that are not in the exports, invoices booked in another month, or tax booked as income."
}) }}

with

    booked as (
        select source, month, cast(sum(amount) as decimal(20, 6)) as revenue
        from {{ ref("int_ledger_entries") }}
        where is_current and class = 'income' and currency = '{{ var("reporting_currency") }}'
        group by source, month
    ),

    -- Books of two systems add up.
    months as (
        select month, cast(sum(revenue) as decimal(20, 6)) as booked_revenue
        from booked
        group by month
    )

select margins.period as month, margins.net_revenue, months.booked_revenue
from {{ ref("kpi_contribution_margin") }} as margins
inner join months on margins.period = months.month
where
    margins.grain = 'month'
    and margins.dimension = ''
    and margins.basis = 'transaction_basis'
    and margins.is_complete
    and abs(margins.net_revenue - months.booked_revenue) > 0.005 * abs(months.booked_revenue)
