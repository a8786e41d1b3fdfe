{{ config(meta={
    "identity": "F8",
    "owner": "data team",
    "remedy": "An account is lost or has two customers. Look at bridge_accounts for the account shown."
}) }}

with

    landed as (
        select account_key
        from {{ ref("int_salesforce__accounts") }}
        union
        select 'company:' || company_id
        from {{ ref("stg_hubspot__companies") }}
        union
        select customer_key
        from {{ ref("int_template__customers") }}
    ),

    resolved as (
        select account_key, count(*) as customers
        from {{ ref("bridge_accounts") }}
        where customer_id is not null
        group by account_key
    )

select landed.account_key as what
from landed
left join resolved on landed.account_key = resolved.account_key
where coalesce(resolved.customers, 0) <> 1
union all
-- Accounts that were merged are one customer.
select account_id
from {{ ref("bridge_accounts") }}
group by account_id
having min(customer_id) <> max(customer_id)
