{#- Rows of costs, each as often as months bear it: bearing_month is the month, borne_amount its part of the amount.
    Parts are whole cents and the last one is what is left, so that they add up to the amount. -#}
{% macro borne_by_month(costs) -%}
    (
        select
            costs.*,
            {{ months_later("costs.month", "months_so_far.id") }} as bearing_month,
            {{ accrued("costs.amount", "months_so_far.id + 1", "costs.months") }}
            - {{ accrued("costs.amount", "months_so_far.id", "costs.months") }} as borne_amount
        from {{ costs }} as costs
        inner join
            range({{ most_months() }}) as months_so_far(id) on months_so_far.id < costs.months
    )
{%- endmacro %}

{#- No bill pays for more months than this; a row that says so loses a part, and its check names it. -#}
{% macro most_months() -%} 120 {%- endmacro %}

{#- What the first months of a cost's time bear of it. Whole cents divide exactly as doubles. -#}
{% macro accrued(amount, months_so_far, months) -%}
    case
        when {{ months_so_far }} = {{ months }}
        then cast({{ amount }} as decimal(20, 6))
        else
            cast(
                cast(
                    floor(
                        cast(floor({{ amount }} * 100) as double)
                        * ({{ months_so_far }})
                        / {{ months }}
                    ) as decimal(16, 0)
                )
                * cast(0.01 as decimal(3, 2)) as decimal(20, 6)
            )
    end
{%- endmacro %}
