with

    persons as (
        select persons.*, {{ local_date("first_created_at") }} as first_seen_date
        from {{ ref("int_persons") }} as persons
    ),
    customers as (select * from {{ ref("int_customers") }})

select
    persons.person_id,
    persons.first_seen_date,
    persons.source_channel as channel,
    persons.customer_id,
    case
        when persons.is_excluded
        then persons.exclusion_reason
        -- Somebody who asks when the firm is served already is an expansion inquiry, not a lead.
        when customers.became_customer_date < persons.first_seen_date
        then 'existing_customer'
    end as exclusion_reason
from persons
left join customers on persons.customer_id = customers.customer_id
