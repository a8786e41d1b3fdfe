{{ config(compared=true) }}

select *
from {{ ref("int_all_opportunities") }}
where status <> 'deleted'
