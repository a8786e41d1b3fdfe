with

    sources as (
        select source, row_number() over (order by source) as source_no
        from (select distinct source from {{ ref("int_person_records") }}) as named
    ),
    records as (
        select records.*, sources.source_no
        from {{ ref("int_person_records") }} as records
        inner join sources on records.source = sources.source
    ),
    customers as (select * from {{ ref("int_person_customers") }}),

    persons as (
        select
            component_id as person_id,
            coalesce(
                min(case when exclusion_reason is null then created_at end), min(created_at)
            ) as first_created_at,
            -- The source is frozen on the earliest record that knows one.
            min_by(
                channel,
                case
                    when
                        channel <> '(unknown)'
                        and coalesce(exclusion_reason, '') <> 'not_yet_created'
                    then {{ record_order("records", 0, "source_no") }}
                end
            ) as source_channel,
            -- One record stands for the person: what is left of the others, the earliest first.
            min(
                case
                    when exclusion_reason is null
                    then
                        {{
                            record_order(
                                "records",
                                "case when is_merged_away then 2 else 0 end + case when is_converted then 1 else 0 end",
                                "source_no",
                            )
                        }}
                end
            ) as standing_record,
            max(case when exclusion_reason is null then 1 else 0 end) = 0 as is_excluded,
            min(exclusion_reason) as exclusion_reason
        from records
        group by component_id
    )

select
    persons.person_id,
    persons.first_created_at,
    coalesce(persons.source_channel, '(unknown)') as source_channel,
    coalesce(customers.customer_id, cast(persons.person_id as string)) as customer_id,
    {{ record_of_order("persons.standing_record") }} as standing_record_no,
    persons.is_excluded,
    case when persons.is_excluded then persons.exclusion_reason end as exclusion_reason
from persons
left join customers on persons.person_id = customers.person_id
