with

    cycles as (select * from {{ ref("int_mql_cycles") }}),
    sal as (select max(stage_no) as sal_no from {{ ref("int_stages") }} where stage = 'sal'),

    decided as (
        select
            events.person_id,
            events.closers_before,
            events.event_no,
            events.entered_at,
            case
                -- A deal is lost by whoever had taken it on.
                when events.stage_no >= sal.sal_no or events.stage in ('won', 'lost')
                then 'accepted'
                when events.stage = 'recycled'
                then 'recycled'
                when events.is_closer
                then 'rejected'
            end as disposition,
            -- A status is no reason for itself.
            case
                when events.source = 'template_stage_event'
                then lower(nullif(trim(events.reason), ''))
            end as reason
        from {{ ref("int_cycle_events") }} as events
        cross join sal
        where
            not (
                events.stage = 'sal'
                and lower(trim(coalesce(events.reason, '')))
                in ({{ quoted(var("sla")["automatic_acceptance"]) }})
            )
    ),

    first_decisions as (
        select
            person_id,
            closers_before,
            min_by(disposition, event_no) as disposition,
            min(entered_at) as disposed_at,
            min_by(coalesce(reason, ''), event_no) as reason
        from decided
        where disposition is not null
        group by person_id, closers_before
    )

select
    cycles.person_id,
    cycles.cycle_no,
    {{ prefixed("cycles", funnel_attributes()) }},
    cycles.opened_date,
    coalesce(first_decisions.disposition, 'pending') as disposition,
    {{ local_date("first_decisions.disposed_at") }} as disposition_date,
    nullif(first_decisions.reason, '') as disposition_reason
from cycles
left join
    first_decisions
    on cycles.person_id = first_decisions.person_id
    and cycles.closers_before = first_decisions.closers_before
