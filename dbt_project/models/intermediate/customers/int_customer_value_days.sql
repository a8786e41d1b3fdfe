{%- set ages = var("retention")["ltv_ages_months"] %}
with

    customers as (
        select
            customer_id,
            became_customer_date,
            first_order_id,
            channel,
            segment,
            campaign
            {% for age in ages %}
                , {{ months_later("became_customer_date", age) }} as until_{{ age }}
            {% endfor %}
        from {{ ref("int_customer_attributes") }}
        where first_order_id is not null
    )

select
    customers.became_customer_date as day,
    customers.channel,
    customers.segment,
    customers.campaign,
    cast(
        sum(case when orders.order_id = customers.first_order_id then 1 else 0 end) as bigint
    ) as customers,
    cast(
        sum(
            case
                when orders.order_id = customers.first_order_id and not orders.is_cost_missing
                then 1
                else 0
            end
        ) as bigint
    ) as first_orders,
    cast(
        sum(
            case when orders.order_id = customers.first_order_id then orders.cm2 else 0 end
        ) as decimal(20, 6)
    ) as first_order_cm2
    {% for age in ages %}
        ,
        cast(
            sum(
                case
                    when
                        orders.order_date < customers.until_{{ age }} and not orders.is_cost_missing
                    then 1
                    else 0
                end
            ) as bigint
        ) as orders_{{ age }},
        cast(
            sum(
                case when orders.order_date < customers.until_{{ age }} then orders.cm2 else 0 end
            ) as decimal(20, 6)
        ) as cm2_{{ age }}
    {% endfor %}
from customers
inner join {{ ref("int_order_revenue") }} as orders on customers.customer_id = orders.customer_id
where orders.counts_as_revenue
group by 1, 2, 3, 4
