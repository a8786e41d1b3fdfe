"""TikTok: hourly tables in capitals, answers of the API, and the website's report with the count of its rows."""

from decimal import Decimal

import pytest

from tests.ingest.ingest_files import Landing, only_problem

HOURLY = (
    "CAMPAIGN_ID,STAT_TIME_HOUR,COST_PER_CONVERSION,CPC,VIDEO_PLAY_ACTIONS,IMPRESSIONS,CONVERSION,REAL_TIME_CONVERSION,"
    "COST_PER_SECONDARY_GOAL_RESULT,CLICKS,REACH,SPEND,TOTAL_PURCHASE_VALUE,_FIVETRAN_SYNCED\r\n"
    "1678,2021-09-15 5:00:00,0,1.88,32,222,1,2,-,3,9,12.34,0.00,2021-09-15 15:58:05.904\r\n"
    "1678,2021-09-15 23:00:00,0,-,32,-,-,0,-,1,9,0.66,5.00,2021-09-15 15:58:05.904\r\n"
)


def test_hours_in_capitals_are_the_advertisers_days(landing: Landing) -> None:
    outcome = landing.outcome("hourly.csv", HOURLY)
    assert (outcome.source, outcome.status) == ("tiktok_ads", "loaded"), outcome.problems
    columns = "account_id, campaign_id, cast(day as varchar), breakdown, spend, impressions, conversions"
    assert landing.rows("tiktok_ads/campaign_days", columns) == [
        ("(unknown)", "1678", "2021-09-15", "campaign", Decimal("12.34"), 222, Decimal(1)),
        ("(unknown)", "1678", "2021-09-15", "campaign", Decimal("0.66"), None, None),
    ]
    assert landing.rows("tiktok_ads/campaign_days", "extra") == [(None,), (None,)]


@pytest.mark.parametrize(("header", "breakdown"), [("ADGROUP_ID", "ad_set"), ("AD_ID", "ad")])
def test_deeper_tables_name_their_level_alone(landing: Landing, header: str, breakdown: str) -> None:
    landing.outcome("hourly.csv", HOURLY.replace("CAMPAIGN_ID", header))
    assert landing.rows("tiktok_ads/campaign_days", "distinct breakdown, member, campaign_id") == [
        (breakdown, "1678", None)
    ]


def test_ads_campaigns_and_advertisers_say_what_belongs_together(landing: Landing) -> None:
    landing.drop(
        "ads.csv",
        "AD_ID,UPDATED_AT,ADVERTISER_ID,ADGROUP_ID,CAMPAIGN_ID,AD_NAME,AD_TEXT\n"
        "17,2021-09-15 04:26:28.000,69,16,15,Lamp,shine\n",
    )
    landing.drop(
        "campaigns.csv",
        "CAMPAIGN_ID,UPDATED_AT,ADVERTISER_ID,CAMPAIGN_NAME,CAMPAIGN_TYPE,BUDGET,OPERATION_STATUS,OBJECTIVE_TYPE\n"
        "15,2021-09-15 00:52:08.000,69,Launch,REGULAR_CAMPAIGN,450,ENABLE,CONVERSIONS\n",
    )
    landing.drop(
        "advertiser.csv",
        "ID,NAME,ADDRESS,CURRENCY,EMAIL,LICENSE_NO,TIMEZONE,BALANCE\n"
        "69,Lumen,1 Any Street,CAD,ada@example.com,1,Etc/GMT+5,32.12\n",
    )
    landing.ingest()
    assert landing.rows("tiktok_ads/ads", "ad_id, ad_set_id, campaign_id, account_id") == [("17", "16", "15", "69")]
    assert landing.rows("tiktok_ads/campaigns", "account_id, campaign_name, channel_type") == [
        ("69", "Launch", "CONVERSIONS")
    ]
    assert landing.rows("tiktok_ads/accounts", "account_id, currency, time_zone, extra") == [
        ("69", "CAD", "Etc/GMT+5", None)
    ]


def test_answers_of_the_api_are_nested_texts(landing: Landing) -> None:
    row = (
        '{"dimensions": {"campaign_id": "15", "stat_time_day": "2026-03-01 00:00:00"}, '
        '"metrics": {"spend": "12.34", "impressions": "222", "clicks": "3", "conversion": "1", "cpc": "4.11"}}'
    )
    outcome = landing.outcome("report.json", f'{{"data": [{row}]}}')
    assert outcome.status == "loaded", outcome.problems
    found = landing.rows("tiktok_ads/campaign_days", "campaign_id, cast(day as varchar), spend, clicks, conversions")
    assert found == [("15", "2026-03-01", Decimal("12.34"), 3, Decimal(1))]


REPORT = (
    "Campaign name,Primary status,Campaign ID,By Day,Currency,Cost,CPC (destination),Impressions,Clicks (destination),"
    "CTR (destination),Conversions\n"
    "Launch,Active,15,2026-03-01,EUR,12.34,4.11,222,3,1.35%,1\n"
    "Launch,Active,15,2026-03-02,EUR,0.00,-,0,0,-,0\n"
)
TOTAL = "Total of 2 results,-,-,-,EUR,12.34,4.11,222,3,1.35%,1\n"


def test_the_website_counts_and_adds_up_its_rows(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", REPORT + TOTAL)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 1, "note": 1, "blank": 0}
    found = landing.rows("tiktok_ads/campaign_days", "campaign_name, currency, spend, clicks")
    assert found == [("Launch", "EUR", Decimal("12.34"), 3), ("Launch", "EUR", Decimal(0), 0)]


@pytest.mark.parametrize(
    ("total", "found"),
    [
        (TOTAL.replace("of 2", "of 3"), "found 2 rows; expected 3 rows"),
        (TOTAL.replace("12.34", "99.34"), "says 99.34, the rows add up to 12.34"),
    ],
)
def test_a_count_or_a_sum_that_is_wrong_refuses_the_report(landing: Landing, total: str, found: str) -> None:
    outcome = landing.outcome("report.csv", REPORT + total)
    assert outcome.status == "rejected"
    assert found in only_problem(outcome)


def test_a_report_without_days_is_a_total_of_nobody_knows_when(landing: Landing) -> None:
    text = REPORT.replace("By Day,", "").replace("2026-03-01,", "").replace("2026-03-02,", "")
    outcome = landing.outcome("report.csv", text + TOTAL.replace("-,-,-,", "-,-,"))
    assert (outcome.stream, outcome.status) == ("campaign_periods", "loaded"), outcome.problems
    assert landing.rows("tiktok_ads/campaign_periods", "period_start, sum(spend)  over ()")[0] == (
        None,
        Decimal("12.34"),
    )
