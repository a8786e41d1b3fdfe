with

    breakdowns as (select * from {{ ref("int_ad_breakdowns") }}),

    compared as (
        select
            'day' as kind,
            source,
            account_id,
            breakdown,
            spend_date as period_start,
            spend_date as period_end,
            currency,
            reported_spend,
            total_spend,
            unallocated_spend,
            tolerance,
            case when feeding_file_id is null then 0 else 1 end as days_covered,
            1 as days_in_period,
            file_id,
            exported_at,
            feeding_exported_at as spend_exported_at
        from {{ ref("int_ad_comparisons") }}
        where not is_feeding and spend_date <= {{ as_of_date() }}
        union all
        select
            'period',
            source,
            account_id,
            breakdown,
            period_start,
            period_end,
            currency,
            reported_spend,
            total_spend,
            unallocated_spend,
            tolerance,
            days_covered,
            days_in_period,
            file_id,
            exported_at,
            spend_exported_at
        from {{ ref("int_ad_period_comparisons") }}
    )

select
    -- dimensions
    compared.kind,
    compared.source,
    compared.account_id,
    compared.breakdown,
    compared.period_start,
    compared.period_end,
    compared.currency,
    breakdowns.is_complete,
    case
        when compared.days_covered = 0
        then 'no_days'
        when compared.days_covered < compared.days_in_period
        then 'days_missing'
        when compared.reported_spend is null
        then 'unknown'
        when abs(compared.reported_spend - compared.total_spend) <= compared.tolerance
        then 'agrees'
        when compared.reported_spend > compared.total_spend
        then 'more'
        else 'less'
    end as status,
    compared.file_id,
    compared.exported_at,
    compared.spend_exported_at,

    -- measures
    compared.reported_spend,
    compared.total_spend as spend_in_currency,
    compared.unallocated_spend,
    cast(compared.reported_spend - compared.total_spend as decimal(20, 6)) as difference,
    compared.tolerance,
    cast(compared.days_covered as bigint) as days_covered,
    cast(compared.days_in_period as bigint) as days_in_period
from compared
inner join
    breakdowns on compared.source = breakdowns.source and compared.breakdown = breakdowns.breakdown
