{% set fates = ["person", "merged", "converted", "same_person", "excluded"] %}
{% set reasons = ["spam", "test", "employee", "partner", "existing_customer", "not_yet_created"] %}
with

    records as (select * from {{ ref("bridge_person_records") }}),

    counted as (
        {% for cut in ["'(all)'", "source"] %}
            select
                {{ cut }} as source,
                count(*) as raw_records,
                count(distinct person_id) as persons_known,
                {% for fate in fates %}
                    count(case when fate = '{{ fate }}' then 1 end) as {{ fate }}_records,
                {% endfor %}
                {% for reason in reasons %}
                    count(
                        case when exclusion_reason = '{{ reason }}' then 1 end
                    ) as excluded_{{ reason }},
                {% endfor %}
                count(
                    case when exclusion_reason not in ({{ quoted(reasons) }}) then 1 end
                ) as excluded_other,
                count(
                    case when role = 'tombstone' and person_id is not null then 1 end
                ) as tombstones_kept
            from records
            {% if not loop.last %}
                union all
            {% else %} group by source
            {% endif %}
        {% endfor %}
    )

select
    -- keys
    source,

    -- dimensions
    {{ as_of_date() }} as as_of,

    -- measures
    cast(raw_records as bigint) as raw_records,
    cast(merged_records as bigint) as merged_records,
    cast(converted_records as bigint) as converted_records,
    cast(same_person_records as bigint) as same_person_records,
    cast(excluded_records as bigint) as excluded_records,
    {% for reason in reasons + ["other"] %}
        cast(excluded_{{ reason }} as bigint) as excluded_{{ reason }},
    {% endfor %}
    cast(person_records as bigint) as persons,
    cast(persons_known as bigint) as persons_known,
    cast(tombstones_kept as bigint) as tombstones_kept
from counted
