with

    records as (select * from {{ ref("int_person_records") }}),
    account_ids as (select * from {{ ref("int_salesforce__account_ids") }}),
    customers as (select * from {{ ref("int_template__customers") }}),
    person_keys as (select * from {{ ref("int_person_keys") }}),

    candidates as (
        select
            records.component_id as person_id,
            coalesce(account_ids.account_id, records.account_key) as customer_id,
            1 as preference,
            records.created_at
        from records
        left join account_ids on records.account_key = account_ids.account_key
        where records.account_key is not null
        union all
        select component_id, customer_key, 2, created_at
        from records
        where customer_key is not null
        union all
        select person_keys.person_id, customers.customer_key, 3, customers.created_at
        from customers
        inner join person_keys on customers.email_key = person_keys.key
    ),

    ranked as (
        select
            candidates.*,
            row_number() over (
                partition by person_id order by preference, created_at nulls last, customer_id
            ) as choice
        from candidates
    )

select person_id, customer_id, preference = 1 as is_account
from ranked
where choice = 1
