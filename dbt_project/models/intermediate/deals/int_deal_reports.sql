with

    lead_sources as (
        select *
        from {{ ref("channel_rules") }}
        where source = 'salesforce' and field = 'lead_source'
    ),
    channels as (
        select * from {{ ref("channel_rules") }} where source = 'template' and field = 'channel'
    ),

    salesforce as (
        select
            'salesforce' as source,
            'opportunity_stage' as field,
            deals.opportunity_id as source_opportunity_id,
            cast(null as string) as external_id,
            case
                when deals.is_won
                then 'closed won'
                when deals.is_closed
                then 'closed lost'
                else lower(trim(deals.stage))
            end as status_value,
            {{ first_known("deals.created_at", local_midnight("deals.close_date"), "deals.updated_at", "deals.exported_at") }}
            as created_at,
            deals.updated_at,
            {{ local_midnight("deals.close_date") }} as closed_at,
            lower(trim(deals.opportunity_type)) as type_value,
            deals.amount,
            deals.currency,
            deals.owner_id as owner,
            deals.account_key,
            cast(null as string) as customer_key,
            {{ channel_of("named.channel", "others.channel", "deals.lead_source") }} as channel,
            cast(null as string) as source_group,
            cast(null as decimal(20, 6)) as amount_at_creation,
            deals.exported_at as exported_at,
            case when deals.is_deleted then 'deleted' end as gone_as
        from {{ ref("int_salesforce__opportunities") }} as deals
        left join lead_sources as named on lower(trim(deals.lead_source)) = named.value
        left join lead_sources as others on others.value = '*'
    ),

    hubspot as (
        select
            'hubspot' as source,
            'deal_stage' as field,
            deal_id as source_opportunity_id,
            external_id,
            coalesce(outcome, lower(trim(stage))) as status_value,
            {{ first_known("created_at", "closed_at", "updated_at", "exported_at") }} as created_at,
            updated_at,
            closed_at,
            lower(trim(deal_type)) as type_value,
            amount,
            currency,
            owner,
            cast(null as string) as account_key,
            case when company_id is not null then 'company:' || company_id end as customer_key,
            '(unknown)' as channel,
            cast(null as string) as source_group,
            cast(null as decimal(20, 6)) as amount_at_creation,
            exported_at as exported_at,
            case when is_gone then 'deleted' end as gone_as
        from {{ ref("int_hubspot__deals") }}
    ),

    pipedrive as (
        select
            'pipedrive' as source,
            'deal_status' as field,
            deals.deal_id as source_opportunity_id,
            cast(null as string) as external_id,
            deals.status as status_value,
            {{ first_known("deals.created_at", "deals.closed_at", "deals.updated_at", "deals.exported_at") }}
            as created_at,
            deals.updated_at,
            deals.closed_at,
            cast(null as string) as type_value,
            deals.amount,
            deals.currency,
            deals.owner,
            cast(null as string) as account_key,
            case
                when deals.organization_key is not null
                then 'organization:' || deals.organization_key
            end as customer_key,
            {{ channel_of("named.channel", "others.channel", "deals.deal_source") }} as channel,
            cast(null as string) as source_group,
            cast(null as decimal(20, 6)) as amount_at_creation,
            deals.exported_at as exported_at,
            case when deals.status = 'deleted' then 'deleted' end as gone_as
        from {{ ref("int_pipedrive__deals") }} as deals
        left join channels as named on lower(trim(deals.deal_source)) = named.value
        left join channels as others on others.value = '*'
    ),

    template as (
        select
            'template' as source,
            'opportunity_status' as field,
            deals.opportunity_id as source_opportunity_id,
            deals.external_id,
            lower(trim(deals.status)) as status_value,
            {{ first_known("deals.created_at", "deals.closed_at", "deals.updated_at", "deals.exported_at") }}
            as created_at,
            deals.updated_at,
            deals.closed_at,
            lower(trim(deals.opportunity_type)) as type_value,
            deals.amount,
            deals.currency,
            deals.owner,
            cast(null as string) as account_key,
            deals.customer_key,
            {{ channel_of("named.channel", "others.channel", "deals.channel") }} as channel,
            lower(trim(deals.source_group)) as source_group,
            deals.amount_at_creation as amount_at_creation,
            deals.exported_at as exported_at,
            case when deals.is_duplicate then 'duplicate' end as gone_as
        from {{ ref("int_template__opportunities") }} as deals
        left join channels as named on lower(trim(deals.channel)) = named.value
        left join channels as others on others.value = '*'
    )

select *
from salesforce
union all
select *
from hubspot
union all
select *
from pipedrive
union all
select *
from template
