"""What a platform itself gets wrong, so that totals and rows of its report agree."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time
from functools import partial
from typing import Any

from orchestration.demo.ads import AdDay, Figures
from orchestration.demo.exports import google_ads, meta_ads
from orchestration.demo.exports.files import ExportFile
from orchestration.demo.simulate import simulate
from tests.trust.corruption.deliveries import TODAY, WEEK, Delivery, Mutant
from tests.trust.corruption.past import AD_WINDOW, until


def at_the_source(today: Delivery) -> Iterator[Mutant]:
    """What the platform itself got wrong: totals and rows agree."""
    then = until(simulate(), datetime.combine(TODAY, time(23, 59)))
    first = TODAY - AD_WINDOW
    changes: dict[str, Callable[[Figures], Figures]] = {
        **{f"cost x{k}": partial(_scaled, cost=k) for k in (1000, 100, 10, 2, 0.5, 0.1, 0.01, 0.001)},
        "clicks x10": partial(_scaled, clicks=10), "clicks none": partial(_scaled, clicks=0),
        "impressions x1000": partial(_scaled, impressions=1000), "cost none": partial(_scaled, cost=0),
        "conversions none": partial(_scaled, conversions=0), "cost +20 %": partial(_scaled, cost=1.2),
        "cost -20 %": partial(_scaled, cost=0.8), "cost +10 %": partial(_scaled, cost=1.1),
        "cost and clicks exchanged": lambda f: Figures(f.clicks * 100, f.impressions, f.cost // 100, f.conversions),
        "clicks and impressions exchanged": lambda f: Figures(f.cost, f.clicks, f.impressions, f.conversions),
    }  # fmt: skip
    new, closed = (lambda one: one.day > TODAY - WEEK), (lambda one: one.day <= TODAY - 2 * WEEK)
    for file, platform, report in (
        ("google_ads/Campaign report.csv", "google_ads", _google), ("meta_ads/Campaigns.csv", "meta_ads", _meta),
    ):  # fmt: skip
        export = today.files[file]
        days = [one for one in then.ad_days if one.campaign.platform == platform and first <= one.day <= TODAY]
        campaigns = sorted({one.campaign.campaign_id for one in days})

        def mutant(name: str, spoilt: list[AdDay], export: ExportFile = export, report: Any = report) -> Mutant:
            content = report(spoilt, first)
            return Mutant(f"{export.path}, at the source: {name}", export.path, (replace(export, content=content),))

        for name, change in changes.items():
            for scope, where in (("all", lambda one: True), ("new", new), ("closed", closed)):
                spoilt = [replace(one, final=change(one.final)) if where(one) else one for one in days]
                yield mutant(f"{name}, {scope}", spoilt)
        for shift in (1, -1, 7, -7):
            moved = [replace(one, day=one.day + shift * WEEK / 7) for one in days]
            yield mutant(f"days {shift:+}", [one for one in moved if first <= one.day <= TODAY])
        for back in (0, 3, 9, 20):
            yield mutant(f"day -{back} dropped", [one for one in days if one.day != TODAY - back * WEEK / 7])
        yield mutant("new week dropped", [one for one in days if not new(one)])
        yield mutant("rows twice", [*days, *days])
        for number, campaign in enumerate(campaigns):
            yield mutant(f"campaign {number} dropped", [one for one in days if one.campaign.campaign_id != campaign])
            gone = [one for one in days if one.campaign.campaign_id != campaign or not new(one)]
            yield mutant(f"campaign {number} dropped, new", gone)
        again = [
            replace(one, campaign=replace(one.campaign, campaign_id=f"{one.campaign.campaign_id}9")) for one in days
        ]
        yield mutant("campaigns again under other ids", [*days, *again])
        yield mutant("campaigns again under other ids, new", [*days, *(one for one in again if new(one))])
    text = today.files["meta_ads/Campaigns.csv"].content.decode()
    for currency in ("USD", "GBP"):
        yield Mutant(
            f"meta_ads/Campaigns.csv, at the source: in {currency}", "meta_ads/Campaigns.csv",
            (replace(today.files["meta_ads/Campaigns.csv"], content=text.replace("(EUR)", f"({currency})").encode()),),
        )  # fmt: skip
    text = today.files["google_ads/Campaign report.csv"].content.decode()
    yield Mutant(
        "google_ads/Campaign report.csv, at the source: in EUR", "google_ads/Campaign report.csv",
        (replace(today.files["google_ads/Campaign report.csv"], content=text.replace(",USD,", ",EUR,").encode()),),
    )  # fmt: skip


def _scaled(figures: Figures, **factors: float) -> Figures:
    return Figures(*(int(getattr(figures, name) * factors.get(name, 1)) for name in Figures.__slots__))


def _google(days: list[AdDay], first: Any) -> bytes:
    return google_ads.report(days, first, TODAY).encode()


def _meta(days: list[AdDay], first: Any) -> bytes:
    days = sorted(days, key=lambda one: (one.campaign.campaign_id, one.day))
    return meta_ads.report([(one, one.final) for one in days], first, TODAY, has_total=True).encode()
