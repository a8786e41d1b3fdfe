{{ config(meta={
    "identity": "P4",
    "owner": "sales",
    "remedy": "The deals created in the month shown are not all open, won or lost, or a closed deal has no close "
        ~ "date. Look at int_opportunities."
}) }}

select
    {{ period_start("month", "created_date") }} as created_month,
    count(*) as created,
    sum(case when status in ('open', 'won', 'lost') then 1 else 0 end) as accounted
from {{ ref("int_opportunities") }}
group by 1
having
    count(*) <> sum(case when status in ('open', 'won', 'lost') then 1 else 0 end)
    or sum(case when status = 'open' then 0 else 1 end) <> count(closed_date)
