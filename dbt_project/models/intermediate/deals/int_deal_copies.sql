with

    -- Where the first system deleted a deal, its copies are gone with it.
    deals as (
        select opportunity_id, source, source_opportunity_id, external_id
        from {{ ref("int_deal_records") }}
        union all
        select opportunity_id, source, source_opportunity_id, cast(null as string)
        from {{ ref("int_gone_deals") }}
    ),

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

    preferred as (
        select
            deals.opportunity_id, deals.source_opportunity_id, deals.external_id, systems.preference
        from deals
        inner join systems on deals.source = systems.source
    ),

    -- A deal names the other by its id, or the CRMs recognise it by person or account and day.
    links as (
        select
            deals.opportunity_id,
            originals.opportunity_id as original_id,
            'external_id' as matched_by
        from preferred as deals
        inner join preferred as originals on deals.external_id = originals.source_opportunity_id
        where originals.preference < deals.preference
        union all
        select deals.opportunity_id, originals.opportunity_id, matches.matched_by
        from {{ ref("int_crm_deal_matches") }} as matches
        inner join preferred as deals on matches.record_id = deals.opportunity_id
        inner join preferred as originals on matches.partner_id = originals.opportunity_id
        where originals.preference < deals.preference
    ),

    first_links as (
        select
            links.opportunity_id,
            links.original_id,
            links.matched_by,
            row_number() over (
                partition by links.opportunity_id
                order by preferred.preference, links.original_id, links.matched_by
            ) as choice
        from links
        inner join preferred on links.original_id = preferred.opportunity_id
    ),

    copies as (select opportunity_id, original_id, matched_by from first_links where choice = 1)

-- A copy of a copy of a copy is the longest chain that four systems can make.
select
    copies.opportunity_id,
    copies.matched_by,
    coalesce(thirds.original_id, seconds.original_id, copies.original_id) as original_id
from copies
left join copies as seconds on copies.original_id = seconds.opportunity_id
left join copies as thirds on seconds.original_id = thirds.opportunity_id
