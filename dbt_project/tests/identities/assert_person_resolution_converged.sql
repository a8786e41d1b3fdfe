{{ config(meta={
    "identity": "F8",
    "owner": "data team",
    "remedy": "A chain of merged records is too long for the rounds of the macro connected_components. Raise its "
        ~ "default in macros/funnel.sql."
}) }}

select cast(token_no as string) as shared_key, count(distinct component_id) as components
from {{ ref("int_person_components") }}
group by 1
having count(distinct component_id) > 1
union all
select account_key, count(distinct account_id)
from {{ ref("int_salesforce__account_ids") }}
group by 1
having count(distinct account_id) > 1
