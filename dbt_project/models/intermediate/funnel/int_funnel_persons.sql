with

    persons as (
        select persons.*, {{ local_date("first_created_at") }} as first_seen_date
        from {{ ref("int_persons") }} as persons
    ),
    customers as (select * from {{ ref("int_customers") }}),
    source_groups as (select * from {{ ref("source_groups") }})

select
    persons.person_id,
    persons.first_seen_date,
    persons.source_channel as channel,
    coalesce(named.source_group, others.source_group, '(unknown)') as source_group,
    coalesce(segments.segment, '(unknown)') as segment,
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
left join
    {{ ref("int_customer_segments") }} as segments on persons.customer_id = segments.customer_id
left join source_groups as named on persons.source_channel = named.channel
left join source_groups as others on others.channel = '*'
