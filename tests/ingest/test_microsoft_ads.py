"""Microsoft Advertising: the report with its nine lines above and one below, without them, by hour; the connector."""

from decimal import Decimal

import pytest

from tests.ingest.ingest_files import Landing, only_problem

# Every value is quoted; the last line ends with a space inside its quotes.
PREAMBLE = (
    '"Report Name: CampaignPerformanceReport"\r\n'
    '"Report Time: 11/11/2023 - 11/12/2023"\r\n'
    '"Time Zone: (GMT-08:00) Pacific Time (US & Canada); Tijuana"\r\n'
    '"Last Completed Available Day: 11/13/2023 5:00:00 AM (GMT)"\r\n'
    '"Last Completed Available Hour: 11/13/2023 5:00:00 AM (GMT)"\r\n'
    '"Report Aggregation: Daily"\r\n'
    '"Report Filter: "\r\n'
    '"Potential Incomplete Data: true"\r\n'
    '"Rows: 2"\r\n'
)
HEADER = (
    '"TimePeriod","AccountId","AccountName","CampaignId","CampaignName","CurrencyCode","DeviceType","Impressions",'
    '"Clicks","Ctr","Spend","Conversions","ConversionsQualified","Revenue"\r\n'
)
ROWS = (
    '"2023-11-11","150175881","Lumen","359751135","Brand","USD","Smartphone","1,200","34","2.83%","1,020.50","2","1.50",'
    '"80.00"\r\n'
    '"2023-11-12","150175881","Lumen","359751135","Brand","USD","Computer","0","0","","0.00","","",""\r\n'
)
FOOTER = '"©2023 Microsoft Corporation. All rights reserved. "\r\n'


def test_a_report_is_read_between_its_lines(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", ("\ufeff" + PREAMBLE + HEADER + ROWS + FOOTER).encode())
    assert (outcome.source, outcome.stream, outcome.status) == ("microsoft_ads", "campaign_days", "loaded")
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 11, "blank": 0}
    assert any("may not be complete" in note for note in outcome.notes)
    columns = "account_id, account_name, campaign_id, campaign_name, cast(day as varchar), currency, breakdown, member"
    campaign = ("150175881", "Lumen", "359751135", "Brand")
    assert landing.rows("microsoft_ads/campaign_days", columns) == [
        (*campaign, "2023-11-11", "USD", "campaign+device", "Smartphone"),
        (*campaign, "2023-11-12", "USD", "campaign+device", "Computer"),
    ]
    # Conversions with partial credit, not the whole ones beside them; blank is unknown.
    assert landing.rows("microsoft_ads/campaign_days", "spend, clicks, conversions, conversions_value") == [
        (Decimal("1020.50"), 34, Decimal("1.5"), Decimal(80)),
        (Decimal(0), 0, None, None),
    ]


@pytest.mark.parametrize(
    ("text", "notes"),
    [(HEADER + ROWS, 1), (HEADER + ROWS + FOOTER, 2), (PREAMBLE + "\r\n" + HEADER + ROWS + "\r\n" + FOOTER, 11)],
    ids=["bare", "footer alone", "blank lines around the table"],
)
def test_the_lines_may_be_left_out(landing: Landing, text: str, notes: int) -> None:
    outcome = landing.outcome("report.csv", text)
    assert (outcome.rows["loaded"], outcome.rows["note"]) == (2, notes)


def test_fewer_rows_than_the_report_says_refuse_it(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", PREAMBLE.replace("Rows: 2", "Rows: 3") + HEADER + ROWS + FOOTER)
    assert outcome.status == "rejected"
    assert "found 2 rows; expected 3 rows" in only_problem(outcome)


def test_a_report_without_rows_is_one_of_no_spend(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", PREAMBLE.replace("Rows: 2", "Rows: 0") + HEADER + FOOTER)
    assert outcome.status == "loaded"
    assert outcome.rows == {"loaded": 0, "rejected": 0, "total": 0, "note": 11, "blank": 0}


def test_hours_are_added_up_to_their_day(landing: Landing) -> None:
    row = '"2023-11-11|0{}","150175881","Lumen","359751135","Brand","USD","Computer","10","1","1%","0.25","","",""\r\n'
    landing.outcome("report.csv", HEADER + row.format(1) + row.format(2))
    found = landing.rows("microsoft_ads/campaign_days", "distinct cast(day as varchar), breakdown")
    assert found == [("2023-11-11", "campaign+device")]
    assert landing.rows("microsoft_ads/campaign_days", "sum(spend)") == [(Decimal("0.50"),)]


def test_weeks_are_no_days(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", PREAMBLE.replace("Daily", "Weekly") + HEADER + ROWS + FOOTER)
    assert outcome.status == "unrecognised"


def test_a_summary_is_a_total_of_its_period(landing: Landing) -> None:
    preamble = PREAMBLE.replace("Daily", "Summary").replace("Rows: 2", "Rows: 1")
    header, row = (
        '"CampaignName","CurrencyCode","Impressions","Clicks","Spend"\r\n',
        '"Brand","USD","10","1","0.25"\r\n',
    )
    outcome = landing.outcome("report.csv", preamble + header + row + FOOTER)
    assert (outcome.stream, outcome.status) == ("campaign_periods", "loaded"), outcome.problems
    columns = "cast(period_start as varchar), cast(period_end as varchar), spend"
    assert landing.rows("microsoft_ads/campaign_periods", columns) == [("2023-11-11", "2023-11-12", Decimal("0.25"))]


def test_the_labels_of_the_website_are_known_too(landing: Landing) -> None:
    header = (
        '"Gregorian date","Account number","Campaign","Campaign ID","Currency code","Impr.","Clicks","CTR","Spend"\r\n'
    )
    row = '"11/11/2023","F123ABCD","Brand","359751135","USD","10","1","10.00%","0.25"\r\n'
    outcome = landing.outcome("report.csv", header + row)
    assert outcome.status == "loaded", outcome.problems
    found = landing.rows("microsoft_ads/campaign_days", "account_id, campaign_name, cast(day as varchar), spend")
    assert found == [("F123ABCD", "Brand", "2023-11-11", Decimal("0.25"))]


# Thirteen columns are the key: four of every five rows of a campaign's day differ in the last ten alone.
DAILY = (
    "date,account_id,campaign_id,currency_code,device_os,device_type,network,ad_distribution,bid_match_type,"
    "delivered_match_type,top_vs_other,budget_association_status,budget_name,clicks,impressions,spend,"
    "conversions_qualified,conversions,revenue,all_conversions,all_revenue\n"
    "2019-05-22,150175881,359751135,USD,iOS,Smartphone,Bing,Search,Broad,Exact,Top,Current,general,1,9,0.51,1,2,0.01,4,0.02\n"
    "2019-05-22,150175881,359751135,USD,iOS,Smartphone,Bing,Search,Broad,Exact,Other,Current,general,0,3,0.0,,,,,\n"
)


def test_rows_of_a_campaigns_day_stay_apart_by_their_whole_key(landing: Landing) -> None:
    outcome = landing.outcome("daily.csv", DAILY)
    assert outcome.rows["loaded"] == 2
    rows = landing.rows("microsoft_ads/campaign_days", "breakdown, member, spend, conversions")
    assert {row[0] for row in rows} == {
        "ad_distribution+bid_match_type+budget+budget_status+campaign+delivered_match_type+device+device_os+network+"
        "top_vs_other"
    }
    assert rows[0][1] == "Search / Broad / general / Current / Exact / Smartphone / iOS / Bing / Top"
    assert [row[2:] for row in rows] == [(Decimal("0.51"), Decimal(1)), (Decimal(0), None)]


def test_campaigns_and_accounts_are_versions(landing: Landing) -> None:
    landing.drop(
        "campaigns.csv",
        "id,name,account_id,modified_time,type,time_zone,status,budget,budget_id,budget_type,language\n"
        "359751135,Brand,150175881,2020-08-17T07:26:27.743Z,Search,PacificTimeUSCanadaTijuana,Paused,100.00,1,Daily,English\n",
    )
    landing.drop(
        "accounts.csv",
        "id,name,last_modified_time,time_zone,currency_code\n"
        "150175881,Lumen,2021-07-02T19:13:42.870Z,PacificTimeUSCanadaTijuana,USD\n",
    )
    landing.ingest()
    assert landing.rows("microsoft_ads/campaigns", "campaign_id, campaign_name, channel_type") == [
        ("359751135", "Brand", "Search")
    ]
    assert landing.rows("microsoft_ads/accounts", "account_id, currency") == [("150175881", "USD")]
