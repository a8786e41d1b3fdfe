with

    records as (select * from {{ ref("int_person_records") }}),
    customers as (select * from {{ ref("int_person_customers") }}),

    persons as (
        select
            component_id as person_id,
            coalesce(
                min(case when exclusion_reason is null then created_at end), min(created_at)
            ) as first_created_at,
            max(case when exclusion_reason is null then 1 else 0 end) = 0 as is_excluded,
            min(exclusion_reason) as exclusion_reason
        from records
        group by component_id
    ),

    sources as (
        -- The source is frozen on the earliest record that knows one.
        select
            component_id as person_id,
            channel,
            row_number() over (
                partition by component_id order by created_at nulls last, source, record_no
            ) as source_no
        from records
        where channel <> '(unknown)' and coalesce(exclusion_reason, '') <> 'not_yet_created'
    )

select
    persons.person_id,
    persons.first_created_at,
    coalesce(sources.channel, '(unknown)') as source_channel,
    coalesce(customers.customer_id, cast(persons.person_id as string)) as customer_id,
    persons.is_excluded,
    case when persons.is_excluded then persons.exclusion_reason end as exclusion_reason
from persons
left join sources on persons.person_id = sources.person_id and sources.source_no = 1
left join customers on persons.person_id = customers.person_id
