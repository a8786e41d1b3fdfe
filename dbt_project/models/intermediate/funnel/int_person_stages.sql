{% set order = var("funnel")["stage_order"] %}
with

    -- One pass over the events: a person has few stages and may have many events.
    entries as (
        select
            person_id,
            {% for stage in order %}
                {% set no = loop.index %}
                min(case when stage = '{{ stage }}' then entered_at end) as entered_{{ no }},
                min(case when stage = '{{ stage }}' then event_no end) as event_{{ no }},
                min_by(
                    coalesce(owner, '(none)'), case when stage = '{{ stage }}' then event_no end
                ) as owner_{{ no }},
                min(
                    case
                        when stage = '{{ stage }}' and evidence in ('timestamp', 'history')
                        then entered_at
                    end
                ) as stamp_{{ no }}
                {% if not loop.last %}, {% endif %}
            {% endfor %}
        from {{ ref("int_stage_events") }}
        where stage_no is not null
        group by person_id
    ),

    -- Whoever reached a later stage has passed this one. The strict funnel ends at the first stage
    -- without a stamp, or with one before its predecessor's.
    steps as (
        {% for stage in order %}
            {% set no = loop.index %}
            {% set last = order | length %}
            select
                person_id,
                '{{ stage }}' as stage,
                {{ no }} as stage_no,
                entered_{{ no }} as first_entry_at,
                {{ earliest("entered_", no, last) }} as reached_at,
                case
                    {{ earliest("event_", no, last) }}
                    {% for later in range(no, last + 1) %}
                        when event_{{ later }} then owner_{{ later }}
                    {% endfor %}
                end as owner,
                case
                    when
                        stamp_1 is not null
                        {% for earlier in range(2, no + 1) %}
                            and stamp_{{ earlier }} >= stamp_{{ earlier - 1 }}
                        {% endfor %}
                    then stamp_{{ no }}
                end as strict_at
            from entries
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select
    steps.person_id,
    persons.channel,
    persons.source_group,
    persons.segment,
    steps.owner,
    steps.stage,
    steps.stage_no,
    steps.first_entry_at,
    steps.reached_at,
    {{ local_date("steps.reached_at") }} as reached_date,
    steps.first_entry_at is null or steps.first_entry_at > steps.reached_at as is_inferred,
    steps.strict_at,
    {{ local_date("steps.strict_at") }} as strict_date
from steps
inner join
    {{ ref("int_funnel_persons") }} as persons
    on steps.person_id = persons.person_id
    and persons.exclusion_reason is null
where steps.reached_at is not null
