{#- Rate of a currency: 1 for the reporting currency, else the joined rate of the day, which may be missing. -#}
{% macro fx_rate(currency, rate) -%}
    case
        when {{ currency }} = '{{ var("reporting_currency") }}'
        then cast(1 as decimal(17, 10))
        else cast({{ rate }} as decimal(17, 10))
    end
{%- endmacro %}

{#- The one rate of a currency at which trends are compared, by fx.constant_rates; null where duet.yml names none. -#}
{% macro constant_rate(currency) -%}
    cast(
        {%- set rates = var("fx")["constant_rates"] -%}
        {%- if rates %}
            case
                {{ currency }}
                when '{{ var("reporting_currency") }}'
                then 1
                {%- for name, rate in rates.items() %}
                    when '{{ name }}' then {{ rate }}
                {%- endfor %}
            end
        {% else %}null
        {% endif -%} as decimal(17, 10)
    )
{%- endmacro %}

{#- A sum at constant rates: null where duet.yml names none. -#}
{% macro at_constant_rates(amount) -%}
    {%- if var("fx")["constant_rates"] -%} {{ amount }}
    {%- else -%} cast(null as decimal(20, 6))
    {%- endif -%}
{%- endmacro %}

{#- A product of money and a factor, as money again: products must not outgrow 38 digits. -#}
{% macro money(product) -%} cast({{ product }} as decimal(20, 6)) {%- endmacro %}

{#- An amount of so many decimals as money, half away from zero. DuckDB divides numbers of 128 bits, which money is kept
    in, thirty times slower than those of 64, into which all but the largest amounts fit. -#}
{% macro as_money(amount, decimals) -%}
    {{ return(adapter.dispatch("as_money", "duet")(amount, decimals)) }}
{%- endmacro %}

{% macro default__as_money(amount, decimals) -%}
    {%- set largest = 10 ** (18 - decimals) - 1 -%}
    case
        when {{ amount }} between -{{ largest }} and {{ largest }}
        then
            cast(
                cast(
                    cast({{ amount }} as decimal(18, {{ decimals }})) as decimal(
                        {{ 24 - decimals }}, 6
                    )
                ) as decimal(20, 6)
            )
        else {{ money(amount) }}
    end
{%- endmacro %}

{% macro spark__as_money(amount, decimals) -%} {{ money(amount) }} {%- endmacro %}

{#- An amount of the lake, which keeps eight decimals. -#}
{% macro lake_amount(column) -%} {{ as_money(column, 8) }} {%- endmacro %}

{#- So many units at a price. -#}
{% macro units_at(quantity, price) -%}
    {{ as_money("(cast(" ~ quantity ~ " as decimal(17, 6)) * " ~ price ~ ")", 12) }}
{%- endmacro %}

{#- Money at a rate; most of it is in the reporting currency and need not be multiplied. -#}
{% macro at_rate(amount, rate) -%}
    case
        when {{ rate }} = 1
        then cast({{ amount }} as decimal(20, 6))
        else {{ as_money("((" ~ amount ~ ") * " ~ rate ~ ")", 16) }}
    end
{%- endmacro %}

{#- Currency that duet.yml declares for a source whose export names none. -#}
{% macro declared_currency(source) -%}
    cast(
        {%- set currency = (var("sources").get(source) or {}).get("currency") -%}
        {%- if currency %}'{{ currency }}'
        {% else %}null
        {% endif -%} as string
    )
{%- endmacro %}

{#- An amount that a percentage may be taken of: null unless it is above 0. -#}
{% macro positive(amount) -%} case when {{ amount }} > 0 then {{ amount }} end {%- endmacro %}
