{{ config(materialized=keyed(), key=["order_key"]) }}
{% set keys = touched(ways_to_shop_orders()) %}
{% set forms = only(ref("int_shopify__order_forms"), keys, ["order_key"]) %}
with

    -- Most orders have one form, and only the others have to be ranked.
    repeated as (select order_key from {{ forms }} as forms group by order_key having count(*) > 1),

    ranked as (
        select
            forms.order_key,
            forms.form,
            forms.order_name,
            row_number() over (
                partition by forms.order_key
                order by forms.exported_at desc nulls last, forms.form, forms.file_id desc
            ) as newest_first
        from {{ forms }} as forms
        inner join repeated on forms.order_key = repeated.order_key
    )

select order_key, form, order_name
from ranked
where newest_first > 1
