{#- Day of becoming a customer: the first order or the first won deal, whichever came first. -#}
{% macro became_customer(first_order_date, first_won_date) -%}
    least(
        coalesce({{ first_order_date }}, {{ first_won_date }}),
        coalesce({{ first_won_date }}, {{ first_order_date }})
    )
{%- endmacro %}
