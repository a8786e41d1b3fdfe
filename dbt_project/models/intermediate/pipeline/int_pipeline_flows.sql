{% set flows = pipeline_changes() + ["total"] %}
with

    changes as (
        select *
        from {{ ref("int_pipeline_changes") }}
        where opportunity_type = 'new' and change_date <= {{ as_of_date() }}
    ),

    days as (
        select
            change_date,
            currency,
            fx_rate,
            {{ funnel_attributes() | join(", ") }},
            {%- for change in pipeline_changes() %}
                sum(case when change = '{{ change }}' then amount else 0 end) as {{ change }},
            {%- endfor %}
            sum(coalesce(amount, 0)) as total,
            sum(deals) as deals
        from changes
        group by change_date, currency, fx_rate, {{ funnel_attributes() | join(", ") }}
    )

select
    dimension,
    member,
    change_date,
    currency,
    fx_rate,
    {%- for flow in flows %}
        cast(coalesce(sum({{ flow }}), 0) as decimal(20, 6)) as {{ flow }},
    {%- endfor %}
    cast(sum(deals) as bigint) as deals
from
    {{
        total_and_cuts(
            "days", funnel_attributes(), ["change_date", "currency", "fx_rate", "deals"] + flows
        )
    }} as cuts
group by dimension, member, change_date, currency, fx_rate
