with

    records as (select * from {{ ref("int_crm_records") }}),
    deals as (select * from {{ ref("int_crm_deal_matches") }}),

    -- People are one where their person has one record on each side.
    people as (
        select
            person_id,
            count(case when system_kind = 'marketing_crm' then 1 end) = 1
            and count(case when system_kind = 'sales_crm' then 1 end) = 1 as is_pair,
            min(case when system_kind = 'marketing_crm' then record_id end) as marketing_id,
            min(case when system_kind = 'sales_crm' then record_id end) as sales_id
        from records
        where object = 'people'
        group by person_id
        having min(system_kind) <> max(system_kind)
    ),

    found as (
        select
            records.*,
            case when people.person_id is not null then 'person' end as matched_by,
            case
                when not people.is_pair
                then null
                when records.system_kind = 'marketing_crm'
                then people.sales_id
                else people.marketing_id
            end as partner_id
        from records
        left join people on records.person_id = people.person_id
        where records.object = 'people'
        union all
        select records.*, deals.matched_by, deals.partner_id
        from records
        left join deals on records.record_id = deals.record_id
        where records.object = 'deals'
    )

select
    object,
    system_kind,
    source,
    record_id,
    case
        when partner_id is not null
        then 'matched'
        when matched_by is not null
        then 'ambiguous'
        when is_recent
        then 'pending'
        else 'missing'
    end as bucket,
    partner_id,
    matched_by
from found
