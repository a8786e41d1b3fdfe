with

    customers as (select * from {{ ref("int_template__customers") }}),
    person_customers as (select * from {{ ref("int_person_customers") }}),
    rules as (
        select *
        from {{ ref("channel_rules") }}
        where source = 'template' and field = 'source_channel'
    ),

    carriers as (
        select customer_key, component_id as person_id
        from {{ ref("int_person_records") }}
        where customer_key is not null
        union all
        select customers.customer_key, person_keys.person_id
        from customers
        inner join
            {{ ref("int_person_keys") }} as person_keys
            on {{ key_number("customers.email_key") }} = person_keys.key_no
    ),

    accounts as (
        select carriers.customer_key, min(person_customers.customer_id) as account_id
        from carriers
        inner join
            person_customers
            on carriers.person_id = person_customers.person_id
            and person_customers.is_account
        group by carriers.customer_key
    ),

    known as (
        select customer_key
        from customers
        union
        select customer_key
        from carriers
        union
        select customer_key
        from {{ ref("int_template__opportunities") }}
        where customer_key is not null
        union
        select customer_key
        from {{ ref("int_template__orders") }}
        where customer_key is not null
    )

select
    known.customer_key,
    coalesce(
        accounts.account_id, parents.account_id, billed.customer_id, known.customer_key
    ) as customer_id,
    {{ channel_of("named.channel", "others.channel", "customers.source_channel") }}
    as source_channel
from known
left join {{ ref("int_accounts") }} as billed on known.customer_key = billed.account_key
left join accounts on known.customer_key = accounts.customer_key
-- Rolled up, a customer without an account has that of its parent.
left join accounts as parents on billed.customer_id = parents.customer_key
left join customers on known.customer_key = customers.customer_key
left join rules as named on lower(trim(customers.source_channel)) = named.value
left join rules as others on others.value = '*'
