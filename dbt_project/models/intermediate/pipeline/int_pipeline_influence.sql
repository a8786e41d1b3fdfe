with

    deals as (
        select
            opportunity_id,
            cast(
                created_date - {{ var("pipeline")["influence_window_days"] }} as date
            ) as first_day,
            coalesce(closed_date, {{ as_of_date() }}) as last_day
        from {{ ref("int_opportunities") }}
    ),

    members as (select distinct opportunity_id, person_id from {{ ref("int_deal_persons") }})

select
    deals.opportunity_id,
    touches.channel as touch_channel,
    count(*) as touches,
    count(distinct touches.person_id) as persons
from deals
inner join members on deals.opportunity_id = members.opportunity_id
inner join
    {{ ref("int_touches") }} as touches
    on members.person_id = touches.person_id
    and touches.touch_date >= deals.first_day
    and touches.touch_date <= deals.last_day
group by deals.opportunity_id, touches.channel
