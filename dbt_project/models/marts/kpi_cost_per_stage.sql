{% set cuts = "dimension in ('', 'channel')" %}
with

    cac as (
        select grain, period, dimension, member, media_spend, full_cost, new_customers
        from {{ ref("kpi_cac") }}
        where member <> '(shared)'
    ),
    funnel as (select * from {{ ref("kpi_funnel") }} where {{ cuts }}),
    pipeline as (select * from {{ ref("int_opportunity_counts") }} where {{ cuts }}),
    qualified as (select * from {{ ref("kpi_mql_to_sql") }} where {{ cuts }}),
    periods as (select distinct grain, period, is_complete from {{ ref("int_periods") }}),

    keys as (
        select grain, period, dimension, member
        from cac
        union
        select grain, period, dimension, member
        from funnel
        union
        select grain, period, dimension, member
        from pipeline
    ),

    joined as (
        select
            keys.*,
            periods.is_complete,
            coalesce(cac.media_spend, 0) as media_spend,
            case
                when keys.grain not in ('day', 'week') then coalesce(cac.full_cost, 0)
            end as loaded_cost,
            coalesce(funnel.leads, 0) as leads,
            coalesce(funnel.mqls, 0) as mqls,
            coalesce(funnel.sqls, 0) as sqls,
            coalesce(funnel.opportunities, 0) as opportunities,
            coalesce(cac.new_customers, 0) as new_customers,
            {{ money("coalesce(pipeline.created_amount, 0)") }} as pipeline_created,
            qualified.headline_rate as mql_to_sql_rate,
            qualified.headline_basis as mql_to_sql_basis
        from keys
        left join
            periods
            on keys.grain = periods.grain
            and keys.period is not distinct from periods.period
        {%- for relation in ["cac", "funnel", "pipeline", "qualified"] %}
            left join
                {{ relation }}
                on keys.grain = {{ relation }}.grain
                and keys.period is not distinct from {{ relation }}.period
                and keys.dimension = {{ relation }}.dimension
                and keys.member = {{ relation }}.member
        {%- endfor %}
    )

select
    -- keys
    grain,
    period,
    dimension,
    member,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    cast(media_spend as decimal(20, 6)) as media_spend,
    cast(loaded_cost as decimal(20, 6)) as loaded_cost,
    leads,
    mqls,
    sqls,
    opportunities,
    new_customers,
    pipeline_created,

    -- media cost of each step
    {{ ratio("media_spend", "leads") }} as cost_per_lead,
    {{ ratio("media_spend", "mqls") }} as cost_per_mql,
    {{ ratio("media_spend", "sqls") }} as cost_per_sql,
    {{ ratio("media_spend", "opportunities") }} as cost_per_opportunity,

    -- loaded cost of each step
    {{ ratio("loaded_cost", "mqls") }} as loaded_cost_per_mql,
    {{ ratio("loaded_cost", "sqls") }} as loaded_cost_per_sql,
    {{ ratio("loaded_cost", "opportunities") }} as loaded_cost_per_opportunity,

    -- what it brought, and how much the MQLs are worth
    {{ ratio("pipeline_created", positive("media_spend")) }} as pipe_to_spend,
    {{ ratio("pipeline_created", positive("loaded_cost")) }} as pipe_to_loaded_cost,
    mql_to_sql_rate,
    mql_to_sql_basis
from joined
