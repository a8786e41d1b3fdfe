"""The Meta Ads Manager report by day: BOM, currency in the header, the account's total sometimes in the first row."""

import datetime as dt
from collections.abc import Iterable

from orchestration.demo.ads import AdDay, Figures
from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.exports.files import BOM, ExportFile, money

HEADER = (
    "Account ID", "Account name", "Campaign name", "Campaign ID", "Day", "Delivery status", "Delivery level", "Reach",
    "Impressions", "Frequency", "Link clicks", "Clicks (all)", "CTR (link click-through rate)",
    "CPC (cost per link click)", "Result type", "Results", "Cost per result", "Amount spent (EUR)",
    "Reporting starts", "Reporting ends",
)  # fmt: skip
# first day, last day, written, file name, has a total row; windows overlap and the newer file wins
WINDOWS = (
    (dt.date(2025, 1, 1), dt.date(2025, 6, 30), dt.datetime(2025, 7, 1, 9), "Lumen-Oak-EU-Campaigns.csv", True),
    (dt.date(2025, 6, 10), dt.date(2025, 12, 31), dt.datetime(2026, 1, 31, 9), "Lumen-Oak-EU-Campaigns (1).csv", False),
    (dt.date(2025, 12, 20), DEMO_AS_OF, dt.datetime(2026, 7, 1, 9), "Lumen-Oak-EU-Campaigns (2).csv", True),
    (dt.date(2026, 6, 3), DEMO_AS_OF, dt.datetime(2026, 7, 3, 9), "last 28 days.csv", True),
)


def meta_ads_files(company: Company) -> Iterable[ExportFile]:
    """Four downloads with overlapping windows; a day that a later file shows again has early figures in this one."""
    days = [ad_day for ad_day in company.ad_days if ad_day.campaign.platform == "meta_ads"]
    days.sort(key=lambda ad_day: (ad_day.campaign.campaign_id, ad_day.day))
    for number, (first, last, written_at, name, has_total) in enumerate(WINDOWS):
        restated_from = WINDOWS[number + 1][0] if number + 1 < len(WINDOWS) else DEMO_AS_OF + dt.timedelta(days=1)
        shown = [
            (ad_day, ad_day.final if ad_day.day < restated_from else ad_day.early)
            for ad_day in days
            if first <= ad_day.day <= last
        ]
        yield ExportFile(f"meta_ads/{name}", written_at, report(shown, first, last, has_total).encode())


def report(shown: list[tuple[AdDay, Figures]], first: dt.date, last: dt.date, has_total: bool) -> str:
    """One download."""
    lines = [line(HEADER)]
    if has_total:
        lines.append(line(total_row([figures for _, figures in shown], first, last)))
    lines += [line(data_row(ad_day, figures)) for ad_day, figures in shown]
    return BOM + "".join(lines)


def line(cells: Iterable[str]) -> str:
    """Cells with a space are quoted, others are not."""
    return ",".join(f'"{cell}"' if " " in cell or "," in cell else cell for cell in cells) + "\n"


def data_row(ad_day: AdDay, figures: Figures) -> list[str]:
    """One campaign and day."""
    campaign, day = ad_day.campaign, ad_day.day.isoformat()
    status = "active" if figures.impressions else "not_delivering"
    names = [campaign.account_id, campaign.account_name, campaign.name, campaign.campaign_id, day, status, "campaign"]
    result_type = "Leads (form)" if campaign.kind == "Leads" else "Website purchases"
    return [*names, *measures(figures, result_type), day, day]


def total_row(figures: list[Figures], first: dt.date, last: dt.date) -> list[str]:
    """The account's total: no names, the whole window."""
    everything = Figures(
        sum(row.cost for row in figures),
        sum(row.impressions for row in figures),
        sum(row.clicks for row in figures),
        sum(row.conversions // 100 for row in figures) * 100,
    )
    return [*[""] * 7, *measures(everything, "mixed"), first.isoformat(), last.isoformat()]


def measures(figures: Figures, result_type: str) -> list[str]:
    """The cells from reach to the amount spent: plain numbers, up to eight decimals where they are quotients."""
    reach = figures.impressions * 10 // 13
    results = figures.conversions // 100
    return [
        str(reach),
        str(figures.impressions),
        f"{figures.impressions / reach:.8f}" if reach else "",
        str(figures.clicks),
        str(figures.clicks + figures.clicks // 5),
        f"{100 * figures.clicks / figures.impressions:.8f}" if figures.impressions else "",
        f"{figures.cost / 100 / figures.clicks:.8f}" if figures.clicks else "",
        result_type if results else "",
        str(results) if results else "",
        f"{figures.cost / 100 / results:.8f}" if results else "",
        money(figures.cost),
    ]
