with

    rules as (
        select * from {{ ref("channel_rules") }} where source = 'template' and field = 'channel'
    ),

    touches as (
        select touch_id, source, visitor_key, touched_at, channel, campaign, touch_type
        from {{ ref("int_web_touches") }}
        union all
        select
            'template:' || touches.touch_id,
            'template',
            touches.visitor_key,
            touches.touched_at,
            {{ channel_of("named.channel", "others.channel", "touches.channel") }},
            touches.campaign,
            coalesce(touches.touch_type, 'visit')
        from {{ ref("int_template__touches") }} as touches
        left join rules as named on lower(trim(touches.channel)) = named.value
        left join rules as others on others.value = '*'
    ),

    -- A device that several people use: each touch is of whoever is seen there next, else of who
    -- was before.
    candidates as (
        select
            touches.*,
            identities.person_id,
            row_number() over (
                partition by touches.touch_id
                order by
                    case when identities.identified_at >= touches.touched_at then 0 else 1 end,
                    abs({{ seconds_between("touches.touched_at", "identities.identified_at") }}),
                    identities.person_id
            ) as nearest_first
        from touches
        left join
            {{ ref("int_visitor_identities") }} as identities
            on touches.visitor_key = identities.visitor_key
    )

select touch_id, source, visitor_key, person_id, touched_at, channel, campaign, touch_type
from candidates
where nearest_first = 1
