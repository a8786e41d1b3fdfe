"""Ad reports written by hand: one account per case, so that one build answers for all of them."""

from typing import Any

Rows = dict[str, list[dict[str, Any]]]

JANUARY, FEBRUARY, MARCH = "2026-01-20 06:00:00", "2026-02-20 06:00:00", "2026-03-20 06:00:00"


def ad(account: str, day: int, spend: str, breakdown: str = "campaign", **more: Any) -> dict[str, Any]:
    """A row of an ad report of January 2026, exported on 20 January."""
    row = {"account_id": account, "day": f"2026-01-{day:02}", "spend": spend, "currency": "USD", "breakdown": breakdown}
    named = {"campaign_name": "Lamps"} if "campaign" in breakdown.split("+") else {}
    return row | named | {"file_id": f"{account}-{breakdown}", "exported_at": JANUARY} | more


def export(source: str, file_id: str, days: tuple[int, int], **more: Any) -> dict[str, Any]:
    """What Duet knows of an export that declares its window."""
    start, end = (f"2026-01-{day:02}" for day in days)
    known = {"source": source, "stream": "campaign_days", "file_id": file_id, "window_start": start, "window_end": end}
    return known | {"rows": 0, "exported_at": FEBRUARY} | more


def period(account: str, spend: str, start: str | None, end: str | None, **more: Any) -> dict[str, Any]:
    """A row of an ad report without days."""
    row = {"account_id": account, "period_start": start, "period_end": end, "spend": spend, "currency": "USD"}
    return row | {"breakdown": "campaign", "campaign_name": "Lamps", "file_id": f"{account}-{start}"} | more


META = [
    # 4 January was restated twice; the February export arrives last or first, March wins.
    ad("restated", 4, "100", conversions="1", file_id="m", exported_at=MARCH),
    ad("restated", 4, "90", conversions="2.5", file_id="f", exported_at=FEBRUARY),
    ad("restated", 4, "80", conversions="3", file_id="j", exported_at="2026-01-06 06:00:00"),
    # Exported at the same moment: the later file id wins.
    ad("tied", 4, "1", file_id="a"),
    ad("tied", 4, "2", file_id="b"),
    # A newer export that declares 4 to 6 January has no row of the 5th: the 5th was zero.
    ad("silent", 4, "10"),
    ad("silent", 5, "20"),
    ad("silent", 6, "30"),
    ad("silent", 4, "11", file_id="silent-new", exported_at=FEBRUARY),
    ad("silent", 6, "31", file_id="silent-new", exported_at=FEBRUARY),
    # A newer empty export covers the 4th and 5th, an older one the 6th.
    ad("emptied", 4, "10"),
    ad("emptied", 5, "20"),
    ad("emptied", 6, "30"),
    # 4th: everything there is. 5th: no campaign report. 6th: account and ads. 7th: ads alone.
    ad("ranked", 4, "60", campaign_id="c1", impressions=600, clicks=6, conversions="1"),
    ad("ranked", 4, "40", campaign_id="c2", impressions=400, clicks=4, conversions="2"),
    ad("ranked", 4, "70", "campaign+device", campaign_id="c1", member="mobile", impressions=700, clicks=7),
    ad("ranked", 4, "35", "ad+campaign", campaign_id="c1", member="blue", impressions=300, clicks=11),
    ad("ranked", 4, "35", "ad+campaign", campaign_id="c2", member="red", impressions=300, clicks=2),
    ad("ranked", 4, "100.01", "account", impressions=1000, clicks=10),
    ad("ranked", 5, "50", "campaign+device", campaign_id="c1", member="mobile"),
    ad("ranked", 5, "25", "campaign+device", campaign_id="c1", member="desktop"),
    ad("ranked", 5, "80", "account"),
    ad("ranked", 6, "30", "account"),
    ad("ranked", 6, "20", "ad+campaign", campaign_id="c1", member="blue"),
    ad("ranked", 7, "20", "ad+campaign", campaign_id="c1", member="blue"),
    ad("ranked", 7, "5", "ad+campaign", campaign_id="c1", member="red"),
    # The account says 7.50 more than its campaigns; on the 5th it has no campaign at all.
    ad("hidden", 4, "60", impressions=500, conversions="1.5"),
    ad("hidden", 4, "67.50", "account", impressions=700, conversions="1.5"),
    ad("hidden", 5, "9", "account", file_id="hidden-account"),
    # A split of the account without its campaigns is the account's own total too.
    ad("split", 4, "60"),
    ad("split", 4, "40", "platform", member="facebook"),
    ad("split", 4, "25", "platform", member="instagram"),
    # An account total of the day after, before the campaigns were restated, is out of date.
    ad("moving", 4, "50", "account", exported_at="2026-01-05 06:00:00"),
    ad("moving", 4, "55", exported_at="2026-01-06 06:00:00"),
    # Figures of ads alone, and a campaign whose export does not name the account.
    ad("(unknown)", 4, "3", "ad", member="ad1", file_id="ads"),
    ad("(unknown)", 4, "4", "ad", member="ad2", file_id="ads"),
    ad("(unknown)", 5, "5", campaign_id="c9", campaign_name=None, file_id="owned"),
    # A part of the account only; the day is known from its campaigns.
    ad("partial", 4, "60"),
    ad("partial", 4, "45.13", "campaign+search_term", member="desk lamp"),
]
PERIODS = [
    period("ranked", "125.01", "2026-01-04", "2026-01-05"),  # 100 + 80 (75 and 5 unallocated): differs
    period("hidden", "76.50", "2026-01-04", "2026-01-05"),  # 67.50 + 9
    period("silent", "100", "2026-01-01", "2026-01-31"),  # 3 of 31 days
    period("emptied", "30", None, None),  # all time
]
ADS: Rows = {
    "meta_ads/campaign_days": META,
    "meta_ads/campaign_periods": PERIODS,
    "meta_ads/ads": [{"ad_id": "ad1", "campaign_id": "c8", "account_id": "act_8"}],
    "meta_ads/campaigns": [
        {"account_id": "act_8", "campaign_id": "c8", "campaign_name": "Eight"},
        {"account_id": "act_9", "campaign_id": "c9", "campaign_name": "Nine"},
        {"account_id": "ranked", "campaign_id": "c1", "campaign_name": "One"},
    ],
    # The only account of its source: the empty export that names none, and no breakdown, is its own.
    "google_ads/campaign_days": [
        ad("111", 4, "10", "campaign+device", member="MOBILE", currency=None),
        ad("111", 5, "20", "campaign+device", member="MOBILE", currency=None),
    ],
    "google_ads/accounts": [{"account_id": "111", "currency": "USD"}],
    # Figures of an ad set alone, and a currency that is kept with the campaign.
    "tiktok_ads/campaign_days": [ad("(unknown)", 8, "6", "ad_set", member="16")],
    "tiktok_ads/ads": [{"ad_id": "17", "ad_set_id": "16", "campaign_id": "15", "account_id": "tik"}],
    "x_ads/campaign_days": [ad("ex", 8, "7", campaign_id="x1", currency=None)],
    "x_ads/campaigns": [{"account_id": "ex", "campaign_id": "x1", "currency": "USD"}],
    "duet/exports": [
        export("meta_ads", "silent-new", (4, 6), rows=2),
        export("meta_ads", "emptied-new", (4, 5), account_id="emptied", breakdown="campaign"),
        export(
            "meta_ads", "emptied-late", (6, 6), account_id="emptied", breakdown="campaign", exported_at="2026-01-10"
        ),
        export("meta_ads", "whose", (1, 31), account_id="(unknown)"),
        export("google_ads", "nothing", (5, 6)),
    ],
}
