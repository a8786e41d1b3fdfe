with

    deals as (
        select *
        from {{ newest(ref("stg_hubspot__deals"), ["deal_id"], "updated_at") }} as current_rows
    ),
    stages as (select * from {{ ref("int_hubspot__pipeline_stages") }}),
    merged as (select distinct merged_deal_id from {{ ref("stg_hubspot__deal_merges") }}),

    -- Association type 5 is the primary company.
    companies as (
        select
            deal_id,
            company_id,
            row_number() over (
                partition by deal_id order by case when type_id = '5' then 1 else 2 end, company_id
            ) as choice
        from {{ ref("stg_hubspot__deal_companies") }}
    )

select
    deals.deal_id,
    deals.contact_keys,
    coalesce(deals.company_id, companies.company_id) as company_id,
    deals.external_id,
    coalesce(deals.is_deleted, false) or merged.merged_deal_id is not null as is_gone,
    coalesce(deals.pipeline, deals.pipeline_id) as pipeline,
    coalesce(deals.stage, stages.label, deals.stage_id) as stage,
    case
        when stages.is_won
        then 'closed won'
        when stages.is_closed
        then 'closed lost'
        when stages.is_closed is not null
        then 'open'
    end as outcome,
    deals.currency,
    deals.deal_type,
    deals.owner,
    deals.created_at,
    deals.closed_at,
    deals.updated_at,
    deals.amount,
    deals.file_id,
    deals.file_row,
    deals.exported_at
from deals
left join stages on deals.stage_id = stages.stage_id
left join merged on deals.deal_id = merged.merged_deal_id
left join companies on deals.deal_id = companies.deal_id and companies.choice = 1
