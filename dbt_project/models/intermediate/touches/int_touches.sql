with

    touches as (
        select touch_id, source, person_id, touched_at, channel, campaign, 'response' as touch_type
        from {{ ref("int_campaign_responses") }}
        union all
        select touch_id, source, person_id, touched_at, channel, campaign, touch_type
        from {{ ref("int_visitor_touches") }}
    )

select
    touches.touch_id,
    touches.source,
    touches.person_id,
    touches.touched_at,
    {{ local_date("touches.touched_at") }} as touch_date,
    touches.channel,
    touches.campaign,
    touches.touch_type
from touches
inner join {{ ref("int_persons") }} as persons on touches.person_id = persons.person_id
where not persons.is_excluded and {{ local_date("touches.touched_at") }} <= {{ as_of_date() }}
