with

    records as (select * from {{ ref("int_crm_records") }}),
    deals as (
        select
            {{ key_number("record_id") }} as record_no,
            matched_by,
            {{ key_number("partner_id") }} as partner_no
        from {{ ref("int_crm_deal_matches") }}
    ),

    -- People are one where their person has one record on each side.
    people as (
        select
            person_id,
            count(case when system_kind = 'marketing_crm' then 1 end) = 1
            and count(case when system_kind = 'sales_crm' then 1 end) = 1 as is_pair,
            min(case when system_kind = 'marketing_crm' then record_no end) as marketing_no,
            min(case when system_kind = 'sales_crm' then record_no end) as sales_no
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
                then people.sales_no
                else people.marketing_no
            end as partner_no
        from records
        left join people on records.person_id = people.person_id
        where records.object = 'people'
        union all
        select records.*, deals.matched_by, deals.partner_no
        from records
        left join deals on records.record_no = deals.record_no
        where records.object = 'deals'
    )

select
    object,
    system_kind,
    source,
    record_no,
    case
        when partner_no is not null
        then 'matched'
        when matched_by is not null
        then 'ambiguous'
        when is_recent
        then 'pending'
        else 'missing'
    end as bucket,
    partner_no,
    matched_by
from found
