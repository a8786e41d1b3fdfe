"""Meta: the Ads Manager report by day, with its account total first and its currency in the header."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest_files import Landing, only_problem

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


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path)


def test_the_account_total_is_checked_and_set_aside(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", ("\ufeff" + HEADER + TOTAL + ROWS).encode())
    assert outcome.rows == {"loaded": 3, "rejected": 0, "total": 1, "note": 1, "blank": 0}
    rows = landing.rows("meta_ads/campaign_days", "campaign_name, currency, breakdown, spend, impressions, clicks")
    assert rows[0] == ("Spring", "EUR", "campaign", Decimal("100.41701754"), 1000, 20)


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


def test_a_report_over_a_period_cannot_be_dated(landing: Landing) -> None:
    header = "Campaign name,Amount spent (EUR),Reporting starts,Reporting ends\n"
    outcome = landing.outcome("meta.csv", header + "Spring,5.00,2026-03-01,2026-03-31\n")
    assert outcome.status == "rejected"
    assert "Break the report down by Day" in only_problem(outcome)


def test_a_report_of_single_days_needs_no_day_column(landing: Landing) -> None:
    header = "Campaign name,Amount spent (EUR),Reporting starts,Reporting ends\n"
    outcome = landing.outcome("meta.csv", header + "Spring,5.00,2026-03-01,2026-03-01\n")
    assert outcome.rows["loaded"] == 1


def test_an_export_without_rows_is_no_fault(landing: Landing) -> None:
    outcome = landing.outcome("meta.csv", HEADER)
    assert outcome.status == "loaded"
    assert outcome.notes == ["the export holds no rows"]
