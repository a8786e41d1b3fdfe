"""Meta: the Ads Manager report by day, with its account total first and its currency in the header."""

from decimal import Decimal

import pytest

from tests.ingest.ingest_files import Landing, only_problem

HEADER = (
    '"Campaign name",Day,"Delivery status",Reach,Impressions,"Link clicks","Result type",Results,'
    '"Amount spent (EUR)","Reporting starts","Reporting ends"\n'
)
TOTAL = ",,,900,1500,30,mixed,,150.41701754,2026-03-01,2026-03-02\n"
ROWS = (
    "Spring,2026-03-01,active,500,1000,20,Leads,3,100.41701754,2026-03-01,2026-03-01\n"
    "Spring,2026-03-02,not_delivering,0,0,0,Leads,1,0,2026-03-02,2026-03-02\n"
    "Summer,2026-03-02,active,450,500,10,Leads,2,50,2026-03-02,2026-03-02\n"
)


def test_the_account_total_is_checked_and_set_aside(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", ("\ufeff" + HEADER + TOTAL + ROWS).encode())
    assert outcome.rows == {"loaded": 3, "rejected": 0, "total": 1, "note": 1, "blank": 0}
    rows = landing.rows("meta_ads/campaign_days", "campaign_name, currency, breakdown, spend, impressions, clicks")
    assert rows[0] == ("Spring", "EUR", "campaign", Decimal("100.41701754"), 1000, 20)


def test_leads_are_read_where_meta_adds_them_up_and_nowhere_else(landing: Landing) -> None:
    # Results are of whatever kind a campaign aims at, even where the kind is called Leads.
    landing.outcome("meta.csv", HEADER + ROWS)
    assert landing.rows("meta_ads/campaign_days", "leads") == [(None,)] * 3
    rows = ROWS.replace(",active,", ",active,4,").replace(",not_delivering,", ",not_delivering,,")
    leads = landing.outcome("leads.csv", HEADER.replace('"Delivery status",', '"Delivery status",Leads,') + rows)
    told = landing.rows("meta_ads/campaign_days", "file_id, leads, conversions")
    assert [row[1:] for row in told if row[0] == leads.file_id] == [(4, None), (None, None), (4, None)]


def test_a_day_without_spend_is_kept(landing: Landing) -> None:
    landing.outcome("meta.csv", HEADER + ROWS)
    assert (Decimal(0), 0) in landing.rows("meta_ads/campaign_days", "spend, impressions")


def test_a_total_that_does_not_match_is_refused(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", HEADER + TOTAL.replace("1500", "1501") + ROWS)
    assert outcome.status == "rejected"
    assert "says 1501, the rows add up to 1500" in only_problem(outcome)


def test_the_breakdown_is_told_from_the_headers(landing: Landing) -> None:
    header = HEADER.replace("Day,", "Day,Gender,Age,")
    rows = ROWS.replace("2026-03-01,active", "2026-03-01,female,18-24,active")
    rows = rows.replace("2026-03-02,not", "2026-03-02,male,25-34,not").replace(
        "2026-03-02,active", "2026-03-02,male,25-34,active"
    )
    landing.outcome("meta.csv", header + rows)
    assert {row[0] for row in landing.rows("meta_ads/campaign_days", "breakdown")} == {"age+campaign+gender"}


@pytest.mark.parametrize(
    "header",
    [
        "Kampagnenname,Tag,Impressionen,Ausgegebener Betrag (EUR)",
        "Nom de la campagne,Jour,Impressions,Montant dépensé (EUR)",
        "キャンペーン名,日,インプレッション,消化金額 (EUR)",
        "Nome da campanha,Dia,Impressões,Valor usado (EUR)",
    ],
)
def test_localised_headers_are_known(landing: Landing, header: str) -> None:
    outcome = landing.outcome("meta.csv", f"\ufeff{header}\nX,2026-03-01,10,1.50\n")
    assert outcome.status == "loaded", outcome.problems
    assert landing.rows("meta_ads/campaign_days", "currency, spend") == [("EUR", Decimal("1.5"))]


def test_an_invalid_currency_in_the_header_is_named(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", (HEADER + ROWS).replace("(EUR)", "(EURO)"))
    assert outcome.status == "rejected"
    assert "'EURO'" in only_problem(outcome)


PERIOD = """\
"Reporting starts","Reporting ends","Campaign name","Campaign delivery","Attribution setting",Results,\
"Result indicator",Reach,Frequency,"Cost per results","Ad set budget","Ad set budget type",\
"Amount spent (JPY)",Ends,Impressions
2026-03-01,2026-03-31,,0,"7-day click",,,900,1.1,,0,0,150,,1500
2026-03-01,2026-03-31,Spring,active,"7-day click",3,actions:link_click,500,1.2,33,\
"Using ad set budget",,100,Ongoing,1000
2026-03-01,2026-03-31,Summer,inactive,"7-day click",,,450,1.0,,"Using ad set budget",,50,2026-03-20,500
"""


def test_a_report_over_a_period_is_a_total_and_never_spread_over_days(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", ("\ufeff" + PERIOD).encode())
    assert (outcome.status, outcome.stream) == ("loaded", "campaign_periods"), outcome.problems
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 1, "note": 1, "blank": 0}
    columns = "campaign_name, cast(period_start as varchar), cast(period_end as varchar), currency, spend, impressions"
    assert landing.rows("meta_ads/campaign_periods", columns) == [
        ("Spring", "2026-03-01", "2026-03-31", "JPY", Decimal(100), 1000),
        ("Summer", "2026-03-01", "2026-03-31", "JPY", Decimal(50), 500),
    ]


def test_the_total_of_a_report_without_campaigns_is_no_data(landing: Landing) -> None:
    header = '"Objective","Delivery status",Impressions,"Amount spent (IDR)","Reporting starts","Reporting ends"\n'
    rows = ",,7,9,2026-03-01,2026-03-31\nOUTCOME_SALES,active,5,6,2026-03-01,2026-03-31\n"
    rows += "OUTCOME_TRAFFIC,active,2,3,2026-03-01,2026-03-31\n"
    outcome = landing.outcome("meta.csv", header + rows)
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 1, "note": 1, "blank": 0}
    assert landing.rows("meta_ads/campaign_periods", "distinct breakdown") == [("objective",)]


def test_an_account_without_any_split_is_one_row(landing: Landing) -> None:
    header = '"Delivery status",Reach,"Amount spent (IDR)","Reporting starts","Reporting ends"\n'
    landing.outcome("meta.csv", header + "active,9,6000,2026-03-01,2026-03-31\n")
    assert landing.rows("meta_ads/campaign_periods", "breakdown, member, spend") == [("account", None, Decimal(6000))]


def test_rows_without_ids_may_repeat(landing: Landing) -> None:
    # Four campaigns of one name on one day are four rows: without their ids nothing tells them apart.
    row = "Same,2026-03-01,active,500,1000,20,Leads,3,1.50,2026-03-01,2026-03-01\n"
    assert landing.outcome("meta.csv", HEADER + row * 4).rows["loaded"] == 4


BASIC_AD = (
    "ad_id,date,account_id,impressions,inline_link_clicks,spend,reach\n6215293456071,2026-03-01,17002522,40,2,144.,6\n"
)
AD_HISTORY = (
    "id,account_id,ad_set_id,campaign_id,creative_id,name,_fivetran_synced,updated_time\n"
    "6215293456071,17002522,62,61,60,v1,2026-03-02T14:22:06.401,2026-03-01T15:30:04\n"
)


def test_a_connector_counts_ads_and_its_ads_say_which_campaign(landing: Landing) -> None:
    landing.drop("ads.csv", AD_HISTORY)
    assert landing.outcome("basic.csv", BASIC_AD).rows["loaded"] == 1
    columns = "account_id, campaign_id, breakdown, member, spend, clicks"
    assert landing.rows("meta_ads/campaign_days", columns) == [
        ("17002522", None, "ad", "6215293456071", Decimal(144), 2)
    ]
    assert landing.rows("meta_ads/ads", "ad_id, ad_set_id, campaign_id") == [("6215293456071", "62", "61")]


INSIGHT = (
    '{"account_id": "17002522", "account_currency": "EUR", "campaign_id": "61", "campaign_name": "Spring", '
    '"spend": "76.53", "impressions": "4233", "inline_link_clicks": "10", "date_start": "2026-03-01", '
    '"date_stop": "%s", "actions": [{"action_type": "lead", "value": "2"}]}'
)


@pytest.mark.parametrize(("stop", "stream"), [("2026-03-01", "campaign_days"), ("2026-03-31", "campaign_periods")])
def test_answers_of_the_api_are_days_or_periods(landing: Landing, stop: str, stream: str) -> None:
    outcome = landing.outcome("insights.json", '{"data": [' + INSIGHT % stop + "]}")
    assert (outcome.status, outcome.stream) == ("loaded", stream), outcome.problems
    found = landing.rows(f"meta_ads/{stream}", "campaign_name, currency, spend, clicks, conversions")
    assert found == [("Spring", "EUR", Decimal("76.53"), 10, None)]


def test_a_report_of_single_days_needs_no_day_column(landing: Landing) -> None:
    header = "Campaign name,Amount spent (EUR),Reporting starts,Reporting ends\n"
    outcome = landing.outcome("meta.csv", header + "Spring,5.00,2026-03-01,2026-03-01\n")
    assert outcome.rows["loaded"] == 1


def test_an_export_without_rows_is_no_fault(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", HEADER)
    assert outcome.status == "loaded"
    assert outcome.notes == ["the export holds no rows, and does not say which days it covers"]
