with

    facts as (select * from {{ ref("int_deal_facts") }}),
    stages as (select * from {{ ref("stage_map") }}),
    types as (select * from {{ ref("deal_types") }}),

    -- Where a deal has no close date, its log says when it was won or lost.
    closings as (
        select source, source_opportunity_id, stage, max(entered_at) as closed_at
        from {{ ref("int_deal_stage_entries") }}
        where stage in ('won', 'lost')
        group by source, source_opportunity_id, stage
    ),

    described as (
        select
            facts.*,
            coalesce(types.opportunity_type, 'new') as opportunity_type,
            case
                when stages.stage in ('won', 'lost') then stages.stage else 'open'
            end as final_status,
            coalesce(
                facts.closed_at, closings.closed_at, facts.updated_at, facts.created_at
            ) as ended_at
        from facts
        left join
            stages
            on facts.source = stages.crm
            and facts.field = stages.field
            and facts.status_value = stages.value
        left join
            closings
            on facts.source = closings.source
            and facts.source_opportunity_id = closings.source_opportunity_id
            and stages.stage = closings.stage
        left join types on facts.type_value = types.value
        where {{ local_date("facts.created_at") }} <= {{ as_of_date() }}
    ),

    -- A deal that closes after as_of is open on that day.
    dated as (
        select
            described.*,
            case
                when final_status = 'open' or {{ local_date("ended_at") }} > {{ as_of_date() }}
                then 'open'
                else final_status
            end as status
        from described
    )

select
    dated.source || ':' || dated.source_opportunity_id as opportunity_id,
    dated.source,
    dated.source_opportunity_id,
    dated.status,
    dated.opportunity_type,
    dated.external_id,
    dated.created_at,
    dated.updated_at,
    dated.closed_at as stated_close_at,
    case when dated.status <> 'open' then dated.ended_at end as closed_at,
    dated.amount,
    coalesce(dated.currency, '{{ var("reporting_currency") }}') as currency,
    coalesce(owners.owner, dated.owner) as owner,
    dated.account_key,
    dated.customer_key,
    dated.channel
from dated
left join {{ ref("int_owners") }} as owners on dated.owner = owners.alias
