"""Google Ads: the website's campaign report in its dialects, and the connector's tables."""

import csv
import io
from decimal import Decimal

import pytest

from tests.ingest.ingest_files import Landing, only_problem

REPORT = """\
Campaign report
"March 1, 2026 - March 2, 2026"
Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions
2026-03-01,Brand,1111111111,EUR,1234.50,"12,345",67,4.42
2026-03-02,Brand,1111111111,EUR,0.00,0,0,0.00
2026-03-02,"Shoes, all",2222222222,EUR,10.05,800,9,1.00
Total: Campaigns, --, --,EUR,1244.55,"13,145",76,5.42
Total: Account, --, --,EUR,1300.00,"14,000",80,6.00
"""
HEADER = (
    "_fivetran_id,customer_id,date,ad_network_type,base_campaign,clicks,conversions,conversions_value,"
    "cost_micros,device,id,impressions"
)


def test_a_campaign_report_is_read_to_the_cent_and_its_totals_are_set_aside(landing: Landing) -> None:
    outcome = landing.outcome("anything.csv", REPORT)
    assert (outcome.source, outcome.stream, outcome.status) == ("google_ads", "campaign_days", "loaded")
    assert outcome.rows == {"loaded": 3, "rejected": 0, "total": 2, "note": 3, "blank": 0}
    assert outcome.window == ("2026-03-01", "2026-03-02")
    rows = landing.rows(
        "google_ads/campaign_days", "campaign_name, cast(day as varchar), currency, spend, impressions, clicks"
    )
    assert rows[0] == ("Brand", "2026-03-01", "EUR", Decimal("1234.50000000"), 12345, 67)
    assert rows[2][0] == "Shoes, all"


def test_an_account_total_above_the_rows_is_noted_not_refused(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", REPORT)
    assert any("1300" in note and "1244.55" in note for note in outcome.notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_the_excel_variants_give_the_same_rows(landing: Landing, encoding: str) -> None:
    text = "\r\n".join("\t".join(cells) for cells in _cells(REPORT)) + "\r\n"
    bom = "" if encoding == "utf-8-sig" else "\ufeff"
    outcome = landing.outcome("report.csv", (bom + text).encode(encoding))
    assert outcome.rows["loaded"] == 3
    assert landing.rows("google_ads/campaign_days", "sum(spend), sum(impressions)") == [(Decimal("1244.55"), 13145)]


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_german_report_is_read_by_its_own_locale(landing: Landing) -> None:
    report = (
        "Kampagnenbericht\n1. März 2026 - 2. März 2026\n"
        "Tag,Kampagne,Währungscode,Kosten,Impressionen,Klicks\n"
        '2026-03-01,Marke,EUR,"1.234,56",1.234,67\n2026-03-02,Marke,EUR,"0,44",6,3\n'
        'Gesamt: Kampagnen, --,EUR,"1.235,00",1.240,70\nGesamt: Konto, --,EUR,"1.235,00",1.240,70\n'
    )
    outcome = landing.outcome("bericht.csv", report)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 2, "note": 3, "blank": 0}
    assert landing.rows("google_ads/campaign_days", "sum(spend), sum(impressions)") == [(Decimal("1235.00"), 1240)]


def test_a_french_report_writes_spaces_in_its_thousands_and_before_the_colon(landing: Landing) -> None:
    report = (
        "Rapport sur les campagnes\n1 mars 2026 - 2 mars 2026\n"
        "Jour,Campagne,Code de devise,Coût,Impressions,Clics\n"
        '2026-03-01,Marque,EUR,"1 020,50","12 345",67\nTotal : campagnes, --,EUR,"1 020,50","12 345",67\n'
    )
    outcome = landing.outcome("rapport.csv", report)
    assert outcome.rows["total"] == 1
    assert landing.rows("google_ads/campaign_days", "spend, impressions") == [(Decimal("1020.5"), 12345)]


def test_a_campaign_may_be_named_like_a_total(landing: Landing) -> None:
    report = REPORT.replace("Day,Campaign,", "Campaign,Day,").replace("2026-03-01,Brand", "Total: Campaigns,2026-03-01")
    report = report.replace("2026-03-02,Brand", "Brand,2026-03-02").replace(
        '2026-03-02,"Shoes, all"', "Shoes,2026-03-02"
    )
    assert landing.outcome("report.csv", report).rows["loaded"] == 3


def test_a_broken_row_of_such_a_campaign_is_a_fault_not_a_total(landing: Landing) -> None:
    report = "Campaign,Day,Currency code,Cost,Impr.,Clicks\nTotal: Search,2026-03-01,EUR,1.x,5,1\n"
    outcome = landing.outcome("report.csv", report)
    assert outcome.status == "rejected"
    assert "line 2, column 'Cost': found '1.x'" in only_problem(outcome)


# As the website writes it: title, period, header, rows; every figure again in up to eight totals. LF, no BOM.
PERIOD = """\
Campaign report
"March 27, 2026 - April 23, 2026"
Campaign status,Campaign,Budget,Budget name,Budget type,Status,Status reasons,Campaign type,Impr.,Interactions,\
Interaction rate,Currency code,Avg. cost,Cost,Search lost IS (budget),Clicks,Conv. rate,Conversions,Cost / conv.
Enabled,"Total: Brand, all",60.00, --,Daily,Eligible, --,Search,"12,345",678,5.49%,USD,2.96,2010.55,< 10%,\
"1,678",0.18%,3.02,665.74
Removed,PMax,0.00, --,Daily,Removed, --,Performance Max,0,0, --,USD, --,0.00, --,0,0.00%,0.00,0.00
Total: Campaigns, --, --, --, --, --, --, --,"12,345",678,5.49%,USD,2.96,2010.55,< 10%,"1,678",0.18%,3.02,665.74
Total: Account, --,60.00, --,Daily, --, --, --,"12,400",680,5.48%,USD,2.96,2012.00,< 10%,"1,680",0.18%,3.02,665.74
Total: Search, --, --, --, --, --, --, --,"12,345",678,5.49%,USD,2.96,2010.55,< 10%,"1,678",0.18%,3.02,665.74
"""


def test_a_report_without_days_is_a_total_of_its_period_and_never_spread_over_days(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", PERIOD)
    assert (outcome.status, outcome.stream) == ("loaded", "campaign_periods"), outcome.problems
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 3, "note": 3, "blank": 0}
    columns = "campaign_name, cast(period_start as varchar), cast(period_end as varchar), breakdown, spend, clicks"
    assert landing.rows("google_ads/campaign_periods", columns) == [
        ("Total: Brand, all", "2026-03-27", "2026-04-23", "campaign", Decimal("2010.55"), 1678),
        ("PMax", "2026-03-27", "2026-04-23", "campaign", Decimal(0), 0),
    ]
    assert landing.rows("google_ads/campaign_days") == []


def test_all_time_has_no_first_day(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", PERIOD.replace('"March 27, 2026 - April 23, 2026"', "All time"))
    assert outcome.status == "loaded"
    assert landing.rows("google_ads/campaign_periods", "period_start, period_end")[0] == (None, None)


def test_a_total_is_no_campaign_where_the_campaign_comes_first(landing: Landing) -> None:
    report = "Campaign report\nAll time\nCampaign,Currency code,Cost,Impr.,Clicks\nBrand,EUR,1.00,5,1\n"
    outcome = landing.outcome("report.csv", report + "Total: Campaigns,EUR,1.00,5,1\nTotal: Account,EUR,1.00,5,1\n")
    assert outcome.rows == {"loaded": 1, "rejected": 0, "total": 2, "note": 3, "blank": 0}


def test_weeks_are_neither_days_nor_one_period(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", REPORT.replace("Day,", "Week,"))
    assert outcome.status == "rejected"
    assert "Add the segment Time > Day" in only_problem(outcome)


def test_a_report_without_currency_names_the_column(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", REPORT.replace("Currency code", "Network"))
    assert outcome.status == "rejected"
    assert "'Currency code'" in only_problem(outcome)


def test_a_total_that_does_not_match_shows_both_figures(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", REPORT.replace("EUR,1244.55", "EUR,1254.55"))
    assert outcome.status == "rejected"
    message = only_problem(outcome)
    assert "report.csv, line 7, column 'Cost'" in message
    assert "1254.55" in message
    assert "1244.55" in message
    assert landing.rows("google_ads/campaign_days") == []


def test_search_terms_are_a_breakdown_of_their_own(landing: Landing) -> None:
    report = (
        "Search terms report\nAll time\n"
        "Search term,Match type,Added/Excluded,Campaign,Ad group,Keyword,Impr.,Interactions,Clicks,Currency code,Cost,"
        "Conversions,Campaign type\n"
        '"desk lamp, red",Exact match,None,Brand,Lamps,"""desk lamp""",12,1,1,EUR,0.51,0.00,Search\n'
        "Total: Search terms, --, --, --, --, --,12,1,1,EUR,0.51,0.00, --\n"
        "Total: Other search terms, --, --, --, --, --,90,9,9,EUR,4.49,1.00, --\n"
        "Total: Account, --, --, --, --, --,102,10,10,EUR,5.00,1.00, --\n"
    )
    outcome = landing.outcome("report.csv", report)
    assert outcome.rows == {"loaded": 1, "rejected": 0, "total": 3, "note": 3, "blank": 0}
    [row] = landing.rows("google_ads/campaign_periods", "breakdown, member, spend")
    members = 'Lamps / "desk lamp" / Exact match / desk lamp, red'
    assert row == ("ad_group+campaign+keyword+match_type+search_term", members, Decimal("0.51"))


def test_an_ad_report_names_its_ads_and_leaves_their_texts(landing: Landing) -> None:
    report = (
        "Ad report\nAll time\n"
        "Ad status,Final URL,Headline 1,Headline 1 position,Image ID,Ad name,Campaign,Ad group,Status,Impr.,"
        "Interactions,Currency code,Cost,Clicks,Conversions\n"
        "Enabled,https://shop.example/,Lamps, --, --,Ad one,Brand,Lamps,Eligible,5,1,EUR,1.00,1,0.00\n"
        "Total: All but removed ads, --, --, --, --, --, --, --, --,5,1,EUR,1.00,1,0.00\n"
    )
    outcome = landing.outcome("report.csv", report)
    assert outcome.rows["loaded"] == outcome.rows["total"] == 1
    assert landing.rows("google_ads/campaign_periods", "breakdown, member, extra") == [
        ("ad+ad_group+campaign", "Ad one / Lamps", None)
    ]


def test_a_declared_period_must_hold_every_day(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", REPORT.replace("March 2, 2026", "March 1, 2026"))
    assert outcome.status == "rejected"
    assert "days from 2026-03-01 to 2026-03-01" in only_problem(outcome)


def test_connector_cost_is_in_millionths(landing: Landing) -> None:
    row = "x,212-145-0128,2026-03-01,SEARCH,r,49,4.416667,0,36150001,MOBILE,9935249409,166"
    outcome = landing.outcome("stats.csv", f"{HEADER}\n{row}\n")
    assert outcome.status == "loaded"
    found = landing.rows(
        "google_ads/campaign_days", "account_id, campaign_id, breakdown, member, spend, conversions, clicks"
    )
    told = ("campaign+device+network", "MOBILE / SEARCH")
    assert found == [("2121450128", "9935249409", *told, Decimal("36.150001"), Decimal("4.416667"), 49)]


@pytest.mark.parametrize(
    ("header", "row", "breakdown", "campaign"),
    [
        ("customer_id,date,ad_network_type,device,clicks,cost_micros,impressions", "1,2026-03-01,S,M,1,2000000,3",
         "device+network", None),
        ("customer_id,date,device,base_ad_group,campaign_id,id,clicks,cost_micros,impressions",
         "1,2026-03-01,M,customers/1/adGroups/7,9,7,1,2000000,3", "ad_group+campaign+device", "9"),
        ("customer_id,date,ad_group_id,ad_id,campaign_id,clicks,cost_micros,impressions",
         "1,2026-03-01,7,8,9,1,2000000,3", "ad+ad_group+campaign", "9"),
        ("customer.id,segments.date,campaign.id,campaign.name,metrics.cost_micros,metrics.clicks",
         "1,2026-03-01,9,Brand,2000000,1", "campaign", "9"),
        ("customer_id,segments_date,campaign_id,segments_device,metrics_cost_micros,_airbyte_raw_id",
         "1,2026-03-01,9,MOBILE,2000000,x", "campaign+device", "9"),
    ],
)  # fmt: skip
def test_each_level_of_the_connectors_is_a_breakdown(
    landing: Landing, header: str, row: str, breakdown: str, campaign: str | None
) -> None:
    outcome = landing.outcome("stats.csv", f"{header}\n{row}\n")
    assert outcome.status == "loaded", outcome.problems
    found = landing.rows("google_ads/campaign_days", "account_id, campaign_id, breakdown, spend")
    assert found == [("1", campaign, breakdown, Decimal(2))]
    assert outcome.unknown_columns == []


def test_answers_of_the_api_are_read_from_json_lines(landing: Landing) -> None:
    row = (
        '{"customer": {"id": "1"}, "campaign": {"resourceName": "customers/1/campaigns/9", "id": "9", '
        '"name": "Brand"}, '
        '"metrics": {"costMicros": "2500000", "clicks": "3", "impressions": "40"}, "segments": {"date": "2026-03-01"}}'
    )
    landing.outcome("rows.jsonl", f"{row}\n")
    found = landing.rows("google_ads/campaign_days", "campaign_id, campaign_name, spend, clicks, impressions")
    assert found == [("9", "Brand", Decimal("2.5"), 3, 40)]


def test_columns_in_another_order_are_matched_by_name(landing: Landing) -> None:
    names = HEADER.split(",")
    row = "x,1,2026-03-01,SEARCH,r,49,0,0,1000000,MOBILE,9,166"
    values = dict(zip(names, row.split(","), strict=True))
    order = sorted(names)
    landing.outcome("stats.csv", ",".join(order) + "\n" + ",".join(values[name] for name in order) + "\n")
    assert landing.rows("google_ads/campaign_days", "spend, clicks, impressions") == [(Decimal(1), 49, 166)]
