with

    -- A task that is still open has not happened.
    tasks as (
        select
            'salesforce' as source,
            task_id as source_activity_id,
            who_key as key,
            -- Where only the day is known, the moment at which it was logged is nearer, if that
            -- was the same day.
            case
                when completed_at is null and {{ local_date("created_at") }} = activity_date
                then created_at
                else coalesce(completed_at, {{ local_midnight("activity_date") }}, created_at)
            end as happened_at,
            lower(
                coalesce(
                    case when lower(task_subtype) <> 'task' then task_subtype end, task_type, 'task'
                )
            ) as activity_type,
            case
                when lower(call_type) in ('inbound', 'outbound') then lower(call_type)
            end as direction,
            owner_id as owner
        from {{ newest(ref("stg_salesforce__tasks"), ["task_id"], "updated_at") }} as current_tasks
        where is_closed and not coalesce(is_deleted, false) and who_key is not null
    ),

    engagements as (
        select
            'hubspot' as source,
            engagements.engagement_id as source_activity_id,
            contacts.contact_key as key,
            engagements.happened_at,
            lower(engagements.engagement_type) as activity_type,
            case
                when upper(engagements.direction) in ('INCOMING_EMAIL', 'INBOUND')
                then 'inbound'
                when upper(engagements.direction) in ('EMAIL', 'FORWARDED_EMAIL', 'OUTBOUND')
                then 'outbound'
            end as direction,
            engagements.owner
        from
            {{ newest(ref("stg_hubspot__engagements"), ["engagement_id"], "updated_at") }}
            as engagements
        inner join
            {{ newest(ref("stg_hubspot__engagement_contacts"), ["engagement_id", "contact_key"]) }}
            as contacts
            on engagements.engagement_id = contacts.engagement_id
        where
            not coalesce(engagements.is_deleted, false)
            and case
                when lower(engagements.engagement_type) = 'task'
                then lower(coalesce(engagements.status, '')) = 'completed'
                else
                    lower(coalesce(engagements.status, ''))
                    not in ('no_show', 'no show', 'canceled', 'rescheduled')
            end
    ),

    forms as (
        select distinct
            'hubspot' as source,
            'form:' || submission_id as source_activity_id,
            contact_key as key,
            submitted_at as happened_at,
            'form' as activity_type,
            'inbound' as direction,
            cast(null as string) as owner
        from {{ ref("stg_hubspot__form_submissions") }}
    ),

    activities as (
        select *
        from tasks
        union all
        select *
        from engagements
        union all
        select *
        from forms
    )

select
    activities.source,
    activities.source_activity_id,
    persons.person_id,
    activities.happened_at,
    {{ local_date("activities.happened_at") }} as happened_date,
    activities.activity_type,
    activities.direction,
    min(coalesce(owners.owner, activities.owner)) as owner
from activities
inner join
    {{ ref("int_person_keys") }} as person_keys
    on {{ key_number("activities.key") }} = person_keys.key_no
inner join {{ ref("int_persons") }} as persons on person_keys.person_id = persons.person_id
left join {{ ref("int_owners") }} as owners on activities.owner = owners.alias
where not persons.is_excluded and {{ local_date("activities.happened_at") }} <= {{ as_of_date() }}
group by
    activities.source,
    activities.source_activity_id,
    persons.person_id,
    activities.happened_at,
    activities.activity_type,
    activities.direction
