"""The Google Ads campaign report by day, as downloaded from the page: preamble, header, rows, totals."""

import codecs
import datetime as dt
from collections.abc import Iterable

from orchestration.demo.ads import AdDay, Figures
from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.exports.files import ExportFile, csv_text, money

HEADER = [
    "Campaign status", "Campaign", "Day", "Budget", "Budget name", "Budget type", "Status", "Status reasons",
    "Campaign type", "Campaign ID", "Customer ID", "Impr.", "CTR", "Currency code", "Cost", "Clicks", "Conv. rate",
    "Conversions", "Avg. CPC", "Cost / conv.",
]  # fmt: skip
NONE = " --"
RESTATED_FROM = dt.date(2026, 6, 1)
QUARTERS = [dt.date(2025, 1, 1), *(dt.date(2025, month, 1) for month in (4, 7, 10)), dt.date(2026, 1, 1)]
LAST_QUARTER = dt.date(2026, 4, 1)


def google_ads_files(company: Company) -> Iterable[ExportFile]:
    """A report per quarter, the last one as "Excel .csv", and the last thirty days downloaded again."""
    days = [ad_day for ad_day in company.ad_days if ad_day.campaign.platform == "google_ads"]
    for first, following in zip(QUARTERS, [*QUARTERS[1:], LAST_QUARTER], strict=True):
        name = f"google_ads/Campaign report {first.year} Q{(first.month + 2) // 3}.csv"
        written_at = dt.datetime.combine(following + dt.timedelta(days=40), dt.time(8))
        yield ExportFile(name, written_at, report(days, first, following - dt.timedelta(days=1)).encode())
    excel = report(days, LAST_QUARTER, DEMO_AS_OF, restated=False, delimiter="\t", newline="\r\n")
    yield ExportFile(
        "google_ads/Campaign report.csv", dt.datetime(2026, 7, 1, 6), codecs.BOM_UTF16_LE + excel.encode("utf-16-le")
    )
    again = report(days, RESTATED_FROM, DEMO_AS_OF).encode()
    yield ExportFile("google_ads/Campaign report (1).csv", dt.datetime(2026, 7, 4, 6, 30), again)


def report(
    ad_days: list[AdDay],
    first: dt.date,
    last: dt.date,
    restated: bool = True,
    delimiter: str = ",",
    newline: str = "\n",
) -> str:
    """One download; where the figures are not yet restated, the last thirty days are as first shown."""
    shown = [
        (ad_day, ad_day.final if restated or ad_day.day < RESTATED_FROM else ad_day.early)
        for ad_day in ad_days
        if first <= ad_day.day <= last
    ]
    shown.sort(key=lambda row: (row[0].day, row[0].campaign.campaign_id))
    rows = [["Campaign report"], [f"{in_words(first)} - {in_words(last)}"], HEADER]
    rows += [data_row(ad_day, figures) for ad_day, figures in shown]
    return csv_text(rows + totals(shown), delimiter, newline)


def in_words(day: dt.date) -> str:
    """A day as the second line of a report spells it."""
    return f"{day:%B} {day.day}, {day.year}"


def data_row(ad_day: AdDay, figures: Figures) -> list[str]:
    """One campaign and day."""
    campaign = ad_day.campaign
    names = ["Enabled", campaign.name, ad_day.day.isoformat(), "60.00", NONE, "Daily", "Eligible", NONE]
    return [*names, campaign.kind, campaign.campaign_id, campaign.account_id, *measures(figures)]


def measures(figures: Figures) -> list[str]:
    """The cells from impressions on: counts with thousands separators, cost without."""
    clicks = figures.clicks
    return [
        f"{figures.impressions:,}",
        f"{100 * clicks / figures.impressions:.2f}%" if figures.impressions else NONE,
        "USD",
        money(figures.cost),
        f"{clicks:,}",
        f"{figures.conversions / clicks:.2f}%" if clicks else "0.00%",
        money(figures.conversions),
        money(figures.cost // clicks) if clicks else NONE,
        money(100 * figures.cost // figures.conversions) if figures.conversions else "0.00",
    ]


def totals(shown: list[tuple[AdDay, Figures]]) -> list[list[str]]:
    """The rows at the end, which repeat every figure."""
    kinds = sorted({ad_day.campaign.kind for ad_day, _ in shown})
    groups = [("Campaigns", shown), ("Account", shown)]
    groups += [(kind, [row for row in shown if row[0].campaign.kind == kind]) for kind in kinds]
    return [[f"Total: {name}", *[NONE] * 10, *measures(total(rows))] for name, rows in groups]


def total(rows: list[tuple[AdDay, Figures]]) -> Figures:
    """The sum of some rows."""
    figures = [shown for _, shown in rows]
    return Figures(
        sum(row.cost for row in figures),
        sum(row.impressions for row in figures),
        sum(row.clicks for row in figures),
        sum(row.conversions for row in figures),
    )
