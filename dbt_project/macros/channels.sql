{#- Channel of a value by the rule that names it, else by the rule for anything else; `=` means the value itself. -#}
{% macro channel_of(named_channel, others_channel, value) -%}
    case
        when coalesce({{ named_channel }}, {{ others_channel }}) = '='
        then coalesce(nullif(lower(replace(trim({{ value }}), ' ', '_')), ''), '(unknown)')
        else coalesce({{ named_channel }}, {{ others_channel }}, '(unknown)')
    end
{%- endmacro %}
