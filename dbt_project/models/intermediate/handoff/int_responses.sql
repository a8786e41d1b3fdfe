with

    types as (select * from {{ ref("response_types") }}),

    answers as (
        select
            'template' as source,
            person_keys.person_id,
            responses.responded_at,
            responses.response_type as value,
            coalesce(owners.owner, responses.owner) as owner
        from {{ ref("stg_template__responses") }} as responses
        inner join
            {{ ref("int_person_keys") }} as person_keys
            on {{ key_number("responses.person_key") }} = person_keys.key_no
        inner join {{ ref("int_persons") }} as persons on person_keys.person_id = persons.person_id
        left join {{ ref("int_owners") }} as owners on responses.owner = owners.alias
        where
            not persons.is_excluded
            and {{ local_date("responses.responded_at") }} <= {{ as_of_date() }}
        union all
        -- What the lead did is no answer, but a meeting needs both sides. Where the export
        -- does not say who called or wrote, it was the colleague who logged it.
        select source, person_id, happened_at, activity_type, owner
        from {{ ref("int_activities") }}
        where direction is null or direction = 'outbound' or activity_type = 'meeting'
    ),

    typed as (
        select
            answers.source,
            answers.person_id,
            answers.responded_at,
            coalesce(named.response_type, others.response_type, 'none') as response_type,
            coalesce(answers.owner, '(none)') as owner
        from answers
        left join types as named on answers.source = named.source and answers.value = named.value
        left join types as others on answers.source = others.source and others.value = '*'
    )

select distinct
    source,
    person_id,
    responded_at,
    response_type,
    owner,
    response_type not in ('auto_reply', 'none')
    and response_type in ({{ quoted(var("sla")["counted_responses"]) }}) as is_counted
from typed
