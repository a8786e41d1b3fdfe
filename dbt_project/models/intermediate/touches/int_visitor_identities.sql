with

    claims as (
        select visitor_key, person_key as key, identified_at
        from {{ ref("int_template__identities") }}
        union all
        select visitor_key, user_key, happened_at
        from {{ ref("int_web_events") }}
        where user_key is not null
        union all
        select visitor_key, email_key, happened_at
        from {{ ref("int_web_events") }}
        where email_key is not null
    ),

    identities as (
        select distinct claims.visitor_key, person_keys.person_id, claims.identified_at
        from claims
        inner join
            {{ ref("int_person_keys") }} as person_keys
            on {{ key_number("claims.key") }} = person_keys.key_no
        where {{ local_date("claims.identified_at") }} <= {{ as_of_date() }}
    ),

    neighbours as (
        select
            identities.*,
            lag(person_id) over (
                partition by visitor_key order by identified_at, person_id
            ) as person_before,
            lead(person_id) over (
                partition by visitor_key order by identified_at, person_id
            ) as person_after
        from identities
    )

-- Of a run of signs of the same person, the first and the last one say it all.
select visitor_key, person_id, identified_at
from neighbours
where person_before is distinct from person_id or person_after is distinct from person_id
