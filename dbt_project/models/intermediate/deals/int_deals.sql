with

    deals as (select * from {{ ref("int_deal_records") }}),

    -- The same deal in two systems counts once; the first of them speaks.
    systems as (
        select 'salesforce' as source, 1 as preference
        union all
        select 'hubspot', 2
        union all
        select 'pipedrive', 3
        union all
        select 'template', 4
    ),
    copies as (
        select distinct deals.opportunity_id
        from deals
        inner join deals as originals on deals.external_id = originals.source_opportunity_id
        inner join systems on deals.source = systems.source
        inner join systems as before on originals.source = before.source
        where before.preference < systems.preference
    )

select
    deals.opportunity_id,
    deals.source,
    deals.source_opportunity_id,
    deals.status,
    deals.opportunity_type,
    deals.created_at,
    deals.closed_at,
    deals.amount,
    deals.currency,
    deals.owner,
    deals.account_key,
    deals.customer_key,
    deals.channel
from deals
left join copies on deals.opportunity_id = copies.opportunity_id
where copies.opportunity_id is null
