with

    deals as (select * from {{ ref("int_deals") }}),
    account_ids as (select * from {{ ref("int_salesforce__account_ids") }}),
    template_customers as (select * from {{ ref("int_template_customer_ids") }}),

    -- The contact whom the firm has known longest stands for the deal.
    people as (
        select
            deal_persons.*,
            row_number() over (
                partition by opportunity_id
                order by is_excluded, first_created_at nulls last, person_id
            ) as choice
        from {{ ref("int_deal_persons") }} as deal_persons
    )

select
    deals.opportunity_id,
    deals.source,
    coalesce(
        account_ids.account_id,
        deals.account_key,
        template_customers.customer_id,
        people.customer_id,
        deals.customer_key
    ) as customer_id,
    people.person_id,
    {{ local_date("deals.created_at") }} as created_date,
    {{ local_date("deals.closed_at") }} as closed_date,
    deals.status,
    deals.opportunity_type,
    deals.amount,
    deals.currency,
    coalesce(
        nullif(people.source_channel, '(unknown)'), nullif(deals.channel, '(unknown)'), '(unknown)'
    ) as channel
from deals
left join people on deals.opportunity_id = people.opportunity_id and people.choice = 1
left join account_ids on deals.account_key = account_ids.account_key
left join template_customers on deals.customer_key = template_customers.customer_key
-- Deals of test and spam persons are tests themselves.
where not coalesce(people.is_excluded, false)
