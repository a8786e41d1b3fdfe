{% set order = var("funnel")["stage_order"] %}
with

    stamps as (
        select telling_no, evidence in ('timestamp', 'history') as is_stamp
        from {{ ref("int_tellings") }}
    ),

    -- One pass over the events: a person has few stages and may have many events.
    firsts as (
        select
            events.person_id,
            {% for stage in order %}
                {% set no = loop.index %}
                min(case when event_order = {{ no }} then event_no end) as event_{{ no }},
                min_by(
                    events.telling_no, case when event_order = {{ no }} then event_no end
                ) as telling_{{ no }},
                min(
                    case when event_order = {{ no }} and stamps.is_stamp then event_no end
                ) as stamp_no_{{ no }}
                {% if not loop.last %}, {% endif %}
            {% endfor %}
        from {{ ref("int_stage_events") }} as events
        inner join stamps on events.telling_no = stamps.telling_no
        where event_order <= {{ order | length }}
        group by events.person_id
    ),

    entries as (
        select
            firsts.*
            {% for stage in order %}
                {% set no = loop.index %},
                {{ time_of_event("event_" ~ no) }} as entered_{{ no }},
                {{ time_of_event("stamp_no_" ~ no) }} as stamp_{{ no }}
            {% endfor %}
        from firsts
    )

-- Whoever reached a later stage has passed this one. The strict funnel ends at the first stage
-- without a stamp, or with one before its predecessor's.
select
    entries.person_id,
    persons.channel,
    persons.source_group,
    persons.segment
    {% for stage in order %}
        {% set no = loop.index %}
        {% set last = order | length %},
        entries.entered_{{ no }},
        {{ earliest("entries.entered_", no, last) }} as reached_{{ no }},
        case
            {{ earliest("entries.event_", no, last) }}
            {% for later in range(no, last + 1) %}
                when entries.event_{{ later }} then entries.telling_{{ later }}
            {% endfor %}
        end as telling_{{ no }},
        case
            when
                entries.stamp_1 is not null
                {% for earlier in range(2, no + 1) %}
                    and entries.stamp_{{ earlier }} >= entries.stamp_{{ earlier - 1 }}
                {% endfor %}
            then entries.stamp_{{ no }}
        end as strict_{{ no }}
    {% endfor %}
from entries
inner join
    {{ ref("int_funnel_persons") }} as persons
    on entries.person_id = persons.person_id
    and persons.exclusion_reason is null
