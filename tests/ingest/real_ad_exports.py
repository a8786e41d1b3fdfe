"""Which stream each real ad file feeds, which headers its figures come from, and why the other files feed none."""

_TABLES = "fivetran_connector_tables"

_STREAMS = {
    "google_ads": (
        "google_ads/",
        {
            "campaign_days": (
                "account_stats", "campaign_stats", "ad_group_stats", "ad_stats", "keyword_stats",
                "search_term_keyword_stats",
            ),
            "campaigns": ("campaign_history",),
            "accounts": ("account_history",),
        },
    ),
    "meta_ads": (
        "facebook_ads/facebook_ads_",
        {
            "campaign_days": ("basic_ad", "demographics_country", "demographics_region"),
            "campaigns": ("campaign_history",),
            "ads": ("ad_history",),
        },
    ),
    "linkedin_ads": (
        "linkedin/linkedin_",
        {
            "campaign_days": ("ad_analytics_by_campaign", "ad_analytics_by_creative"),
            "campaigns": ("campaign_history",),
            "ads": ("creative_history",),
            "accounts": ("account_history",),
        },
    ),
    "microsoft_ads": (
        "microsoft_ads/microsoft_ads_",
        {
            "campaign_days": tuple(
                f"{level}_performance_daily_report"
                for level in ("account", "campaign", "ad_group", "ad", "keyword", "geographic", "search")
            ),
            "campaigns": ("campaign_history",),
            "accounts": ("account_history",),
        },
    ),
    "tiktok_ads": (
        "tiktok_ads/tiktok_",
        {
            "campaign_days": (
                "campaign_report_hourly", "adgroup_report_hourly", "ad_report_hourly", "campaign_country_report",
            ),
            "campaigns": ("campaign_history",),
            "ads": ("ad_history",),
        },
    ),
}  # fmt: skip

ADS_LOADED = {
    f"{_TABLES}/{prefix}{table}_data.csv": f"{source}/{stream}"
    for source, (prefix, streams) in _STREAMS.items()
    for stream, tables in streams.items()
    for table in tables
}

# Spend, impressions, clicks, conversions, their value and leads, as each connector spells them, and what one unit is.
AD_FIGURES: dict[str, tuple[tuple[str, ...], int]] = {
    "google_ads": (("cost_micros", "impressions", "clicks", "conversions", "conversions_value", ""), 1_000_000),
    "meta_ads": (("spend", "impressions", "inline_link_clicks", "", "", ""), 1),
    "linkedin_ads": (
        (
            "cost_in_local_currency", "impressions", "clicks", "external_website_conversions",
            "conversion_value_in_local_currency", "one_click_leads",
        ),
        1,
    ),
    "microsoft_ads": (("spend", "impressions", "clicks", "conversions_qualified", "revenue", ""), 1),
    "tiktok_ads": (("SPEND", "IMPRESSIONS", "CLICKS", "CONVERSION", "", ""), 1),
}  # fmt: skip

# Names CAN as the currency of Canada, which is no currency.
ADS_REFUSED = f"{_TABLES}/tiktok_ads/tiktok_advertiser_data.csv"

ADS_LEFT_ALONE = {
    f"{_TABLES}/google_ads/ad_group_criterion_history_data.csv": "settings: keywords, without a figure",
    f"{_TABLES}/google_ads/ad_group_history_data.csv": "settings: figures name the campaign",
    f"{_TABLES}/google_ads/ad_history_data.csv": "settings: figures name the campaign",
    f"{_TABLES}/facebook_ads/facebook_ads_account_history_data.csv": "no currency, and anybody's headers",
    f"{_TABLES}/facebook_ads/facebook_ads_ad_set_history_data.csv": "settings: the ads say which campaign is theirs",
    f"{_TABLES}/facebook_ads/facebook_ads_creative_history*": "settings: texts and addresses of creatives",
    f"{_TABLES}/facebook_ads/*_action*": "actions of kinds that hold one another, without spend",
    f"{_TABLES}/linkedin/linkedin_campaign_group_history_data.csv": "settings: the level above what spend is told by",
    f"{_TABLES}/linkedin/linkedin_geo_data.csv": "names of places",
    f"{_TABLES}/linkedin/linkedin_monthly_*": "months of people's places, rounded and without the rare ones",
    f"{_TABLES}/microsoft_ads/microsoft_ads_ad_group_history_data.csv": "settings: figures name the campaign",
    f"{_TABLES}/microsoft_ads/microsoft_ads_ad_history_data.csv": "settings: figures name the campaign",
    f"{_TABLES}/microsoft_ads/microsoft_ads_keyword_history_data.csv": "settings: keywords, without a figure",
    f"{_TABLES}/tiktok_ads/tiktok_adgroup_history_data.csv": "settings: the ads say which campaign is theirs",
}
