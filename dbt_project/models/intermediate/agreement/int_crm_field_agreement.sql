with pairs as (select * from {{ ref("int_crm_pairs") }} where is_settled)

{% for field in agreement_fields() %}
    select
        object,
        '{{ field }}' as field,
        cast(count({{ field }}_agrees) as bigint) as compared_pairs,
        cast(sum(case when {{ field }}_agrees then 1 else 0 end) as bigint) as agreeing_pairs
    from pairs
    where {{ field }}_agrees is not null
    group by object
    {% if not loop.last %}
        union all
    {% endif %}
{% endfor %}
