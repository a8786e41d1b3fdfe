"""What Lumen & Oak spends on media, campaign by campaign and day by day."""

import datetime as dt
import random
from decimal import Decimal

from orchestration.demo.ads import AdDay, Campaign, Figures
from orchestration.demo.seasons import days, demand

GOOGLE_ACCOUNT = "482-715-9036"
META_ACCOUNT = "120330417725580"

# name, kind, audience, cost a day in cents, cost a click in cents, clicks per impression
GOOGLE = (
    ("Brand - Lumen & Oak", "Search", "home", 1150, 38, 0.145),
    ("Desk lamps - generic", "Search", "home", 4400, 92, 0.041),
    ("Office lighting - B2B", "Search", "office", 3900, 245, 0.033),
    ("Performance Max - all products", "Performance Max", "home", 2450, 47, 0.018),
)
META = (
    ("Home office | Prospecting", "Sales", "home", 2900, 64, 0.012),
    ("Home office | Retargeting", "Sales", "home", 1150, 41, 0.021),
    ("Facility managers | Lead form", "Leads", "office", 1700, 138, 0.008),
    ("Good light | Awareness film", "Awareness", "home", 750, 52, 0.006),
    ("Past buyers | Win-back", "Sales", "home", 420, 44, 0.019),
)
# name, kind, cents a placement
SPONSORSHIPS = (("Desk Setup Weekly", "newsletter", 19000), ("The Quiet Office", "podcast", 28000))


def ad_days(rng: random.Random, scale: int) -> tuple[list[Campaign], list[AdDay]]:
    """All campaigns and their days; scale repeats the campaigns."""
    platforms = (
        ("google_ads", GOOGLE_ACCOUNT, "Lumen & Oak US", "paid_search", "USD", GOOGLE, 20480113570),
        ("meta_ads", META_ACCOUNT, "Lumen & Oak EU", "paid_social", "EUR", META, 120214680035510260),
    )
    campaigns, result = [], []
    for platform, account, account_name, channel, currency, plans, first_id in platforms:
        for number in range(len(plans) * scale):
            name, kind, audience, cost, click, rate = plans[number % len(plans)]
            label = name if number < len(plans) else f"{name} {number // len(plans) + 1:03}"
            campaign = Campaign(
                platform, account, account_name, str(first_id + 7919 * number), label, kind, channel, currency
            )
            campaigns.append(campaign)
            for day in days():
                final = figures(rng, cost * demand(day, audience), click, rate)
                result.append(AdDay(campaign, day, final, before_restatement(rng, final)))
    sponsors, placements = sponsorships(rng, scale)
    return campaigns + sponsors, result + placements


def figures(rng: random.Random, expected_cost: float, cost_per_click: int, click_rate: float) -> Figures:
    """A campaign's day around what was expected of it."""
    clicks = int(expected_cost * rng.uniform(0.75, 1.25) / cost_per_click + rng.random())
    cost = int(clicks * cost_per_click * rng.uniform(0.9, 1.1))
    impressions = int(clicks / click_rate * rng.uniform(0.8, 1.25)) + rng.randrange(40)
    return Figures(cost, impressions, clicks, int(clicks * rng.uniform(0, 8)))


def before_restatement(rng: random.Random, final: Figures) -> Figures:
    """What the platform said before it took out invalid clicks and found late conversions."""
    invalid = min(final.clicks // 25 + (rng.random() < 0.3), 9)
    return Figures(
        final.cost + invalid * 37, final.impressions + invalid * 11, final.clicks + invalid, final.conversions * 7 // 10
    )


def sponsorships(rng: random.Random, scale: int) -> tuple[list[Campaign], list[AdDay]]:
    """Placements in newsletters and podcasts, billed on the day; nobody counts who heard a podcast."""
    campaigns, result = [], []
    for number in range(len(SPONSORSHIPS) * scale):
        name, kind, price = SPONSORSHIPS[number % len(SPONSORSHIPS)]
        label = name if number < len(SPONSORSHIPS) else f"{name} {number // len(SPONSORSHIPS) + 1:03}"
        campaign = Campaign("", "", "", f"sp-{number + 1:03}", label, kind, "sponsorship", "USD")
        campaigns.append(campaign)
        for day in days():
            if day.weekday() == 1 + number % 3 and rng.random() < 0.45 * min(demand(day, "office"), 1.5):
                readers = rng.randrange(7000, 11000) if kind == "newsletter" else 0
                paid = Figures(price + 500 * rng.randrange(-6, 7), readers, readers // 130, 0)
                result.append(AdDay(campaign, day, paid, paid))
    return campaigns, result


def euro_rates(rng: random.Random) -> dict[dt.date, Decimal]:
    """Dollars per euro on weekdays, in thousandths; weekends have no rate, and the days before the first do."""
    rate, result = 1038, {dt.date(2024, 12, 30): Decimal("1.038"), dt.date(2024, 12, 31): Decimal("1.039")}
    for day in days():
        if day.weekday() < 5 and (day.month, day.day) not in {(1, 1), (12, 25)}:
            rate = min(max(rate + rng.randrange(-6, 7), 1021), 1189)
            result[day] = Decimal(rate) / 1000
    return result
