{#- What is counted and what is added up about margins, in the order in which every step carries it. -#}
{% macro margin_counts() -%}
    {{ return([
        "orders", "paying_orders", "first_orders", "units", "revenue_rows", "rows_with_cogs", "rows_with_cost",
        "orders_with_cost",
    ]) }}
{%- endmacro %}

{% macro margin_amounts() -%}
    {{ return([
        "gross", "net_revenue", "first_order_revenue", "net_revenue_with_cogs", "net_revenue_with_cost", "cogs",
        "cogs_with_cost", "variable_cost", "hours", "cm2_with_hours", "fx_difference", "media_spend",
        "direct_marketing", "claimed_value", "spend_with_value",
    ]) }}
{%- endmacro %}

{#- All of them as a select list: those given, 0 for the rest. -#}
{% macro margin_measures(given) -%}
    {%- for name in margin_counts() + margin_amounts() %}
        {{ given.get(name, "0") }} as {{ name }}{% if not loop.last %}, {% endif %}
    {% endfor -%}
{%- endmacro %}

{#- All of them as sums. -#}
{% macro margin_sums() -%}
    {%- for name in margin_counts() %} cast(sum({{ name }}) as bigint) as {{ name }}, {% endfor -%}
    {%- for name in margin_amounts() %}
        cast(sum({{ name }}) as decimal(20, 6)) as {{ name }}{% if not loop.last %}, {% endif %}
    {% endfor -%}
{%- endmacro %}

{#- The two bases of a refund: on the day of its order, or on its own. -#}
{% macro revenue_bases() -%}
    (
        select 'order_basis' as basis
        union all
        select 'transaction_basis'
    ) as bases
{%- endmacro %}

{#- The first day that periods have, as relation `calendar`. -#}
{% macro first_calendar_day() -%}
    (select min(date_day) as first_day from {{ ref("dim_date") }}) as calendar
{%- endmacro %}

{#- First day of a month that periods have; the month of the first fact may begin before it. -#}
{% macro month_in_calendar(day) -%}
    greatest({{ period_start("month", day) }}, calendar.first_day)
{%- endmacro %}

{#- CM2 of rows with the measures of a margin. -#}
{% macro cm2_of_sums() -%}
    {{ money("net_revenue_with_cost - cogs_with_cost - variable_cost") }}
{%- endmacro %}

{#- The same, where no order knows its costs null: there is no margin, not one of 0. -#}
{% macro known_cm2() -%}
    case when rows_with_cost > 0 or revenue_rows = 0 then {{ cm2_of_sums() }} end
{%- endmacro %}

{#- A line's part of an amount of its order: the difference of two running parts, so that the parts add up to it. -#}
{% macro part_of(amount) -%}
    {{ money(running_part(amount, "share_after") ~ " - " ~ running_part(amount, "share_before")) }}
{%- endmacro %}

{#- Most lines are first or last and most amounts 0: those are not calculated. Doubles are divided and floored alike
    on every engine; whole millionths are exact below nine billion. -#}
{% macro running_part(amount, share) -%}
    case
        when {{ share }} = shares
        then {{ amount }}
        when {{ share }} = 0 or {{ amount }} = 0
        then cast(0 as decimal(20, 6))
        else
            cast(
                cast(
                    floor(
                        cast({{ amount }} as double)
                        * cast({{ share }} as double)
                        / cast(shares as double)
                        * 1000000
                        + 0.5
                    ) as bigint
                )
                * cast(0.000001 as decimal(7, 6)) as decimal(20, 6)
            )
    end
{%- endmacro %}
