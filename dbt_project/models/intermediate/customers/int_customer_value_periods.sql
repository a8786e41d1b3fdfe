{%- set ages = var("retention")["ltv_ages_months"] %}
{%- set columns = ["day", "customers", "first_orders", "first_order_cm2"] %}
{%- for age in ages %} {%- do columns.extend(["orders_" ~ age, "cm2_" ~ age]) %} {%- endfor %}
with

    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week')),
    days as (select * from {{ ref("int_customer_value_days") }}),

    sums as (
        select
            periods.grain,
            periods.period,
            cut.dimension,
            cut.member,
            sum(cut.customers) as customers,
            sum(cut.first_orders) as first_orders,
            sum(cut.first_order_cm2) as first_order_cm2
            {% for age in ages %}
                {%- set is_followed = (
                    months_later("case when periods.grain = 'all' then cut.day else periods.period_last_day end", age)
                    ~ " <= cast(" ~ as_of_date() ~ " + 1 as date)"
                ) %},
                sum(
                    case when {{ is_followed }} then cut.customers else 0 end
                ) as customers_{{ age }},
                sum(
                    case when {{ is_followed }} then cut.orders_{{ age }} else 0 end
                ) as orders_{{ age }},
                sum(case when {{ is_followed }} then cut.cm2_{{ age }} end) as cm2_{{ age }}
            {% endfor %}
        from {{ total_and_cuts("days", ["channel", "segment", "campaign"], columns) }} as cut
        inner join periods on cut.day = periods.period_day
        group by 1, 2, 3, 4
    )

select
    grain,
    period,
    dimension,
    member,
    0 as age_months,
    cast(case when first_orders > 0 then first_order_cm2 end as decimal(20, 6)) as cm2,
    cast(first_orders as bigint) as customers
from sums
{% for age in ages %}
    union all
    select
        grain,
        period,
        dimension,
        member,
        {{ age }},
        cast(case when orders_{{ age }} > 0 then cm2_{{ age }} end as decimal(20, 6)),
        cast(customers_{{ age }} as bigint)
    from sums
    where customers_{{ age }} > 0
{% endfor %}
