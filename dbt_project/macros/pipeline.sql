{#- Columns of a deal, live or gone. -#}
{% macro deal_columns() -%}
    {{
        return(
            [
                "opportunity_id",
                "source",
                "source_opportunity_id",
                "status",
                "opportunity_type",
                "created_at",
                "closed_at",
                "amount",
                "currency",
                "owner",
                "account_key",
                "customer_key",
                "channel",
            ]
        )
    }}
{%- endmacro %}

{#- How a deal enters or leaves the open pipeline, or changes in it. -#}
{% macro pipeline_changes() -%}
    {{ return(["created", "reopened", "amount_changed", "won", "lost", "deleted"]) }}
{%- endmacro %}

{#- An exact product of money and a rate: sums of such products balance to the last digit. -#}
{% macro converted(amount, rate) -%}
    cast(
        cast({{ amount }} as decimal(20, 6))
        * cast({{ rate }} as decimal(17, 10)) as decimal(38, 16)
    )
{%- endmacro %}

{#- What is counted of deals on the day of their creation, then on the day of their close. -#}
{% macro created_measures() -%}
    {{
        return(
            [
                "created_deals",
                "created_deals_with_amount",
                "created_amount",
                "current_amount",
                "influenced_deals",
                "influenced_amount",
                "cohort_won",
                "cohort_lost",
                "cohort_open",
            ]
        )
    }}
{%- endmacro %}

{% macro closed_measures() -%}
    {{
        return(
            ["won_deals", "lost_deals", "won_deals_with_amount", "won_amount", "lost_amount"]
        )
    }}
{%- endmacro %}

{#- Median days between creation and win; fewer than five deals have none. -#}
{% macro median_cycle(seconds) -%}
    case when count(*) >= 5 then {{ ratio("median(" ~ seconds ~ ")", 86400) }} end
{%- endmacro %}
