{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "Entries of the books were lost or doubled between int_ledger_entries and int_ledger_costs: a row of "
        ~ "account_pools or a pool and month of the template is there twice."
}) }}

with

    entries as (
        select source, month, sum(amount) as amount, count(*) as entries
        from {{ ref("int_ledger_entries") }}
        where is_current and coalesce(class, 'expense') in ('expense', 'cogs')
        group by 1, 2
    ),

    costs as (
        select source, month, sum(amount) as amount, sum(entries) as entries
        from {{ ref("int_ledger_costs") }}
        group by 1, 2
    )

select entries.*, costs.amount as amount_in_costs, costs.entries as entries_in_costs
from entries
full outer join costs on entries.source = costs.source and entries.month = costs.month
where entries.entries is distinct from costs.entries or entries.amount is distinct from costs.amount
