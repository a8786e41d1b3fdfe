{% set money_type = "decimal(28, 8)" %}
with

    influenced as (select distinct opportunity_id from {{ ref("int_pipeline_influence") }}),

    facts as (
        select
            deals.*,
            amounts.reported_amount_at_creation,
            amounts.reported_amount,
            influenced.opportunity_id is not null as is_influenced
        from {{ ref("int_opportunities") }} as deals
        inner join
            {{ ref("int_opportunity_amounts") }} as amounts
            on deals.opportunity_id = amounts.opportunity_id
        left join influenced on deals.opportunity_id = influenced.opportunity_id
        where deals.opportunity_type = 'new'
    ),

    days as (
        select
            created_date as fact_date,
            {{ funnel_attributes() | join(", ") }},
            count(*) as created_deals,
            count(reported_amount_at_creation) as created_deals_with_amount,
            sum(reported_amount_at_creation) as created_amount,
            sum(reported_amount) as current_amount,
            sum(case when is_influenced then 1 else 0 end) as influenced_deals,
            sum(case when is_influenced then reported_amount_at_creation end) as influenced_amount,
            sum(case when status = 'won' then 1 else 0 end) as cohort_won,
            sum(case when status = 'lost' then 1 else 0 end) as cohort_lost,
            sum(case when status = 'open' then 1 else 0 end) as cohort_open,
            {%- for measure in closed_measures() %}
                null as {{ measure }}{% if not loop.last %},{% endif %}
            {%- endfor %}
        from facts
        group by created_date, {{ funnel_attributes() | join(", ") }}
        union all
        select
            closed_date,
            {{ funnel_attributes() | join(", ") }},
            {%- for measure in created_measures() %} null, {%- endfor %}
            sum(case when status = 'won' then 1 else 0 end),
            sum(case when status = 'lost' then 1 else 0 end),
            sum(case when status = 'won' and reported_amount is not null then 1 else 0 end),
            sum(case when status = 'won' then reported_amount end),
            sum(case when status = 'lost' then reported_amount end)
        from facts
        where status in ('won', 'lost')
        group by closed_date, {{ funnel_attributes() | join(", ") }}
    )

select
    dimension,
    member,
    fact_date,
    {%- for measure in created_measures() + closed_measures() %}
        cast(
            coalesce(sum({{ measure }}), 0)
            as {{ money_type if measure.endswith("_amount") and "with" not in measure else "bigint" }}
        ) as {{ measure }}
        {% if not loop.last %},{% endif %}
    {%- endfor %}
from
    {{
        total_and_cuts(
            "days",
            funnel_attributes(),
            ["fact_date"] + created_measures() + closed_measures(),
        )
    }} as cuts
group by dimension, member, fact_date
