with

    template_ids as (select * from {{ ref("int_template_customer_ids") }}),
    groups as (select * from {{ ref("source_groups") }}),

    subscribers as (select distinct customer_id from {{ ref("int_subscription_mrr") }}),

    customers as (
        select
            coalesce(buyers.customer_id, subscribers.customer_id) as customer_id,
            buyers.acquisition_channel,
            subscribers.customer_id is not null as is_subscriber
        from {{ ref("int_customers") }} as buyers
        full outer join subscribers on buyers.customer_id = subscribers.customer_id
    ),

    -- A firm that names one of its own houses was not referred.
    named as (
        select distinct ids.customer_id
        from {{ ref("int_template__customers") }} as listed
        inner join template_ids as ids on listed.customer_key = ids.customer_key
        left join template_ids as referrers on listed.referred_by_key = referrers.customer_key
        where
            listed.referred_by_key is not null
            and ids.customer_id <> coalesce(referrers.customer_id, listed.referred_by_key)
    ),

    -- What the customer says goes before what was tracked last.
    channels as (
        select
            customers.customer_id,
            customers.is_subscriber,
            named.customer_id is not null as is_named,
            coalesce(sources.source_channel, customers.acquisition_channel, '(unknown)') as channel
        from customers
        left join named on customers.customer_id = named.customer_id
        left join
            {{ ref("int_customer_sources") }} as sources
            on customers.customer_id = sources.customer_id
    )

select
    channels.customer_id,
    channels.is_subscriber,
    case
        when channels.is_named
        then 'referred'
        else
            case
                coalesce(own.source_group, others.source_group, '(unknown)')
                when 'referral'
                then 'referred'
                when '(unknown)'
                then '(unknown)'
                else 'not_referred'
            end
    end as referral
from channels
left join groups as own on channels.channel = own.channel
left join groups as others on others.channel = '*'
