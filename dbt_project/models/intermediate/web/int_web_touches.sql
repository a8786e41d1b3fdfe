{%- set gap = var("attribution")["session_collapse_minutes"] * 60 %}
with

    visits as (
        select
            events.*,
            channels.channel,
            channels.decided_by,
            case
                when channels.decided_by in ('click_id', 'tags')
                then 1
                when channels.decided_by = 'referrer'
                then 2
                else 3
            end as evidence,
            lag(events.happened_at) over (
                partition by events.source, events.visitor_key
                order by events.happened_at, events.event_id
            ) as happened_before
        from {{ ref("int_web_events") }} as events
        inner join
            {{ ref("int_touch_channels") }} as channels
            on events.source_word = channels.source_word
            and events.medium_word = channels.medium_word
            and events.click_parameter = channels.click_parameter
            and events.referrer_host = channels.referrer_host
        where events.is_visit
    ),

    in_sessions as (
        select
            visits.*,
            coalesce(
                session_id,
                'pause ' || cast(
                    sum(
                        case
                            when
                                {{ seconds_between("happened_before", "happened_at") }} <= {{ gap }}
                            then 0
                            else 1
                        end
                    ) over (
                        partition by source, visitor_key
                        order by happened_at, event_id
                        rows between unbounded preceding and current row
                    ) as string
                )
            ) as session_name
        from visits
    ),

    weighed as (
        select
            in_sessions.*,
            min(evidence) over (partition by source, visitor_key, session_name) as best_evidence,
            min(happened_at) over (partition by source, visitor_key, session_name) as began_at
        from in_sessions
    ),

    -- A session is one touch; one more for every other campaign that leads into it.
    ranked as (
        select
            weighed.*,
            row_number() over (
                partition by
                    source,
                    visitor_key,
                    session_name,
                    case when evidence = 1 then channel else '' end
                order by happened_at, event_id
            ) as first_first
        from weighed
        where evidence = best_evidence
    )

select
    event_id as touch_id,
    source,
    visitor_key,
    case when evidence = 1 then happened_at else began_at end as touched_at,
    channel,
    decided_by,
    campaign,
    case when click_parameter = '' then 'visit' else 'click' end as touch_type
from ranked
where first_first = 1
