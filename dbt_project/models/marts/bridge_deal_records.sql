with

    reports as (select * from {{ ref("int_deal_reports") }}),
    copies as (select * from {{ ref("int_deal_copies") }}),
    opportunities as (select * from {{ ref("int_all_opportunities") }}),

    named as (
        select reports.*, reports.source || ':' || reports.source_opportunity_id as record_id
        from reports
    )

select
    -- keys
    named.record_id,
    coalesce(opportunities.opportunity_id, originals.opportunity_id) as opportunity_id,

    -- dimensions
    named.source,
    case
        when opportunities.status = 'deleted'
        then 'deleted'
        when opportunities.opportunity_id is not null
        then 'deal'
        when originals.opportunity_id is not null
        then 'copy'
        when {{ local_date("named.created_at") }} > {{ as_of_date() }}
        then 'not_yet_created'
        when named.gone_as is not null
        then named.gone_as
        else 'excluded'
    end as fate,
    copies.matched_by,
    {{ local_date("named.created_at") }} as created_date
from named
left join opportunities on named.record_id = opportunities.opportunity_id
left join copies on named.record_id = copies.opportunity_id
left join opportunities as originals on copies.original_id = originals.opportunity_id
