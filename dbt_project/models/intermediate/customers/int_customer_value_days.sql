{%- set sums = ["orders", "orders_with_cost", "net_revenue", "cm2"] %}
with

    customers as (
        select
            customer_id,
            became_customer_date as day,
            first_order_id,
            channel,
            segment,
            campaign
            {% for age in ltv_ages() %}
                , {{ months_later("became_customer_date", age) }} as until_{{ age }}
            {% endfor %}
        from {{ ref("int_customer_attributes") }}
        where became_customer_date is not null
    ),

    orders as (select * from {{ ref("int_order_revenue") }} where counts_as_revenue),

    -- A customer counts once, with its orders or without one.
    counted as (
        select
            day,
            channel,
            segment,
            campaign,
            1 as customers,
            0 as first_orders,
            0 as first_order_cm2,
            0 as orders,
            0 as orders_with_cost,
            0 as net_revenue,
            0 as cm2
            {% for age in ltv_ages() %}
                {%- for sum in sums %}, 0 as {{ sum }}_{{ age }} {%- endfor %}
            {% endfor %}
        from customers
        union all
        select
            customers.day,
            customers.channel,
            customers.segment,
            customers.campaign,
            0,
            case
                when orders.order_id = customers.first_order_id and orders.cm2 is not null
                then 1
                else 0
            end,
            case when orders.order_id = customers.first_order_id then orders.cm2 end,
            1,
            case when orders.cm2 is not null then 1 else 0 end,
            orders.net_revenue,
            orders.cm2
            {% for age in ltv_ages() %}
                {%- set is_early = "orders.order_date < customers.until_" ~ age %},
                case when {{ is_early }} then 1 else 0 end,
                case when {{ is_early }} and orders.cm2 is not null then 1 else 0 end,
                case when {{ is_early }} then orders.net_revenue end,
                case when {{ is_early }} then orders.cm2 end
            {% endfor %}
        from customers
        inner join orders on customers.customer_id = orders.customer_id
    )

select
    day,
    channel,
    segment,
    campaign,
    cast(sum(customers) as bigint) as customers,
    cast(sum(first_orders) as bigint) as first_orders,
    cast(coalesce(sum(first_order_cm2), 0) as decimal(20, 6)) as first_order_cm2,
    {% for suffix in [""] + ltv_ages() %}
        {%- set end = "_" ~ suffix if suffix else "" %}
        cast(sum(orders{{ end }}) as bigint) as orders{{ end }},
        cast(sum(orders_with_cost{{ end }}) as bigint) as orders_with_cost{{ end }},
        cast(coalesce(sum(net_revenue{{ end }}), 0) as decimal(20, 6)) as net_revenue{{ end }},
        cast(coalesce(sum(cm2{{ end }}), 0) as decimal(20, 6)) as cm2{{ end }}
        {% if not loop.last %}, {% endif %}
    {% endfor %}
from counted
group by day, channel, segment, campaign
