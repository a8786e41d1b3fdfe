{#- Rows of a stream of every ad platform that delivers it, with the platform as their source. -#}
{% macro ad_union(stream) -%}
    {%- for platform in ad_platforms(stream) %}
        select '{{ platform }}' as source, *
        from {{ ref("stg_" ~ platform ~ "__" ~ stream) }}
        {%- if not loop.last %}
            union all
        {%- endif %}
    {%- endfor %}
{%- endmacro %}

{#- Rows of an ad report stream with what other streams know about them: the campaign and account of an ad or an ad set
    that stands alone, the account and the currency of a campaign, the currency of an account. Nothing is dropped. -#}
{% macro placed_ad_rows(stream, dates) -%}
    select
        placed.*,
        coalesce(
            placed.printed_currency, accounts.currency, {{ declared_currency_of("placed.source") }}
        ) as currency
    from
        (
            select
                named.source,
                case
                    when named.printed_account_id <> '(unknown)'
                    then named.printed_account_id
                    else coalesce(campaigns.owner_account_id, named.ad_account_id, '(unknown)')
                end as account_id,
                named.campaign_id,
                named.campaign_name,
                {%- for date in dates %} named.{{ date }}, {%- endfor %}
                coalesce(named.printed_currency, campaigns.currency) as printed_currency,
                named.breakdown,
                named.member,
                named.spend,
                named.impressions,
                named.clicks,
                named.conversions,
                named.conversions_value,
                named.claimed_leads,
                named.file_id,
                named.file_row,
                named.exported_at
            from
                (
                    select
                        ad_rows.source,
                        coalesce(ad_rows.account_id, '(unknown)') as printed_account_id,
                        coalesce(ads.account_id, ad_sets.account_id) as ad_account_id,
                        coalesce(
                            ad_rows.campaign_id, ads.campaign_id, ad_sets.campaign_id
                        ) as campaign_id,
                        ad_rows.campaign_name,
                        {%- for date in dates %} ad_rows.{{ date }}, {%- endfor %}
                        ad_rows.currency as printed_currency,
                        ad_rows.breakdown,
                        ad_rows.member,
                        ad_rows.spend,
                        ad_rows.impressions,
                        ad_rows.clicks,
                        ad_rows.conversions,
                        ad_rows.conversions_value,
                        ad_rows.claimed_leads,
                        ad_rows.file_id,
                        ad_rows.file_row,
                        ad_rows.exported_at
                    from ({{ ad_union(stream) }}) as ad_rows
                    left join
                        {{ ref("int_ad_ads") }} as ads
                        on ad_rows.source = ads.source
                        -- The ad comes first in the name of a breakdown, so also in its members.
                        and case
                            when
                                coalesce(ad_rows.campaign_id, ad_rows.campaign_name) is null
                                and (ad_rows.breakdown = 'ad' or ad_rows.breakdown like 'ad+%')
                            then split_part(ad_rows.member, ' / ', 1)
                        end
                        = ads.ad_id
                    left join
                        (
                            select
                                source,
                                ad_set_id,
                                max(campaign_id) as campaign_id,
                                max(account_id) as account_id
                            from {{ ref("int_ad_ads") }}
                            where ad_set_id is not null
                            group by source, ad_set_id
                            having count(distinct campaign_id) = 1
                        ) as ad_sets
                        on ad_rows.source = ad_sets.source
                        and case
                            when
                                coalesce(ad_rows.campaign_id, ad_rows.campaign_name) is null
                                and (
                                    ad_rows.breakdown = 'ad_set'
                                    or ad_rows.breakdown like 'ad_set+%'
                                )
                            then split_part(ad_rows.member, ' / ', 1)
                        end
                        = ad_sets.ad_set_id
                ) as named
            left join
                {{ ref("int_ad_campaign_placements") }} as campaigns
                on named.source = campaigns.source
                -- Most reports print both, and are not looked up.
                and case
                    when named.printed_account_id = '(unknown)' or named.printed_currency is null
                    then named.campaign_id
                end
                = campaigns.campaign_id
        ) as placed
    left join
        {{ ref("int_ad_accounts") }} as accounts
        on placed.source = accounts.source
        and case when placed.printed_currency is null then placed.account_id end
        = accounts.account_id
{%- endmacro %}

{#- Currency that duet.yml declares for the source that a column names. -#}
{% macro declared_currency_of(source) -%}
    {%- set declared = [] -%}
    {%- for name, given in var("sources").items() if (given or {}).get("currency") -%}
        {%- do declared.append(name) -%}
    {%- endfor -%}
    {%- if declared -%}
        case
            {%- for name in declared %}
                when {{ source }} = '{{ name }}' then {{ declared_currency(name) }}
            {%- endfor %}
        end
    {%- else -%} cast(null as string)
    {%- endif -%}
{%- endmacro %}

{#- How far two sums may lie apart because each of their rows was rounded: half a cent a row, never less than one cent.
    Meta, and with it most others, prints some currencies without decimals. -#}
{% macro rounding_tolerance(currency, report_rows) -%}
    cast(
        case
            when
                {{ currency }}
                in ('CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND')
            then cast(0.5 as decimal(4, 3))
            else cast(0.005 as decimal(4, 3))
        end
        * cast(greatest({{ report_rows }}, 2) as decimal(18, 0)) as decimal(20, 6)
    )
{%- endmacro %}

{#- The figures of ad rows, added up. -#}
{% macro added_up_figures() -%}
    cast(sum(spend) as decimal(20, 6)) as spend,
    cast(sum(impressions) as bigint) as impressions,
    cast(sum(clicks) as bigint) as clicks,
    cast(sum(conversions) as decimal(20, 6)) as conversions
{%- endmacro %}

{#- Sum of a figure over the rows that meet a condition: 0 where there are none, null where none of them knows it. -#}
{% macro sum_or_zero(figure, type, condition="true") -%}
    cast(
        coalesce(
            sum(case when {{ condition }} then {{ figure }} end),
            case
                when coalesce(sum(case when {{ condition }} then report_rows end), 0) = 0 then 0
            end
        ) as {{ type }}
    )
{%- endmacro %}

{#- What an account has of a figure beyond its campaigns; null where either does not know, 0 where it has less. -#}
{% macro left_over(figure) -%}
    case
        when account_{{ figure }} > feeding_{{ figure }}
        then account_{{ figure }} - feeding_{{ figure }}
        when account_{{ figure }} <= feeding_{{ figure }}
        then 0
    end
{%- endmacro %}

{#- The streams of which reported days of ads are made. -#}
{% macro ad_day_streams() -%}
    {% set streams = ["template.ad_spend"] %}
    {% for platform in ad_platforms("campaign_days") %}
        {% do streams.append(platform ~ ".campaign_days") %}
    {% endfor %}
    {{ return(streams) }}
{%- endmacro %}
