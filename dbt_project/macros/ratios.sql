{#- A sum divided by a sum, to eight decimals; null when the denominator is zero or null.
    Division and floor of doubles are the same bits on every engine, casts of doubles to decimals are not. -#}
{% macro ratio(numerator, denominator) -%}
    cast(
        cast(
            floor(
                cast({{ numerator }} as double)
                / nullif(cast({{ denominator }} as double), 0)
                * 100000000
                + 0.5
            ) as decimal(28, 0)
        )
        * cast(0.00000001 as decimal(9, 8)) as decimal(28, 8)
    )
{%- endmacro %}

{#- Smallest whole number whose product with a positive denominator reaches the numerator.
    A double guesses it, decimals decide: the guess may be off by one. -#}
{% macro ceiling(numerator, denominator) -%}
    {%- set guess -%}
        cast(floor(cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0)) as decimal(15, 0))
    {%- endset -%}
    case
        when {{ denominator }} <= 0
        then null
        when {{ denominator }} * ({{ guess }} - 1) >= {{ numerator }}
        then cast({{ guess }} - 1 as bigint)
        when {{ denominator }} * {{ guess }} >= {{ numerator }}
        then cast({{ guess }} as bigint)
        else cast({{ guess }} + 1 as bigint)
    end
{%- endmacro %}

{#- A statistic to eight decimals, by the floor as in `ratio`. Its last bits depend on the order in which an engine adds;
    the ten-thousandth of a digit on top lets every tie go up, whatever those bits are. -#}
{% macro rounded(statistic) -%}
    cast(
        cast(floor({{ statistic }} * 100000000 + 0.5001) as decimal(28, 0))
        * cast(0.00000001 as decimal(9, 8)) as decimal(28, 8)
    )
{%- endmacro %}
