{{ config(materialized="view") }}
with

    cycles as (select * from {{ ref("int_mql_cycles") }}),
    tellings as (
        select
            telling_no,
            -- A status is no reason for itself.
            case
                when source = 'template_stage_event' then lower(nullif(trim(reason), ''))
            end as reason
        from {{ ref("int_tellings") }}
    ),

    first_decisions as (
        select
            events.person_id,
            events.closer_before,
            min_by(events.event_order, events.event_no) as event_order,
            min_by(events.telling_no, events.event_no) as telling_no,
            min(events.entered_at) as disposed_at
        from {{ ref("int_stage_events") }} as events
        where events.event_order >= {{ stage_number("sal") }}
        group by events.person_id, events.closer_before
    ),

    decided as (
        select
            first_decisions.*,
            tellings.reason,
            case
                -- A deal is lost by whoever had taken it on.
                when stages.stage_no is not null or stages.stage in ('won', 'lost')
                then 'accepted'
                when stages.stage = 'recycled'
                then 'recycled'
                else 'rejected'
            end as disposition
        from first_decisions
        inner join
            {{ ref("int_stages") }} as stages on first_decisions.event_order = stages.event_order
        inner join tellings on first_decisions.telling_no = tellings.telling_no
    )

select
    cycles.person_id,
    cycles.cycle_no,
    {{ prefixed("cycles", funnel_attributes()) }},
    cycles.opened_date,
    coalesce(decided.disposition, 'pending') as disposition,
    {{ local_date("decided.disposed_at") }} as disposition_date,
    decided.reason as disposition_reason
from cycles
left join
    decided on cycles.person_id = decided.person_id and cycles.closer_before = decided.closer_before
