{{ config(meta={
    "identity": "conservation",
    "owner": "finance",
    "remedy": "What the months bear of the cost shown is not the cost, to the cent: its months are below 1 or above 120. Correct "
        ~ "the column months of the file, or of the seed account_pools."
}) }}

with

    booked as (
        select 'template' as source, file_id, file_row, amount, months
        from {{ ref("int_template__costs") }}
        union all
        select source, file_id, file_row, amount, months
        from {{ ref("int_ledger_costs") }}
        where is_counted
    ),

    costs as (
        select source, file_id, file_row, sum(amount) as amount, max(months) as months
        from booked
        group by 1, 2, 3
    ),

    borne as (
        select
            source,
            file_id,
            file_row,
            sum(amount) as borne,
            sum(case when amount <> round(amount, 2) then 1 else 0 end) as broken_cents
        from {{ ref("int_cost_rows") }}
        group by 1, 2, 3
    )

select costs.*, borne.borne
from costs
left join
    borne
    on costs.source = borne.source
    and costs.file_id = borne.file_id
    and costs.file_row = borne.file_row
where
    costs.amount is distinct from borne.borne
    or (borne.broken_cents > 0 and costs.amount = round(costs.amount, 2))
