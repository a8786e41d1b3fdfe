{{ config(materialized="view") }}
with

    clocks as (select * from {{ ref("int_response_clocks") }} where clock = 'mql_cycle'),

    agreed as (
        select
            clocks.*,
            {{ rule_version("versions.rule", "versions") }} as sla_version,
            coalesce(targets.minutes, {{ var("sla")["minutes"] }}) as sla_minutes
        from clocks
        left join
            {{ ref("int_rule_versions") }} as versions
            on {{ in_force("versions", "'sla'", "clocks.started_date") }}
        left join {{ ref("sla_targets") }} as targets on versions.version = targets.version
    ),

    due as (
        select
            agreed.*,
            {{ seconds_later(
                "windows.opens_at",
                "agreed.start_second + agreed.sla_minutes * 60 - windows.seconds_before",
            ) }} as due_at
        from agreed
        -- The window that the target falls into; at its end it is due then, not the next morning.
        left join
            {{ ref("int_sla_windows") }} as windows
            on agreed.calendar = windows.calendar
            and agreed.sla_minutes = windows.sla_minutes
            and agreed.start_day = windows.local_day
            and agreed.start_second + agreed.sla_minutes * 60 > windows.seconds_before
            and agreed.start_second + agreed.sla_minutes * 60
            <= windows.seconds_before + windows.open_seconds
    )

select
    person_id,
    cycle_no,
    {{ funnel_attributes() | join(", ") }},
    started_date,
    first_response_at,
    is_answered,
    elapsed_minutes,
    business_minutes,
    sla_version,
    cast(sla_minutes as bigint) as sla_minutes,
    due_at,
    -- Frozen when due: an answer after that changes nothing. Without a due_at the target
    -- lies beyond the calendar, so nothing is due yet.
    case
        when is_pre_contacted
        then 'pre_contacted'
        when first_response_at <= coalesce(due_at, first_response_at)
        then 'met'
        when due_at < {{ as_of_end() }}
        then 'breached'
        else 'pending'
    end as sla_status
from due
