{{ config(materialized="view") }}
with

    steps as (
        {% for stage in var("funnel")["stage_order"] %}
            {% set no = loop.index %}
            select
                person_id,
                channel,
                source_group,
                segment,
                telling_{{ no }} as telling_no,
                '{{ stage }}' as stage,
                {{ no }} as stage_no,
                entered_{{ no }} as first_entry_at,
                reached_{{ no }} as reached_at,
                strict_{{ no }} as strict_at
            from {{ ref("int_person_steps") }}
            where reached_{{ no }} is not null
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select
    steps.person_id,
    steps.channel,
    steps.source_group,
    steps.segment,
    coalesce(tellings.owner, '(none)') as owner,
    steps.stage,
    steps.stage_no,
    steps.first_entry_at,
    steps.reached_at,
    {{ local_date("steps.reached_at") }} as reached_date,
    steps.first_entry_at is null or steps.first_entry_at > steps.reached_at as is_inferred,
    steps.strict_at,
    {{ local_date("steps.strict_at") }} as strict_date
from steps
left join {{ ref("int_tellings") }} as tellings on steps.telling_no = tellings.telling_no
