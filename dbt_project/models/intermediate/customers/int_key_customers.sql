{{ config(compared=true) }}

with

    persons as (
        select keys.key_no, persons.customer_id
        from {{ ref("int_person_keys") }} as keys
        inner join {{ ref("int_persons") }} as persons on keys.person_id = persons.person_id
        where persons.customer_id is not null
    ),

    -- Whom no CRM knows may stand in a list of customers. Two that share an e-mail are told apart
    -- by
    -- nothing that an order says: it goes to the first.
    listed as (
        select
            {{ key_number("customers.email_key") }} as key_no, min(ids.customer_id) as customer_id
        from {{ ref("int_template__customers") }} as customers
        inner join
            {{ ref("int_template_customer_ids") }} as ids
            on customers.customer_key = ids.customer_key
        where customers.email_key is not null
        group by 1
    )

select key_no, customer_id
from persons
union all
select listed.key_no, listed.customer_id
from listed
left join persons on listed.key_no = persons.key_no
where persons.key_no is null
