{%- for earlier, later in stage_pairs() %}
    select
        '{{ earlier }}>{{ later }}' as stage_pair,
        '{{ earlier }}' as from_stage,
        '{{ later }}' as to_stage
    {%- if not loop.last %}
        union all
    {%- endif %}
{%- endfor %}
