with

    accounts as (select * from {{ ref("int_accounts") }}),
    source_groups as (select * from {{ ref("source_groups") }}),
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
    ),

    deals as (
        select {{ deal_columns() | join(", ") }}
        from {{ ref("int_deals") }}
        union all
        select {{ deal_columns() | join(", ") }}
        from {{ ref("int_gone_deals") }}
    ),

    placed as (
        select
            deals.*,
            reports.updated_at,
            reports.amount_at_creation,
            reports.source_group as stated_group,
            coalesce(
                accounts.customer_id,
                deals.account_key,
                template_customers.customer_id,
                people.customer_id,
                companies.customer_id,
                deals.customer_key
            ) as customer_id,
            people.person_id,
            coalesce(
                sources.channel,
                nullif(people.source_channel, '(unknown)'),
                nullif(deals.channel, '(unknown)'),
                '(unknown)'
            ) as source_channel,
            case
                when reports.source_group <> ''
                then 'stated'
                when sources.channel is not null
                then 'touch'
                when people.source_channel <> '(unknown)'
                then 'person'
                when deals.channel <> '(unknown)'
                then 'deal'
                else 'none'
            end as source_basis
        from deals
        left join
            {{ ref("int_deal_reports") }} as reports
            on deals.source = reports.source
            and deals.source_opportunity_id = reports.source_opportunity_id
        left join
            {{ ref("int_deal_sources") }} as sources
            on deals.opportunity_id = sources.opportunity_id
        left join people on deals.opportunity_id = people.opportunity_id and people.choice = 1
        left join accounts on deals.account_key = accounts.account_key
        left join accounts as companies on deals.customer_key = companies.account_key
        left join template_customers on deals.customer_key = template_customers.customer_key
        -- Deals of test and spam persons are tests themselves.
        where not coalesce(people.is_excluded, false)
    )

select
    placed.opportunity_id,
    placed.source,
    placed.customer_id,
    placed.person_id,
    placed.created_at,
    {{ local_date("placed.created_at") }} as created_date,
    placed.closed_at,
    {{ local_date("placed.closed_at") }} as closed_date,
    placed.status,
    placed.opportunity_type,
    placed.amount,
    placed.currency,
    placed.source_channel as channel,
    coalesce(
        nullif(placed.stated_group, ''), named.source_group, others.source_group, '(unknown)'
    ) as source_group,
    coalesce(segments.segment, '(unknown)') as segment,
    coalesce(placed.owner, '(none)') as owner,
    placed.source_basis,
    placed.amount_at_creation,
    placed.updated_at,
    placed.source_opportunity_id
from placed
left join
    {{ ref("int_customer_segments") }} as segments on placed.customer_id = segments.customer_id
left join source_groups as named on placed.source_channel = named.channel
left join source_groups as others on others.channel = '*'
