with

    facts as (select * from {{ ref("int_deal_facts") }}),
    stages as (select * from {{ ref("stage_map") }}),
    types as (select * from {{ ref("deal_types") }}),

    -- The same deal in two systems counts once: Salesforce speaks before HubSpot, HubSpot before
    -- the template.
    copies as (
        select distinct facts.source, facts.source_opportunity_id
        from facts
        inner join
            facts as originals
            on facts.external_id = originals.source_opportunity_id
            and (
                (originals.source = 'salesforce' and facts.source <> 'salesforce')
                or (originals.source = 'hubspot' and facts.source = 'template')
            )
    ),

    described as (
        select
            facts.*,
            coalesce(types.opportunity_type, 'new') as opportunity_type,
            case
                when stages.stage in ('won', 'lost') then stages.stage else 'open'
            end as final_status,
            coalesce(facts.closed_at, facts.updated_at, facts.created_at) as ended_at
        from facts
        left join
            stages
            on facts.source = stages.crm
            and facts.field = stages.field
            and facts.status_value = stages.value
        left join types on facts.type_value = types.value
        left join
            copies
            on facts.source = copies.source
            and facts.source_opportunity_id = copies.source_opportunity_id
        where copies.source is null and {{ local_date("facts.created_at") }} <= {{ as_of_date() }}
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
    source || ':' || source_opportunity_id as opportunity_id,
    source,
    source_opportunity_id,
    status,
    opportunity_type,
    created_at,
    case when status <> 'open' then ended_at end as closed_at,
    amount,
    coalesce(currency, '{{ var("reporting_currency") }}') as currency,
    owner,
    account_key,
    customer_key,
    channel
from dated
