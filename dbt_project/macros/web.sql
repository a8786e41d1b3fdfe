{#- The select list that staging has for events of a website; a source may add columns of its own. -#}
{% macro stage_web(source_name, own_columns) -%}
    {%- set columns = [
        "event_id", "visitor_key", "user_key", "session_id", "event_name", "happened_at", "page_url", "referrer_host",
        "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "dclid", "click_id",
        "click_network",
    ] + own_columns %}
    with

        source as (select * from {{ source(source_name, "events") }}),

        renamed as (
            select
                {{ columns | join(",\n            ") }},

                -- lineage
                file_id,
                file_row,
                exported_at
            from source
        )

    select *
    from renamed
{%- endmacro %}

{#- A parameter of an address; null where it has none. -#}
{% macro url_parameter(url, name) -%}
    nullif(regexp_extract({{ url }}, '[?&]{{ name }}=([^&#]*)', 1), '')
{%- endmacro %}

{#- The host of an address, and of a host by itself, without www. -#}
{% macro url_host(url) -%}
    nullif({{ bare_host("regexp_extract(lower(" ~ url ~ "), '^[a-z]+://([^/?]*)', 1)") }}, '')
{%- endmacro %}

{% macro bare_host(host) -%} regexp_replace({{ host }}, '^www[.]', '') {%- endmacro %}

{#- What a tag says; null where it says nothing, or holds a template that nobody filled in. -#}
{% macro tag_text(tag) -%}
    case
        when
            position('{' in {{ tag }}) > 0
            or position('%7b' in lower({{ tag }})) > 0
            or (left(trim({{ tag }}), 2) = '__' and right(trim({{ tag }}), 2) = '__')
            or lower(trim({{ tag }})) in ('(not set)', '(none)', '(direct)', '')
        then null
        else trim(replace(replace({{ tag }}, '%20', ' '), '+', ' '))
    end
{%- endmacro %}

{#- A tag as the seed utm_rules spells it; empty where there is none. -#}
{% macro tag_word(tag) -%}
    coalesce(replace(replace(lower({{ tag_text(tag) }}), ' ', '_'), '-', '_'), '')
{%- endmacro %}

{#- Whether a text is one of several patterns joined with |, in which * stands for anything. -#}
{% macro fits_patterns(text, patterns) -%}
    {{ return(adapter.dispatch("fits_patterns", "duet")(text, patterns)) }}
{%- endmacro %}

{% macro default__fits_patterns(text, patterns) -%}
    regexp_full_match({{ text }}, {{ duet.as_expression(patterns) }})
{%- endmacro %}

{% macro spark__fits_patterns(text, patterns) -%}
    rlike({{ text }}, concat('^(', {{ duet.as_expression(patterns) }}, ')$'))
{%- endmacro %}

{% macro as_expression(patterns) -%}
    replace(replace(coalesce({{ patterns }}, ''), '.', '[.]'), '*', '.*')
{%- endmacro %}
