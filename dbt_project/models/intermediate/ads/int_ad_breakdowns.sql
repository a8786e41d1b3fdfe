with

    rules as (select * from {{ ref("ad_breakdowns") }}),

    reported as (
        select source, breakdown
        from {{ ref("int_ad_coverage") }}
        union
        select source, breakdown
        from {{ ref("int_ad_period_totals") }}
    ),

    breakdowns as (
        select
            source,
            breakdown,
            -- Without a campaign it says no more than the account does.
            replace(breakdown, '+', ';') || case
                when
                    breakdown = 'campaign'
                    or breakdown like '%+campaign%'
                    or breakdown like 'campaign+%'
                then ''
                else ';account'
            end as dimensions
        from reported
    ),

    dimensions as (
        select distinct source, breakdown, part as dimension
        from {{ split_rows("breakdowns", "dimensions") }}
    ),

    ruled as (
        select
            dimensions.source,
            dimensions.breakdown,
            dimensions.dimension,
            coalesce(own.is_complete, every.is_complete) as is_complete,
            coalesce(own.rank, every.rank) as rank
        from dimensions
        left join
            rules as own on dimensions.source = own.source and dimensions.dimension = own.dimension
        left join rules as every on every.source = '*' and dimensions.dimension = every.dimension
    )

select
    source,
    breakdown,
    min(case when is_complete then 1 else 0 end) = 1 as is_complete,
    cast(max(rank) as bigint) as rank,
    -- Complete, and nothing in it belongs to a campaign: its sum is what the account has.
    min(case when is_complete and dimension not in ('campaign', 'ad_set', 'ad') then 1 else 0 end)
    = 1 as is_account_grain,
    max(case when is_complete is null then dimension end) as unknown_dimension
from ruled
group by source, breakdown
