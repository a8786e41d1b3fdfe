{% set orders_of_the_margin = "orders.counts_as_revenue and not orders.is_cost_missing" %}
{% set components = {
    "price": "net_before_refunds + discount",
    "discount": "0 - discount",
    "refunds": "0 - net_refunds",
    "unit_cost": "0 - cogs - variable_cost",
} %}
with

    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'all')),
    cac as (
        select *
        from {{ ref("kpi_cac") }}
        where dimension = 'channel' and grain not in ('day', 'all')
    ),
    conversions as (
        select *
        from {{ ref("int_conversion_days") }}
        where variant = 'cohort_person' and stage_pair = 'mql>sql'
    ),
    orders as (select * from {{ ref("fct_orders") }} as orders where {{ orders_of_the_margin }}),

    inputs as (
        {% for kpi, variant, amount, units in [
            ("cac_blended_media", "", "media_spend", "new_customers"),
            ("cac_paid", "last_touch", "paid_media_spend", "paid_new_customers"),
            ("cac_fully_loaded", "", "loaded_cost", "new_customers"),
        ] %}
            select
                '{{ kpi }}' as kpi,
                '{{ variant }}' as variant,
                grain,
                period,
                'channel' as dimension,
                member,
                'rate' as component,
                {{ amount }} as amount,
                {{ units }} as units
            from cac
            -- Costs of a month have no days and no weeks.
            where {{ amount }} is not null
            union all
        {% endfor %}
        select
            'stage_conversion_rate',
            'cohort_person',
            periods.grain,
            periods.period,
            'source_group+segment',
            conversions.source_group || '+' || conversions.segment,
            'rate',
            conversions.converted,
            conversions.cohort_size
        from conversions
        inner join periods on conversions.cohort_date = periods.period_day
        {% for component, amount in components.items() %}
            union all
            select
                'cm3',
                'order_basis',
                periods.grain,
                periods.period,
                'channel',
                orders.channel,
                '{{ component }}',
                {{ amount }},
                1
            from orders
            inner join periods on orders.order_date = periods.period_day
        {% endfor %}
        union all
        -- A refund of an order that nobody knows has an amount and no order to share it.
        select
            'cm3',
            'order_basis',
            periods.grain,
            periods.period,
            'channel',
            '(unattributed)',
            'refunds',
            0 - refunds.net_refund,
            0
        from {{ ref("int_order_refunds") }} as refunds
        inner join periods on refunds.order_basis_date = periods.period_day
        where refunds.is_counted and refunds.is_order_unknown
        union all
        select
            'cm3',
            'order_basis',
            periods.grain,
            periods.period,
            'channel',
            marketing.channel,
            'marketing_spend',
            0 - marketing.direct_marketing,
            0
        from {{ ref("int_direct_marketing_days") }} as marketing
        inner join periods on {{ in_period("marketing") }}
    )

select
    -- keys
    kpi,
    variant,
    grain,
    period,
    dimension,
    member,
    component,

    -- measures
    cast(sum(amount) as decimal(20, 6)) as amount,
    cast(sum(units) as bigint) as units
from inputs
group by kpi, variant, grain, period, dimension, member, component
having sum(abs(amount)) > 0 or sum(units) > 0
