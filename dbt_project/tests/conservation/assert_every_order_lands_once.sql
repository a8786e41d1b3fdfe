{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "An order of the lake is missing from int_orders or twice in it: check the keys of the seeds "
        ~ "order_statuses and rate_cards and of int_person_keys."
}) }}

with

    landed as (
        select 'shopify' as source, coalesce(forms.order_key, lines.order_name) as source_order_id
        from {{ ref("stg_shopify__order_lines") }} as lines
        left join
            {{ ref("int_shopify__order_forms") }} as forms
            on forms.form = 'export'
            and lines.order_name = forms.order_name
        group by 1, 2
        union all
        select 'shopify', order_id
        from {{ ref("stg_shopify__orders") }}
        group by 1, 2
        union all
        select 'stripe', charge_id
        from {{ ref("int_stripe__movements") }}
        inner join {{ ref("int_stripe__role") }} as role on role.is_order_source
        where class = 'revenue'
        group by 1, 2
        union all
        select 'stripe', charge_id
        from {{ ref("stg_stripe__charges") }}
        inner join {{ ref("int_stripe__role") }} as role on role.is_order_source
        group by 1, 2
        union all
        select 'template', order_id
        from {{ ref("stg_template__orders") }}
        group by 1, 2
    ),

    orders as (
        select source, source_order_id, count(*) as order_rows
        from {{ ref("int_orders") }}
        group by 1, 2
    )

select landed.*, orders.order_rows
from landed
left join
    orders on landed.source = orders.source and landed.source_order_id = orders.source_order_id
where coalesce(orders.order_rows, 0) <> 1
