with

    deals as (
        select *
        from {{ ref("int_crm_records") }}
        where object = 'deals' and stage in ('open', 'won')
    ),
    matches as (select * from {{ ref("int_crm_matches") }} where object = 'deals'),
    pairs as (
        select
            pairs.*,
            coalesce(marketing_value, 0) as marketing_money,
            coalesce(sales_value, 0) as sales_money,
            -- The amount of the sales CRM at the rate of the marketing CRM's date.
            coalesce({{ at_rate("sales_amount", "marketing_fx_rate") }}, 0) as sales_money_at_rate,
            marketing_currency = sales_currency as has_one_currency
        from {{ ref("int_crm_pairs") }} as pairs
        where object = 'deals'
    ),

    parts as (
        select
            deals.stage as status,
            case
                when matches.bucket <> 'missing'
                then matches.bucket
                when deals.system_kind = 'marketing_crm'
                then 'only_in_marketing'
                else 'only_in_sales'
            end as part,
            deals.record_id,
            case when deals.system_kind = 'marketing_crm' then 1 else -1 end
            * coalesce(deals.value, 0) as amount
        from deals
        inner join matches on deals.record_no = matches.record_no
        where matches.bucket <> 'matched'
        union all
        select marketing_stage, 'amount', marketing_record_id, marketing_money - sales_money_at_rate
        from pairs
        where marketing_stage = sales_stage and has_one_currency
        union all
        select marketing_stage, 'rate', marketing_record_id, sales_money_at_rate - sales_money
        from pairs
        where marketing_stage = sales_stage and has_one_currency
        union all
        select marketing_stage, 'currency', marketing_record_id, marketing_money - sales_money
        from pairs
        where marketing_stage = sales_stage and not has_one_currency
        union all
        -- Counted here on one side, there or nowhere on the other.
        select marketing_stage, 'status', marketing_record_id, marketing_money
        from pairs
        where marketing_stage <> sales_stage
        union all
        select sales_stage, 'status', sales_record_id, 0 - sales_money
        from pairs
        where marketing_stage <> sales_stage
    )

select status, part, record_id, cast(amount as decimal(20, 6)) as amount
from parts
where status in ('open', 'won')
