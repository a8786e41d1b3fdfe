"""Reddit, X, Pinterest, Snapchat, Amazon and Apple Search Ads: the unit of each, and what each calls a click."""

from decimal import Decimal

import pytest

from tests.ingest.ingest_files import Landing

# Source, table, and the rows that the lake must hold of it: account, campaign, day, currency, breakdown, spend, clicks.
DAYS = [
    (
        "reddit_ads",
        "account_id,campaign_id,date,_fivetran_synced,app_install_metrics_spend,clicks,conversion_roas,cpc,ctr,ecpm,"
        "impressions,region,spend,video_started,viewer_comments\n"
        "t2_abc,1510,2022-10-09,2023-01-09 22:22:10.755000 UTC,0,108,0,1470973.602,0.0028,4233807.2,37523,,158865149,"
        "0,\n",
        ("t2_abc", "1510", "2022-10-09", None, "campaign", Decimal("158.865149"), 108),
    ),
    (
        "reddit_ads",
        "account_id,date,clicks,ecpm,impressions,spend,viewer_comments\nt2_abc,2022-10-09,108,1.5,37523,158865149,\n",
        ("t2_abc", None, "2022-10-09", None, "account", Decimal("158.865149"), 108),
    ),
    (
        # A day begins at seven in UTC: the account is in California.
        "x_ads",
        "account_id,campaign_id,date,placement,billed_charge_local_micro,billed_engagements,clicks,"
        "conversion_purchases_metric,impressions,mobile_conversion_installs_assisted,url_clicks,video_total_views\n"
        "18ce54,hq0u9,2022-05-20T07:00:00Z,ALL_ON_TWITTER,1371662,1,1,0,13,0,1,0\n",
        ("18ce54", "hq0u9", "2022-05-20", None, "campaign+placement", Decimal("1.371662"), 1),
    ),
    (
        "pinterest_ads",
        "date,campaign_id,campaign_name,campaign_status,advertiser_id,_fivetran_synced,impression_1,impression_2,"
        "clickthrough_1,clickthrough_2,spend_in_micro_dollar,total_conversions,total_conversions_quantity,"
        "total_conversions_value_in_micro_dollar\n"
        "2023-06-01,6267,Summer,ACTIVE,5497,2023-06-30 14:11:01,15000,900,450,9,2250000000,45,49,4500000000\n",
        ("5497", "6267", "2023-06-01", None, "campaign", Decimal(2250), 450),
    ),
    (
        "pinterest_ads",
        "date,pin_promotion_id,ad_group_id,campaign_id,advertiser_id,impression_1,impression_2,clickthrough_1,"
        "clickthrough_2,spend_in_micro_dollar\n"
        "2023-06-01,6872,2680,6267,5497,15000,0,450,0,1000001\n",
        ("5497", "6267", "2023-06-01", None, "ad+ad_set+campaign", Decimal("1.000001"), 450),
    ),
    (
        "snapchat_ads",
        "campaign_id,date,_fivetran_synced,android_installs,attachment_quartile_1,avg_view_time_millis,"
        "conversion_purchases,conversion_purchases_value,impressions,quartile_1,saves,screen_time_millis,shares,spend,"
        "story_opens,swipe_up_percent,swipes,total_installs,video_views,view_completion,view_time_millis\n"
        "40ba77bb-289d,2022-05-29T23:00:00Z,2022-06-03T19:57:39.338Z,0,0,656,0,0,250,0,0,163989,0,60215,0,"
        "0,3,0,0,0,1\n",
        ("(unknown)", "40ba77bb-289d", "2022-05-29", None, "campaign", Decimal("0.060215"), 3),
    ),
    (
        "amazon_ads",
        "campaign_id,date,_fivetran_synced,campaign_applicable_budget_rule_id,campaign_bidding_strategy,"
        "campaign_budget_amount,campaign_budget_currency_code,campaign_budget_type,click_through_rate,clicks,cost,"
        "cost_per_click,impressions,sales_14_d\n"
        "2187,2022-07-11,2022-10-14 12:07:12.424000 UTC,,optimizeForSales,2000.0,USD,DAILY_BUDGET,0.0,2,1.67,0.835,"
        "1095,9.9\n",
        ("(unknown)", "2187", "2022-07-11", "USD", "campaign", Decimal("1.67"), 2),
    ),
    (
        "apple_search_ads",
        "date,id,_fivetran_synced,avg_cpa_amount,avg_cpa_currency,conversion_rate,conversions,impressions,"
        "lat_off_installs,local_spend_amount,local_spend_currency,new_downloads,redownloads,tap_through_rate,taps\n"
        "2021-12-12,9739,2021-12-18T02:22:34.237Z,2.78,USD,0.2857,2,249,0,5.56,USD,2,0,0.028100000694394112,7\n",
        ("(unknown)", "9739", "2021-12-12", "USD", "campaign", Decimal("5.56"), 7),
    ),
    (
        "apple_search_ads",
        "date,campaign_id,ad_group_id,search_term_text,match_type,impressions,local_spend_amount,local_spend_currency,"
        "new_downloads,redownloads,taps\n"
        "2021-12-12,9739,44,desk lamp,BROAD,249,5.56,USD,2,0,7\n",
        ("(unknown)", "9739", "2021-12-12", "USD", "ad_set+campaign+match_type+search_term", Decimal("5.56"), 7),
    ),
]

# Source, table, stream, and what the lake must hold of it.
VERSIONS = [
    (
        "reddit_ads/accounts",
        "id,_fivetran_synced,attribution_type,click_attribution_window,created_at,currency,status,time_zone_id\n"
        "t2_abc,2023-01-09 22:21:17.018000 UTC,ALL_CONVERSION,MONTH,2022-01-04 22:22:31.515671 UTC,USD,,GMT\n",
        "account_id, currency, time_zone",
        ("t2_abc", "USD", "GMT"),
    ),
    (
        "reddit_ads/campaigns",
        "id,_fivetran_synced,account_id,configured_status,effective_status,funding_instrument_id,is_processing,name,"
        "objective\n1576,2023-01-09 22:21:20.408000 UTC,t2_abc,PAUSED,CAMPAIGN_PAUSED,,FALSE,Q4,CLICKS\n",
        "account_id, campaign_id, campaign_name, channel_type",
        ("t2_abc", "1576", "Q4", "CLICKS"),
    ),
    (
        "reddit_ads/ads",
        "id,_fivetran_synced,account_id,ad_group_id,campaign_id,name,post_id,post_url,effective_status\n"
        "77,2023-01-09 22:21:20.408000 UTC,t2_abc,66,55,Ad,t3_x,https://shop.example/,ACTIVE\n",
        "ad_id, ad_set_id, campaign_id",
        ("77", "66", "55"),
    ),
    (
        "x_ads/campaigns",
        "id,account_id,name,currency,entity_status,updated_at,funding_instrument_id,servable,"
        "daily_budget_amount_local_micro\n"
        "hq0u9,18ce54,Launch,USD,ACTIVE,2022-05-20T07:00:00Z,lyg1,true,5000000\n",
        "account_id, campaign_id, currency",
        ("18ce54", "hq0u9", "USD"),
    ),
    (
        "x_ads/accounts",
        "id,name,timezone,timezone_switch_at,updated_at,approval_status,salt\n"
        "18ce54,Lumen,America/Los_Angeles,2020-05-20T07:00:00Z,2022-05-20T07:00:00Z,ACCEPTED,x\n",
        "account_id, time_zone, currency",
        ("18ce54", "America/Los_Angeles", None),
    ),
    (
        "pinterest_ads/campaigns",
        "id,created_time,name,status,_fivetran_synced,ad_account_id\n"
        "6267,2020-03-26 08:59:57.000 +0000,Summer,ACTIVE,2020-07-30 12:14:00.362 +0000,1515\n",
        "account_id, campaign_id, cast(updated_at as varchar)",
        ("1515", "6267", "2020-07-30 12:14:00.362"),
    ),
    (
        "pinterest_ads/accounts",
        "id,name,currency,country,created_time,updated_time,owner_user_id,test_account\n"
        "5497,Lumen,EUR,DE,2020-03-26 08:59:57,2020-03-27 08:59:57,9,false\n",
        "account_id, currency",
        ("5497", "EUR"),
    ),
    (
        "snapchat_ads/campaigns",
        "id,ad_account_id,name,_fivetran_synced,daily_budget_micro,lifetime_spend_cap_micro,start_time,status,"
        "objective\n"
        "f276341a-07d9,07da269a-5965,Launch,2020-12-14 07:43:11.358,2867825,240734506,2020-12-01,PAUSED,ENGAGEMENT\n",
        "account_id, campaign_id, channel_type",
        ("07da269a-5965", "f276341a-07d9", "ENGAGEMENT"),
    ),
    (
        "snapchat_ads/accounts",
        "id,name,advertiser,currency,timezone,type,updated_at,_fivetran_synced\n"
        "07da269a-5965,Lumen,Lumen,USD,America/Los_Angeles,PARTNER,2020-12-11 17:16:34.479,2020-12-11 17:16:34.479\n",
        "account_id, currency, time_zone",
        ("07da269a-5965", "USD", "America/Los_Angeles"),
    ),
    (
        "amazon_ads/campaigns",
        "id,profile_id,name,campaign_type,state,last_updated_date,daily_budget,portfolio_id\n"
        "2187,33,Launch,sponsoredProducts,enabled,2022-10-14 12:07:12,20,\n",
        "account_id, campaign_id, channel_type",
        ("33", "2187", "sponsoredProducts"),
    ),
    (
        "amazon_ads/accounts",
        "id,account_id,account_marketplace_string_id,account_name,country_code,currency_code,daily_budget,timezone\n"
        "33,ENTITY1,ATVPDKIKX0DER,Lumen,US,USD,0,America/Los_Angeles\n",
        "account_id, account_name, currency",
        ("33", "Lumen", "USD"),
    ),
    (
        "apple_search_ads/campaigns",
        "id,organization_id,name,status,modification_time,adam_id,budget_amount,budget_currency,"
        "loc_invoice_detail_buyer_email,serving_status\n"
        "9739,40,Launch,ENABLED,2021-12-18T02:22:34.237Z,1,100,USD,ada@example.com,RUNNING\n",
        "account_id, campaign_id, currency, extra",
        ("40", "9739", "USD", None),
    ),
    (
        "apple_search_ads/accounts",
        "id,name,currency,time_zone,payment_model,role_names\n40,Lumen,USD,America/Los_Angeles,PAYG,[]\n",
        "account_id, currency, time_zone",
        ("40", "USD", "America/Los_Angeles"),
    ),
]


@pytest.mark.parametrize(("source", "table", "expected"), DAYS)
def test_a_campaigns_day_is_in_whole_units_and_paid_clicks(
    landing: Landing, source: str, table: str, expected: tuple[object, ...]
) -> None:
    outcome = landing.outcome("table.csv", table)
    assert (outcome.source, outcome.stream, outcome.status) == (source, "campaign_days", "loaded"), outcome.problems
    assert outcome.unknown_columns == []
    columns = "account_id, campaign_id, cast(day as varchar), currency, breakdown, spend, clicks"
    assert landing.rows(f"{source}/campaign_days", columns) == [expected]


@pytest.mark.parametrize(("stream", "table", "columns", "expected"), VERSIONS)
def test_campaigns_accounts_and_ads_are_versions(
    landing: Landing, stream: str, table: str, columns: str, expected: tuple[object, ...]
) -> None:
    outcome = landing.outcome("table.csv", table)
    assert (f"{outcome.source}/{outcome.stream}", outcome.status) == (stream, "loaded"), outcome.problems
    assert outcome.unknown_columns == []
    assert landing.rows(stream, columns) == [expected]


@pytest.mark.parametrize(
    "table",
    [
        # Nothing in these says whose they are, or which campaign they belong to, or in which unit they count.
        "account_id,campaign_id,clicks,country,date,impressions,region,spend\na,b,14,US,2024-04-01,104,x,300\n",
        "ad_id,date,impressions,spend,swipes\na225b31a,2021-03-31 11:00:00.000 +0000,43,441359,1\n",
        "ad_group_id,campaign_bidding_strategy,clicks,cost,date,impressions\n7,x,1,2.5,2022-07-11,3\n",
        "ad_group_id,date,impressions,local_spend_amount,local_spend_currency,new_downloads,taps\n"
        "7,2021-12-12,1,2,USD,0,1\n",
    ],
    ids=["reddit by country", "snapchat by ad", "amazon by ad group", "apple by ad group"],
)
def test_a_table_that_cannot_be_placed_is_left(landing: Landing, table: str) -> None:
    assert landing.outcome("table.csv", table).status == "unrecognised"
