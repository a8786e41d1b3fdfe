{% set order = var("funnel")["stage_order"] %}
with persons as (select * from {{ ref("int_funnel_persons") }})

select
    -- keys
    persons.person_id,
    persons.customer_id,

    -- dimensions
    persons.first_seen_date,
    persons.channel as source_channel,
    persons.source_group,
    persons.segment,
    persons.exclusion_reason is not null as is_excluded,
    persons.exclusion_reason,

    -- stages
    {% for stage in ["lead", "mql", "sal", "sql", "opportunity", "won"] %}
        {% set reached = "steps.reached_" ~ stage_number(stage) if stage in order else "cast(null as timestamp)" %}
        {{ local_date(reached) }} as {{ stage }}_date
        {% if not loop.last %}, {% endif %}
    {% endfor %}
from persons
left join {{ ref("int_person_steps") }} as steps on persons.person_id = steps.person_id
where coalesce(persons.exclusion_reason, '') <> 'not_yet_created'
