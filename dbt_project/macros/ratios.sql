{#- A sum divided by a sum, to eight decimals; null when the denominator is zero or null.
    Division and floor of doubles are the same bits on every engine, casts of doubles to decimals are not. -#}
{% macro ratio(numerator, denominator) -%}
    cast(
        cast(
            floor(
                cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0)
                * 100000000
                + 0.5
            ) as decimal(28, 0)
        )
        * cast(0.00000001 as decimal(9, 8)) as decimal(28, 8)
    )
{%- endmacro %}
