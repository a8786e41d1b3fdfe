with

    statuses as (
        select 'open' as status
        union all
        select 'won'
    ),
    sums as (
        select
            stage as status,
            sum(
                case when system_kind = 'marketing_crm' then coalesce(value, 0) else 0 end
            ) as marketing_amount,
            sum(
                case when system_kind = 'sales_crm' then coalesce(value, 0) else 0 end
            ) as sales_amount,
            sum(case when value is null then 1 else 0 end) as deals_without_amount
        from {{ ref("int_crm_records") }}
        where object = 'deals'
        group by stage
    ),
    parts as (
        select
            parts.status,
            {{ gap_part("only_in_marketing") }} as only_in_marketing,
            {{ gap_part("only_in_sales") }} as only_in_sales,
            {{ gap_part("ambiguous") }} as ambiguous,
            {{ gap_part("pending") }} as pending,
            {{ gap_part("amount") }} as amount_differences,
            {{ gap_part("currency") }} as currency_differences,
            {{ gap_part("rate") }} as rate_differences,
            {{ gap_part("status") }} as status_differences
        from {{ ref("int_crm_gap_parts") }} as parts
        group by parts.status
    )

select
    -- keys
    statuses.status,
    {{ as_of_date() }} as as_of,

    -- both sides
    cast(coalesce(sums.marketing_amount, 0) as decimal(20, 6)) as marketing_amount,
    cast(coalesce(sums.sales_amount, 0) as decimal(20, 6)) as sales_amount,
    cast(
        coalesce(sums.marketing_amount, 0) - coalesce(sums.sales_amount, 0) as decimal(20, 6)
    ) as gap,

    -- why they differ
    {% for part in [
        "only_in_marketing", "only_in_sales", "ambiguous", "pending", "amount_differences",
        "currency_differences", "rate_differences", "status_differences"
    ] -%}
        cast(coalesce(parts.{{ part }}, 0) as decimal(20, 6)) as {{ part }},
    {% endfor -%}
    cast(coalesce(sums.deals_without_amount, 0) as bigint) as deals_without_amount
from statuses
left join sums on statuses.status = sums.status
left join parts on statuses.status = parts.status
