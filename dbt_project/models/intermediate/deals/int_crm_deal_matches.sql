{%- set steps = ["external_id", "person", "account"] -%}
with

    keys as (select * from {{ ref("int_crm_deal_keys") }}),

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
        )
        {%- if not loop.last %},{% endif %}
    {%- endfor %}

{%- for step in steps %}
    select *
    from {{ step }}_outcomes
    {%- if not loop.last %}
        union all
    {%- endif %}
{%- endfor %}
