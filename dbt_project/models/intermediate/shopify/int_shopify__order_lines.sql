{{ config(materialized=keyed(), key=["order_name"]) }}
{% set lines = ref("stg_shopify__order_lines") %}
{% set keys = touched({
    "shopify.order_lines": "select order_name from " ~ lines ~ " where file_id in {new_files}",
}) %}
{% set columns %}order_name,
    order_id,
    email_key,
    financial_status,
    currency,
    sku,
    payment_method,
    created_at,
    paid_at,
    cancelled_at,
    total,
    taxes,
    refunded_amount,
    quantity,
    unit_price,
    line_discount,
    file_id,
    file_row,
    exported_at{% endset %}
{#- What an export said that is older than the newest known says nothing any more. Read in place: most orders stand in one export, and only the others have to be ranked. -#}
{% set lines %}
    (
        select {{ columns }}
        from {{ only_new_files(lines, keys) }} as lines
        {% if keys is not none %}
            union all
            select {{ columns }}
            from {{ only(this, keys, ["order_name"]) }} as lines
        {% endif %}
    ) as lines
{% endset %}

with

    exported_again as (
        select order_name from {{ lines }} group by order_name having min(file_id) <> max(file_id)
    ),

    repeated as (
        select lines.*
        from {{ lines }}
        inner join exported_again on lines.order_name = exported_again.order_name
    )

select {{ columns }}
from {{ lines }}
where not exists (select 1 from exported_again where exported_again.order_name = lines.order_name)
union all
select {{ columns }}
from {{ newest_export("repeated", ["order_name"]) }} as current_rows
