{#- Ages of a cohort at which its lifetime value is told, in months. -#}
{% macro ltv_ages() -%}
    {{ return(var("retention")["ltv_ages_months"] | unique | sort) }}
{%- endmacro %}

{#- What can become of a customer's recurring revenue between two months. -#}
{% macro mrr_changes() -%}
    {{ return(["opening", "new", "expansion", "reactivation", "contraction", "churn"]) }}
{%- endmacro %}

{#- Whether a month is one of those of a period; spans.start_month is the month before it. -#}
{% macro month_of(spans, month) -%}
    {{ spans }}.span = 'period'
    and {{ month }} > {{ spans }}.start_month
    and {{ month }} <= {{ spans }}.end_month
{%- endmacro %}

{#- Number of rows with a change. -#}
{% macro changed(change) -%}
    cast(sum(case when change = '{{ change }}' then 1 else 0 end) as bigint)
{%- endmacro %}
