{#- Whether a channel is paid: duet.yml names it, or names none and the channel has ever had spend. -#}
{% macro is_paid_channel(channel, spend_ever) -%}
    {%- set names = var("cac")["paid_channels"] -%}
    {%- if names -%} {{ channel }} in ('{{ names | join("', '") }}')
    {%- else -%} {{ spend_ever }} > 0
    {%- endif -%}
{%- endmacro %}
