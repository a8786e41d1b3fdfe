with

    spend as (
        select
            channel, sum(spend) as spend, min(case when spend > 0 then day end) as first_spend_date
        from {{ ref("int_media_days") }}
        where day <= {{ as_of_date() }}
        group by channel
    ),

    customers as (
        select acquisition_channel as channel, count(*) as new_customers
        from {{ ref("int_customers") }}
        group by acquisition_channel
    ),

    channels as (
        select channel
        from spend
        union
        select channel
        from customers
        union
        select channel
        from {{ ref("int_costs") }}
        where channel is not null and month <= {{ as_of_date() }}
        union
        select '(unattributed)'
    )

select
    channels.channel,
    {{ is_paid_channel("channels.channel", "coalesce(spend.spend, 0)") }} as is_paid,
    spend.first_spend_date,
    cast(coalesce(spend.spend, 0) as decimal(20, 6)) as spend,
    cast(coalesce(customers.new_customers, 0) as bigint) as new_customers
from channels
left join spend on channels.channel = spend.channel
left join customers on channels.channel = customers.channel
