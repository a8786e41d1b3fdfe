with

    marketing as (
        select day, is_monthly, channel, spend
        from {{ ref("int_media_days") }}
        union all
        select month, true, coalesce(channel, '(shared)'), amount
        from {{ ref("int_costs") }}
        where is_direct_marketing and pool <> 'media'
    )

select day, is_monthly, channel, cast(sum(spend) as decimal(20, 6)) as direct_marketing
from marketing
group by 1, 2, 3
