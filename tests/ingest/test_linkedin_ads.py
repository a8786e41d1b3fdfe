"""LinkedIn: Campaign Manager's report in both hierarchies, empty and in foreign languages; the connector's tables."""

import codecs
from decimal import Decimal

import pytest

from orchestration.engine.connection import connect
from tests.ingest.ingest_files import Landing, only_problem

# As the website writes it: UTF-16LE with a mark, tabs, LF, a blank line below the preamble.
PREAMBLE = (
    "Ad Performance Report (in UTC)\n"
    '"Report Start: August 18, 2025, 12:00 AM"\n'
    '"Report End: September 16, 2025, 11:59 PM"\n'
    '"Date Generated: September 17, 2025, 5:55 AM"\n'
)
BEFORE = (
    "\n"
    "Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group ID\tCampaign Group Name\tCampaign ID\tCampaign Name\t"
    "Campaign Type\tCreative ID\tTotal Spent\tImpressions\tClicks\tClick Through Rate\tAverage CPC\tViral Clicks\t"
    "Conversions\tTotal Conversion Value\tLeads\tReach\n"
    "8/18/2025\tLumen & Oak\tEUR\t600268686\tEurope\t132822896\tLeads DE\tSponsored Update\t125339904\t1,020.50\t"
    "2,001\t34\t1.70%\t30.01\t5\t2\t80.00\t3\t1500\n"
    "8/19/2025\tLumen & Oak\tEUR\t600268686\tEurope\t132822896\tLeads DE\tSponsored Update\t125339904\t0.00\t0\t0\t"
    "-\t-\t0\t0\t-\t0\t-\n"
)
NOW = (
    BEFORE.replace("Campaign Group ID\tCampaign Group Name\tCampaign ID\tCampaign Name", "A\tB\tC\tD")
    .replace("A\tB\tC\tD", "Campaign ID\tCampaign Name\tAd Set ID\tAd Set Name")
    .replace("Creative ID", "Ad ID")
)


def utf_16(text: str) -> bytes:
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def covered(landing: Landing) -> tuple[str, ...]:
    """What the only export says that it covers, and when it was made."""
    part = str(landing.settings.lake / "duet/exports/*.parquet")
    columns = "source, cast(window_start as varchar), cast(window_end as varchar), cast(exported_at as varchar)"
    with connect() as conn:
        [row] = conn.execute(f"select {columns} from read_parquet(?)", [part]).fetchall()
    return tuple(row)


@pytest.mark.parametrize("table", [BEFORE, NOW], ids=["campaign groups", "ad sets"])
def test_a_campaign_is_the_level_below_the_group_whatever_it_is_called(landing: Landing, table: str) -> None:
    outcome = landing.outcome("report.csv", utf_16(PREAMBLE + table))
    assert (outcome.source, outcome.stream, outcome.status) == ("linkedin_ads", "campaign_days", "loaded")
    assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 5, "blank": 1}
    columns = "account_id, account_name, campaign_id, campaign_name, cast(day as varchar), currency, breakdown, member"
    place = ("(unknown)", "Lumen & Oak", "132822896", "Leads DE")
    told = ("EUR", "ad+campaign", "125339904")
    assert landing.rows("linkedin_ads/campaign_days", columns) == [
        (*place, "2025-08-18", *told),
        (*place, "2025-08-19", *told),
    ]
    # Leads of forms stand beside conversions on the site, which they overlap with.
    figures = "spend, impressions, clicks, conversions, conversions_value, leads"
    assert landing.rows("linkedin_ads/campaign_days", figures) == [
        (Decimal("1020.50"), 2001, 34, Decimal(2), Decimal(80), 3),
        (Decimal(0), 0, 0, Decimal(0), None, 0),
    ]


def test_a_report_of_neither_level_is_not_guessed(landing: Landing) -> None:
    table = BEFORE.replace("Campaign Group ID\tCampaign Group Name\t", "").replace("600268686\tEurope\t", "")
    assert landing.outcome("report.csv", utf_16(PREAMBLE + table)).status == "unrecognised"


def test_it_covers_what_it_says_and_is_as_old_as_it_says(landing: Landing) -> None:
    landing.outcome("report.csv", utf_16(PREAMBLE + NOW))
    assert covered(landing) == ("linkedin_ads", "2025-08-18", "2025-09-16", "2025-09-17 05:55:00")


def test_without_delivery_there_is_no_header_and_the_window_counts(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", utf_16(PREAMBLE))
    assert (outcome.source, outcome.stream, outcome.status) == ("linkedin_ads", "campaign_days", "loaded")
    assert outcome.rows == {"loaded": 0, "rejected": 0, "total": 0, "note": 4, "blank": 0}
    assert covered(landing)[:3] == ("linkedin_ads", "2025-08-18", "2025-09-16")


def test_a_file_that_a_spreadsheet_saved_again_reads_the_same(landing: Landing) -> None:
    rows = [line.replace(",", "") for line in NOW.splitlines()]
    text = "\ufeff" + PREAMBLE.replace("\n", "\r\n") + "\r\n".join(row.replace("\t", ",") for row in rows) + "\r\n"
    assert landing.outcome("report.csv", text.encode()).rows["loaded"] == 2
    assert landing.rows("linkedin_ads/campaign_days", "sum(spend), sum(clicks)") == [(Decimal("1020.50"), 34)]


def test_a_report_over_a_period_is_no_day(landing: Landing) -> None:
    outcome = landing.outcome("report.csv", utf_16(PREAMBLE + NOW.replace("8/19/2025", "8/18/2025")))
    assert (outcome.stream, outcome.status) == ("campaign_periods", "loaded"), outcome.problems
    columns = "cast(period_start as varchar), cast(period_end as varchar), spend"
    assert landing.rows("linkedin_ads/campaign_periods", columns)[0] == ("2025-08-18", "2025-09-16", Decimal("1020.5"))


def test_a_report_by_month_is_refused(landing: Landing) -> None:
    preamble = PREAMBLE.replace("August 18", "August 1")
    table = NOW.replace("8/18/2025", "8/1/2025").replace("8/19/2025", "9/1/2025")
    outcome = landing.outcome("report.csv", utf_16(preamble + table))
    assert outcome.status == "rejected"
    assert "all the first of a month" in only_problem(outcome)


FRENCH = (
    "Rapport de performance des campagnes (en UTC)\n"
    '"Début du rapport : 6 mars 2026, 00:00"\n"Fin du rapport : 12 mars 2026, 23:59"\n'
    '"Date de création : 13 mars 2026, 08:15"\n\n'
    "Date de début (en UTC)\tNom du compte\tDevise\tID du groupe de campagnes\tID de la campagne\tNom de la campagne\t"
    "Total dépensé\tImpressions\tClics\tStatut\n"
    '3/6/2026\tLumen & Oak\tEUR\t600\t700\tPistes FR\t"1 234,56"\t"2 001"\t34\tActif\n'
    '3/7/2026\tLumen & Oak\tEUR\t600\t700\tPistes FR\t"0,44"\t5\t1\tActif\n'
)
PORTUGUESE = (
    "Relatório de desempenho da campanha (em UTC)\n"
    '"Início do relatório: 6 de março de 2026 00:00"\n"Término do relatório: 12 de março de 2026 23:59"\n\n'
    "Data de início (em UTC)\tNome da conta\tMoeda\tID do grupo de campanhas\tID da campanha\tNome da campanha\t"
    "Total gasto\tImpressões\tCliques\tStatus\n"
    "3/6/2026\tLumen & Oak\tEUR\t600\t700\tLeads PT\t1.234,56\t2.001\t34\tAtivo\n"
    "3/7/2026\tLumen & Oak\tEUR\t600\t700\tLeads PT\t0,44\t5\t1\tAtivo\n"
)


@pytest.mark.parametrize("text", [FRENCH, PORTUGUESE], ids=["French", "Portuguese"])
def test_foreign_reports_are_read_by_their_own_locale(landing: Landing, text: str) -> None:
    outcome = landing.outcome("report.csv", utf_16(text))
    assert (outcome.stream, outcome.status) == ("campaign_days", "loaded"), outcome.problems
    columns = "min(cast(day as varchar)), sum(spend), sum(impressions), sum(clicks), any_value(campaign_id)"
    found = landing.rows("linkedin_ads/campaign_days", columns)
    assert found == [("2026-03-06", Decimal("1235.00"), 2006, 35, "700")]


def test_conversions_by_name_are_a_breakdown_that_no_spend_is_made_of(landing: Landing) -> None:
    table = NOW.replace("\tCurrency", "\tCurrency\tConversion Name").replace("\tEUR", "\tEUR\tDemo booked")
    landing.outcome("report.csv", utf_16(PREAMBLE + table))
    assert landing.rows("linkedin_ads/campaign_days", "distinct breakdown, member") == [
        ("ad+campaign+conversion_name", "125339904 / Demo booked")
    ]


ANALYTICS = (
    "campaign_id,day,clicks,cost_in_local_currency,cost_in_usd,external_website_conversions,"
    "conversion_value_in_local_currency,impressions,viral_clicks,one_click_leads\n"
    "148633856,2020-04-06 00:00:00,18,0,,0,0,,0,\n"
    "148633856,2020-03-28 00:00:00,51,50.2,60.1,1,12.5,125,3,1\n"
)


def test_the_connector_keeps_blank_apart_from_zero(landing: Landing) -> None:
    outcome = landing.outcome("analytics.csv", ANALYTICS)
    assert outcome.rows["loaded"] == 2
    columns = "account_id, campaign_id, breakdown, cast(day as varchar), spend, impressions, conversions"
    assert landing.rows("linkedin_ads/campaign_days", columns) == [
        ("(unknown)", "148633856", "campaign", "2020-04-06", Decimal(0), None, Decimal(0)),
        ("(unknown)", "148633856", "campaign", "2020-03-28", Decimal("50.2"), 125, Decimal(1)),
    ]


def test_creatives_say_their_campaign_and_campaigns_their_account(landing: Landing) -> None:
    landing.drop("analytics.csv", ANALYTICS.replace("campaign_id", "creative_id"))
    landing.drop(
        "creatives.csv", "id,campaign_id,intended_status,last_modified_at\nurn:li:sponsoredCreative:7,9,ACTIVE,\n"
    )
    landing.drop(
        "campaigns.csv",
        "id,last_modified_time,account_id,campaign_group_id,created_time,name,version_tag\n"
        "urn:li:sponsoredCampaign:9,2019-09-14 17:53:17.393,507515057,600,2018-07-25 14:59:12,Leads,33\n",
    )
    landing.ingest()
    assert landing.rows("linkedin_ads/campaign_days", "distinct breakdown, campaign_id, member") == [
        ("ad", None, "148633856")
    ]
    assert landing.rows("linkedin_ads/ads", "ad_id, campaign_id") == [("7", "9")]
    assert landing.rows("linkedin_ads/campaigns", "account_id, campaign_id, campaign_name") == [
        ("507515057", "9", "Leads")
    ]
