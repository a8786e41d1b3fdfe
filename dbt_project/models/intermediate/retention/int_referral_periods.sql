with

    months as (
        select
            {{ period_start("month", "customers.became_customer_date") }} as month,
            referrals.referral,
            count(*) as customers
        from {{ ref("int_customers") }} as customers
        inner join
            {{ ref("int_customer_referrals") }} as referrals
            on customers.customer_id = referrals.customer_id
        group by 1, 2
    ),

    new_customers as (
        select
            spans.grain,
            spans.period,
            sum(months.customers) as customers,
            sum(
                case when months.referral = 'referred' then months.customers else 0 end
            ) as referred_part,
            sum(
                case when months.referral = '(unknown)' then months.customers else 0 end
            ) as unknown_part
        from months
        inner join
            {{ ref("int_retention_spans") }} as spans on {{ month_of("spans", "months.month") }}
        group by spans.grain, spans.period
    ),

    -- What customers brought in the period in which they were won.
    new_revenue as (
        select
            spans.grain,
            spans.period,
            sum(margins.net_revenue) as net_revenue,
            sum(
                case when margins.referral = 'referred' then margins.net_revenue else 0 end
            ) as referred_part,
            sum(
                case when margins.referral = '(unknown)' then margins.net_revenue else 0 end
            ) as unknown_part
        from {{ ref("int_cohort_margins") }} as margins
        inner join
            {{ ref("int_retention_spans") }} as spans
            on {{ month_of("spans", "margins.cohort_month") }}
            and {{ month_of("spans", "margins.order_month") }}
        group by spans.grain, spans.period
    )

select
    new_customers.grain,
    new_customers.period,
    cast(new_customers.customers as bigint) as new_customers,
    cast(new_customers.referred_part as bigint) as referred_customers,
    cast(new_customers.unknown_part as bigint) as unknown_customers,
    cast(coalesce(new_revenue.net_revenue, 0) as decimal(20, 6)) as new_revenue,
    cast(coalesce(new_revenue.referred_part, 0) as decimal(20, 6)) as referred_revenue,
    cast(coalesce(new_revenue.unknown_part, 0) as decimal(20, 6)) as unknown_revenue
from new_customers
left join
    new_revenue
    on new_customers.grain = new_revenue.grain
    and new_customers.period is not distinct from new_revenue.period
