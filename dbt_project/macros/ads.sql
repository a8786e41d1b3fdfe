{#- Ad platforms and the streams that their exports feed; a stream is staged as stg_<platform>__<stream>. -#}
{% macro ad_platforms(stream) -%}
    {% set streams = {
        "google_ads": ["campaign_days", "campaign_periods", "campaigns", "accounts"],
        "meta_ads": ["campaign_days", "campaign_periods", "campaigns", "accounts", "ads"],
        "linkedin_ads": ["campaign_days", "campaign_periods", "campaigns", "accounts", "ads"],
        "microsoft_ads": ["campaign_days", "campaign_periods", "campaigns", "accounts"],
        "tiktok_ads": ["campaign_days", "campaign_periods", "campaigns", "accounts", "ads"],
        "reddit_ads": ["campaign_days", "campaigns", "accounts", "ads"],
        "x_ads": ["campaign_days", "campaigns", "accounts"],
        "pinterest_ads": ["campaign_days", "campaigns", "accounts"],
        "snapchat_ads": ["campaign_days", "campaigns", "accounts"],
        "amazon_ads": ["campaign_days", "campaigns", "accounts"],
        "apple_search_ads": ["campaign_days", "campaigns", "accounts"],
    } %}
    {% set platforms = [] %}
    {% for platform, fed in streams.items() if stream in fed %}
        {% do platforms.append(platform) %}
    {% endfor %}
    {{ return(platforms) }}
{%- endmacro %}

{#- The select lists that staging has for each shape of an ad stream; every platform has the same columns. -#}
{% macro stage_ads(platform, stream) -%}
    with

        source as (select * from {{ source(platform, stream) }}),

        renamed as (
            select
                {{ ad_columns(stream) | join(",\n            ") }},

                -- lineage
                file_id,
                file_row,
                exported_at
            from source
        )

    select *
    from renamed
{%- endmacro %}

{% macro ad_columns(stream) -%}
    {% set report = ["account_id", "account_name", "campaign_id", "campaign_name"] %}
    {% set split = ["upper(trim(currency)) as currency", "breakdown", "member"] %}
    {% set measures = [
        lake_amount("spend") ~ " as spend",
        "impressions",
        "clicks",
        lake_amount("conversions") ~ " as conversions",
        lake_amount("conversions_value") ~ " as conversions_value",
        "leads as claimed_leads",
    ] %}
    {{ return({
        "campaign_days": report + ["day as spend_date"] + split + measures,
        "campaign_periods": report + ["period_start", "period_end"] + split + measures,
        "campaigns": [
            "account_id",
            "campaign_id",
            "campaign_name",
            "upper(trim(currency)) as currency",
            "lower(trim(channel_type)) as channel_type",
            "status",
            "updated_at",
        ],
        "accounts": ["account_id", "account_name", "upper(trim(currency)) as currency", "time_zone", "updated_at"],
        "ads": ["account_id", "ad_id", "ad_name", "ad_set_id", "campaign_id", "updated_at"],
    }[stream]) }}
{%- endmacro %}
