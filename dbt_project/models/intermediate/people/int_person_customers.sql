with

    records as (select * from {{ ref("int_person_records") }}),
    accounts as (select * from {{ ref("int_accounts") }}),
    customers as (select * from {{ ref("int_template__customers") }}),
    contacts as (select * from {{ ref("int_hubspot__contacts") }} where company_id is not null),
    person_keys as (select * from {{ ref("int_person_keys") }}),

    candidates as (
        select
            records.component_id as person_id,
            coalesce(accounts.customer_id, records.account_key) as customer_id,
            1 as preference,
            records.created_at
        from records
        left join accounts on records.account_key = accounts.account_key
        where records.account_key is not null
        union all
        select
            records.component_id,
            coalesce(accounts.customer_id, records.customer_key),
            2,
            records.created_at
        from records
        left join accounts on records.customer_key = accounts.account_key
        where records.customer_key is not null
        union all
        select person_keys.person_id, accounts.customer_id, 3, customers.created_at
        from customers
        inner join accounts on customers.customer_key = accounts.account_key
        inner join person_keys on {{ key_number("customers.email_key") }} = person_keys.key_no
        union all
        -- HubSpot guesses the company from the address, so whoever is listed as a customer is that.
        select
            records.component_id,
            coalesce(accounts.customer_id, 'company:' || contacts.company_id),
            4,
            records.created_at
        from contacts
        inner join records on contacts.contact_key = records.record_key
        left join accounts on 'company:' || contacts.company_id = accounts.account_key
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
