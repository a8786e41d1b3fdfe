with

    periods as (select * from {{ ref("int_periods") }}),

    counted as (
        -- A period without a deal is a zero, not a gap.
        select
            '' as dimension,
            '' as member,
            grain,
            period,
            {%- for measure in created_measures() + closed_measures() %}
                0 as {{ measure }}{% if not loop.last %},{% endif %}
            {%- endfor %}
        from periods
        group by grain, period
        union all
        select
            facts.dimension,
            facts.member,
            periods.grain,
            periods.period,
            {{ prefixed("facts", created_measures() + closed_measures()) }}
        from {{ ref("int_opportunity_facts") }} as facts
        inner join periods on facts.fact_date = periods.period_day
    )

select
    dimension,
    member,
    grain,
    period,
    {%- for measure in created_measures() + closed_measures() %}
        cast(
            sum({{ measure }})
            as {{ "decimal(28, 8)" if measure.endswith("_amount") and "with" not in measure else "bigint" }}
        ) as {{ measure }}
        {% if not loop.last %},{% endif %}
    {%- endfor %}
from counted
group by dimension, member, grain, period
