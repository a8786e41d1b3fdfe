with

    changes as (select * from {{ ref("int_person_changes") }}),

    -- Only whom a change touches has more than one state: one before all changes, one from each on.
    days as (
        select distinct person_id, effective_date as known_from
        from changes
        union
        select distinct person_id, date '1900-01-01'
        from changes
    ),
    tie_days as (
        select record_no, token_no, min(effective_date) as effective_date
        from changes
        where token_no is not null
        group by record_no, token_no
    ),

    links as (
        select
            days.person_id,
            days.known_from,
            components.record_no,
            components.token_no,
            cast(days.known_from as string) || cast(components.record_no as string) as record_key,
            cast(days.known_from as string) || cast(components.token_no as string) as token
        from days
        inner join
            {{ ref("int_person_components") }} as components
            on days.person_id = components.component_id
        left join
            tie_days
            on components.record_no = tie_days.record_no
            and components.token_no = tie_days.token_no
        where tie_days.effective_date is null or tie_days.effective_date <= days.known_from
    ),

    components as ({{ connected_components("links") }})

select
    links.person_id,
    links.known_from,
    links.record_no,
    links.token_no,
    components.component_id as state_person
from links
inner join components on links.record_key = components.record_key and links.token = components.token
