{{ config(materialized="view") }}

select
    forms.order_key,
    forms.form,
    forms.order_name,
    forms.order_id,
    forms.email_key,
    forms.customer_key,
    forms.order_date,
    forms.status,
    forms.currency,
    forms.exclusion,
    forms.total,
    forms.taxes,
    forms.refunded_amount,
    forms.file_id,
    forms.file_row
from {{ ref("int_shopify__order_forms") }} as forms
left join
    {{ ref("int_shopify__superseded_forms") }} as superseded
    on forms.order_key = superseded.order_key
    and forms.form = superseded.form
    and forms.order_name is not distinct from superseded.order_name
where superseded.order_key is null
