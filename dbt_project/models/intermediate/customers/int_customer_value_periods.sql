{%- set sums = ["orders", "orders_with_cost", "net_revenue", "cm2"] %}
{%- set columns = ["day", "customers", "first_orders", "first_order_cm2"] + sums %}
{%- for age in ltv_ages() %}
    {%- for sum in sums %} {%- do columns.append(sum ~ "_" ~ age) %} {%- endfor %}
{%- endfor %}
{%- set tomorrow = "cast(" ~ as_of_date() ~ " + 1 as date)" %}
with

    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week')),
    days as (select * from {{ ref("int_customer_value_days") }}),

    -- A cohort has one size at every age; all time is no cohort and speaks of those who are so old.
    added as (
        select
            periods.grain,
            periods.period,
            max(periods.period_last_day) as last_day,
            cut.dimension,
            cut.member,
            sum(cut.customers) as customers,
            sum(cut.first_orders) as first_orders,
            sum(cut.first_order_cm2) as first_order_cm2,
            sum(cut.orders) as orders,
            sum(cut.orders_with_cost) as orders_with_cost,
            sum(cut.net_revenue) as net_revenue,
            sum(cut.cm2) as cm2
            {% for age in ltv_ages() %}
                {%- set is_counted = (
                    "periods.grain <> 'all' or " ~ months_later("cut.day", age) ~ " <= " ~ tomorrow
                ) %}
                {%- for sum in ["customers"] + sums %}
                    ,
                    sum(
                        case
                            when {{ is_counted }}
                            then cut.{{ sum if sum == "customers" else sum ~ "_" ~ age }}
                            else 0
                        end
                    ) as {{ sum }}_{{ age }}
                {%- endfor %}
            {% endfor %}
        from {{ total_and_cuts("days", ["channel", "segment", "campaign"], columns) }} as cut
        inner join periods on cut.day = periods.period_day
        group by 1, 2, 4, 5
    ),

    ages as (
        select
            grain,
            period,
            dimension,
            member,
            'first_order' as age,
            0 as age_months,
            true as is_mature,
            first_orders as customers,
            first_orders as orders,
            first_orders as orders_with_cost,
            cast(null as decimal(20, 6)) as net_revenue,
            first_order_cm2 as cm2
        from added
        {% for age in ltv_ages() %}
            union all
            select
                grain,
                period,
                dimension,
                member,
                'month_{{ age }}',
                {{ age }},
                grain = 'all' or {{ months_later("last_day", age) }} <= {{ tomorrow }},
                customers_{{ age }},
                orders_{{ age }},
                orders_with_cost_{{ age }},
                net_revenue_{{ age }},
                cm2_{{ age }}
            from added
        {% endfor %}
        union all
        select
            grain,
            period,
            dimension,
            member,
            'to_date',
            null,
            false,
            customers,
            orders,
            orders_with_cost,
            net_revenue,
            cm2
        from added
    )

select
    grain,
    period,
    dimension,
    member,
    age,
    cast(age_months as bigint) as age_months,
    is_mature,
    cast(customers as bigint) as customers,
    cast(orders as bigint) as orders,
    cast(orders_with_cost as bigint) as orders_with_cost,
    cast(net_revenue as decimal(20, 6)) as net_revenue,
    cast(cm2 as decimal(20, 6)) as cm2
from ages
