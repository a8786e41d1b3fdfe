"""Google Ads: the website's campaign report in its dialects, and the connector's tables."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest_files import Landing, only_problem

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


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path)


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


def test_a_report_without_days_says_how_to_add_them(landing: Landing) -> None:
    report = (
        "Campaign report\nAll time\nCampaign status,Campaign,Currency code,Cost,Impr.,Clicks\nEnabled,Brand,"
        "EUR,1.00,5,1\n"
    )
    outcome = landing.outcome("report.csv", report)
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


def test_search_terms_may_not_pass_as_campaigns(landing: Landing) -> None:
    report = (
        "Search terms report\nAll time\nSearch term,Day,Campaign,Currency code,Cost,Impr.,Clicks\nx,"
        "2026-03-01,B,EUR,1,1,1\n"
    )
    outcome = landing.outcome("report.csv", report)
    assert outcome.status == "unrecognised"
    assert "'Search term'" in only_problem(outcome)


def test_connector_cost_is_in_millionths(landing: Landing) -> None:
    row = "x,212-145-0128,2026-03-01,SEARCH,r,49,4.416667,0,36150001,MOBILE,9935249409,166"
    outcome = landing.outcome("stats.csv", f"{HEADER}\n{row}\n")
    assert outcome.status == "loaded"
    found = landing.rows("google_ads/campaign_days", "account_id, campaign_id, spend, conversions, clicks")
    assert found == [("2121450128", "9935249409", Decimal("36.150001"), Decimal("4.416667"), 49)]


def test_ad_group_figures_may_not_pass_as_campaigns(landing: Landing) -> None:
    outcome = landing.outcome("stats.csv", f"{HEADER},ad_group_id\nx,1,2026-03-01,S,r,1,0,0,1,M,2,3,4\n")
    assert outcome.status == "unrecognised"


def test_columns_in_another_order_are_matched_by_name(landing: Landing) -> None:
    names = HEADER.split(",")
    row = "x,1,2026-03-01,SEARCH,r,49,0,0,1000000,MOBILE,9,166"
    values = dict(zip(names, row.split(","), strict=True))
    order = sorted(names)
    landing.outcome("stats.csv", ",".join(order) + "\n" + ",".join(values[name] for name in order) + "\n")
    assert landing.rows("google_ads/campaign_days", "spend, clicks, impressions") == [(Decimal(1), 49, 166)]
