{%- set steps = ["external_id", "person", "account"] -%}
with

    records as (select * from {{ ref("int_crm_records") }}),
    keys as (select * from {{ ref("int_crm_deal_keys") }}),

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

    -- Deals have several keys. Partners are counted by key, never paired one by one: a deal has one
    -- partner where the first and the last of all that share a key with it are the same.
    {%- for step in steps %}
        {{ step }}_keys as (
            select keys.system_kind, keys.record_id, keys.key
            from keys
            {%- for earlier in steps[:loop.index0] %}
                left join
                    {{ earlier }}_outcomes on keys.record_id = {{ earlier }}_outcomes.record_id
            {%- endfor %}
            where
                keys.step = '{{ step }}'
                {%- for earlier in steps[:loop.index0] %}
                    and {{ earlier }}_outcomes.record_id is null
                {%- endfor %}
        ),
        {{ step }}_shared as (
            select
                key,
                min(case when system_kind = 'marketing_crm' then record_id end) as first_marketing,
                max(case when system_kind = 'marketing_crm' then record_id end) as last_marketing,
                min(case when system_kind = 'sales_crm' then record_id end) as first_sales,
                max(case when system_kind = 'sales_crm' then record_id end) as last_sales
            from {{ step }}_keys
            group by key
            having count(distinct system_kind) = 2
        ),
        {{ step }}_partners as (
            select
                keys.record_id,
                min(
                    case
                        when keys.system_kind = 'marketing_crm'
                        then first_sales
                        else first_marketing
                    end
                ) as first_partner,
                max(
                    case
                        when keys.system_kind = 'marketing_crm' then last_sales else last_marketing
                    end
                ) as last_partner
            from {{ step }}_keys as keys
            inner join {{ step }}_shared as shared on keys.key = shared.key
            group by keys.record_id
        ),
        {{ step }}_outcomes as (
            select
                own.record_id,
                '{{ step }}' as matched_by,
                case
                    when
                        own.first_partner = own.last_partner
                        and theirs.first_partner = theirs.last_partner
                    then own.first_partner
                end as partner_id
            from {{ step }}_partners as own
            left join {{ step }}_partners as theirs on own.first_partner = theirs.record_id
        ),
    {%- endfor %}

    outcomes as (
        {%- for step in steps %}
            select *
            from {{ step }}_outcomes
            {%- if not loop.last %}
                union all
            {%- endif %}
        {%- endfor %}
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
        select records.*, outcomes.matched_by, outcomes.partner_id
        from records
        left join outcomes on records.record_id = outcomes.record_id
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
