{{ config(materialized="view") }}
{% set order = var("funnel")["stage_order"] %}
with

    steps as (
        {% for basis, at in [("person", "reached"), ("strict", "strict")] %}
            {% for earlier, later in stage_pairs() %}
                select
                    '{{ basis }}' as basis,
                    '{{ earlier }}>{{ later }}' as stage_pair,
                    '{{ earlier }}' as rule,
                    channel,
                    source_group,
                    segment,
                    telling_{{ stage_number(earlier) }} as telling_no,
                    {{ at }}_{{ stage_number(earlier) }} as entered_at,
                    {{ at }}_{{ stage_number(later) }} as converted_at
                from {{ ref("int_person_steps") }}
                where {{ at }}_{{ stage_number(earlier) }} is not null
                {% if not loop.last %}
                    union all
                {% endif %}
            {% endfor %}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select
    steps.basis,
    steps.stage_pair,
    steps.rule,
    steps.channel,
    steps.source_group,
    steps.segment,
    coalesce(tellings.owner, '(none)') as owner,
    {{ local_date("steps.entered_at") }} as cohort_date,
    steps.entered_at,
    steps.converted_at,
    -- Whoever was recycled or rejected may come back: as a person nobody leaves.
    cast(null as timestamp) as left_at
from steps
left join {{ ref("int_tellings") }} as tellings on steps.telling_no = tellings.telling_no
union all
select
    'cycle',
    'mql>sql',
    'mql',
    {{ funnel_attributes() | join(", ") }},
    opened_date,
    opened_at,
    sql_at,
    case when sql_at is null then closed_at end
from {{ ref("int_mql_cycles") }}
