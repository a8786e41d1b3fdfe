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

{#- Money at a rate; most of it is in the reporting currency and need not be multiplied. -#}
{% macro at_rate(amount, rate) -%}
    case
        when {{ rate }} = 1
        then cast({{ amount }} as decimal(20, 6))
        else {{ money("(" ~ amount ~ ") * " ~ rate) }}
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
