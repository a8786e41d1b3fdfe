{%- set tolerance = var("agreement")["date_tolerance_days"] -%}
with

    systems as (select * from {{ ref("crm_systems") }}),
    deal_persons as (select * from {{ ref("int_deal_record_persons") }}),
    deals as (
        select
            deals.*,
            systems.system_kind,
            case
                when systems.system_kind = 'marketing_crm' then 'sales_crm' else 'marketing_crm'
            end as other_kind,
            {{ local_date("deals.created_at") }} as created_date
        from {{ ref("int_crm_deals") }} as deals
        inner join systems on deals.source = systems.source
    ),

    -- One side stands for its own day, the other for every day that is close enough: equal keys
    -- are found without comparing each with each.
    shifts as (
        select 'marketing_crm' as system_kind, 0 as days
        union all
        select 'sales_crm', cast(id as int) - {{ tolerance }}
        from range({{ 2 * tolerance + 1 }}) as shifts(id)
    ),
    deal_days as (
        select
            deals.opportunity_id,
            deals.system_kind,
            deals.account_key,
            cast(cast(deals.created_date + shifts.days as date) as string) as day
        from deals
        inner join shifts on deals.system_kind = shifts.system_kind
    )

-- The id of a deal is a key of its own system, which the other side names.
select
    system_kind,
    opportunity_id as record_id,
    'external_id' as step,
    system_kind || ' ' || source_opportunity_id as key
from deals
union all
select system_kind, opportunity_id, 'external_id', other_kind || ' ' || trim(external_id)
from deals
where trim(external_id) <> ''
union all
select distinct
    deal_days.system_kind,
    deal_days.opportunity_id,
    'person',
    cast(deal_persons.person_id as string) || ' ' || deal_days.day
from deal_days
inner join deal_persons on deal_days.opportunity_id = deal_persons.opportunity_id
union all
-- Account of the deal itself, or of its contacts.
select distinct
    deal_days.system_kind,
    deal_days.opportunity_id,
    'account',
    coalesce(accounts.customer_id, deal_days.account_key) || ' ' || deal_days.day
from deal_days
left join {{ ref("int_accounts") }} as accounts on deal_days.account_key = accounts.account_key
where deal_days.account_key is not null
union all
select distinct
    deal_days.system_kind,
    deal_days.opportunity_id,
    'account',
    deal_persons.customer_id || ' ' || deal_days.day
from deal_days
inner join deal_persons on deal_days.opportunity_id = deal_persons.opportunity_id
where deal_days.account_key is null
