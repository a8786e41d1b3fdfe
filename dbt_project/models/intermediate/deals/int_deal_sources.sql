{% set rule = var("pipeline")["source_rule"] %}
with

    deals as (
        select opportunity_id, created_at
        from {{ ref("int_deals") }}
        union all
        select opportunity_id, created_at
        from {{ ref("int_gone_deals") }}
    ),

    members as (select distinct opportunity_id, person_id from {{ ref("int_deal_persons") }}),

    -- Only what came before the deal can have brought it.
    touches as (
        select
            deals.opportunity_id,
            touches.channel,
            row_number() over (
                partition by deals.opportunity_id
                order by
                    touches.touched_at {{ "asc" if rule == "first_touch" else "desc" }},
                    touches.touch_id
            ) as choice
        from deals
        inner join members on deals.opportunity_id = members.opportunity_id
        inner join {{ ref("int_touches") }} as touches on members.person_id = touches.person_id
        where touches.touched_at <= deals.created_at and touches.channel <> '(unknown)'
    )

select opportunity_id, channel
from touches
where choice = 1 {%- if rule == "lead_source" %} and 1 = 0 {%- endif %}
