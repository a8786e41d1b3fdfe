with

    customer_months as (
        select customer_id, {{ period_start("month", "order_date") }} as month
        from {{ ref("int_order_revenue") }}
        where counts_as_revenue and not is_cost_missing
        group by 1, 2
    ),

    -- Two small tables of counts instead of one of customers and periods.
    months as (
        select
            customer_months.month,
            coalesce(attributes.channel, '(unattributed)') as channel,
            coalesce(attributes.segment, '(unknown)') as segment,
            coalesce(attributes.campaign, '(unattributed)') as campaign,
            count(*) as customers
        from customer_months
        left join
            {{ ref("int_customer_attributes") }} as attributes
            on customer_months.customer_id = attributes.customer_id
        group by 1, 2, 3, 4
    ),

    ever as (
        select
            coalesce(attributes.channel, '(unattributed)') as channel,
            coalesce(attributes.segment, '(unknown)') as segment,
            coalesce(attributes.campaign, '(unattributed)') as campaign,
            count(*) as customers
        from (select distinct customer_id from customer_months) as buyers
        left join
            {{ ref("int_customer_attributes") }} as attributes
            on buyers.customer_id = attributes.customer_id
        group by 1, 2, 3
    )

    {% set cuts = ["channel", "segment", "campaign"] %}
select
    'month' as grain,
    month as period,
    dimension,
    member,
    cast(sum(customers) as bigint) as customers
from {{ total_and_cuts("months", cuts, ["month", "customers"]) }} as cut
group by 1, 2, 3, 4
union all
select 'all', cast(null as date), dimension, member, cast(sum(customers) as bigint)
from {{ total_and_cuts("ever", cuts, ["customers"]) }} as cut
group by 3, 4
