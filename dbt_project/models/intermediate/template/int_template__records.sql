with

    people as (
        select
            person_key,
            record_no,
            created_at,
            source_channel,
            customer_key,
            merged_into_key,
            deleted_reason,
            is_test,
            (deleted_at is not null or deleted_reason is not null)
            and coalesce({{ local_date("deleted_at") }}, {{ as_of_date() }})
            <= {{ as_of_date() }} as is_deleted,
            coalesce(updated_at, exported_at) as last_seen_at,
            file_id,
            file_row
        from {{ ref("int_template__people") }}
    ),

    mentions as (
        select record_no, entered_at as seen_at, cast(null as string) as customer_key, file_id
        from {{ ref("int_template__stage_events") }}
        union all
        select {{ key_number("person_key") }}, created_at, customer_key, file_id
        from {{ ref("int_template__opportunities") }}
        where person_key is not null
    ),
    mentioned as (
        select
            mentions.record_no,
            min(mentions.seen_at) as first_seen_at,
            min(mentions.customer_key) as customer_key,
            max(mentions.seen_at) as last_seen_at,
            min(mentions.file_id) as file_id
        from mentions
        left join people on mentions.record_no = people.record_no
        where people.record_no is null
        group by mentions.record_no
    ),
    person_keys as (
        select person_key
        from {{ ref("stg_template__stage_events") }}
        union all
        select person_key
        from {{ ref("int_template__opportunities") }}
    ),

    -- A person that only stages or deals speak of exists from the first time that they do.
    all_people as (
        select *
        from people
        union all
        select distinct
            person_keys.person_key,
            mentioned.record_no,
            mentioned.first_seen_at,
            cast(null as string),
            mentioned.customer_key,
            cast(null as string),
            cast(null as string),
            false,
            false,
            mentioned.last_seen_at,
            mentioned.file_id,
            cast(null as bigint)
        from mentioned
        inner join person_keys on mentioned.record_no = {{ key_number("person_keys.person_key") }}
    ),

    rules as (
        select *
        from {{ ref("channel_rules") }}
        where source = 'template' and field = 'source_channel'
    )

select
    all_people.person_key as record_key,
    all_people.record_no,
    'template_person' as source,
    all_people.created_at,
    {{ channel_of("named.channel", "others.channel", "all_people.source_channel") }} as channel,
    cast(null as string) as account_key,
    all_people.customer_key,
    case
        when all_people.is_test
        then 'test'
        when
            lower(trim(all_people.deleted_reason))
            in ({{ quoted(var("funnel")["excluded_delete_reasons"]) }})
        then lower(trim(all_people.deleted_reason))
    end as flagged_as,
    all_people.merged_into_key is not null as is_merged_away,
    false as is_converted,
    all_people.is_deleted,
    all_people.last_seen_at,
    all_people.file_id,
    all_people.file_row
from all_people
left join rules as named on lower(trim(all_people.source_channel)) = named.value
left join rules as others on others.value = '*'
