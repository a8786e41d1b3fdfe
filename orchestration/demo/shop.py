"""What the shop sells: the home workers, every order and what was paid back."""

import datetime as dt
import random

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.deals import Deal
from orchestration.demo.names import address, person_name
from orchestration.demo.prospects import Person, StageEntry
from orchestration.demo.seasons import arrivals, days, demand, moment
from orchestration.demo.trade import Line, Order, Refund

HOME_PER_DAY = 2.6
CHANNELS = ("paid_search", "paid_social", "organic_search", "referral")
CHANNEL_WEIGHTS = (38, 30, 26, 6)
# Prices in whole units and tax shares that leave whole cents, so nothing in the truth depends on rounding.
PRICES = {
    "USD": {"LAMP-DESK": 7900, "LAMP-FLOOR": 14900, "BULB-KIT": 1900},
    "EUR": {"LAMP-DESK": 7500, "LAMP-FLOOR": 14000, "BULB-KIT": 2000},
}
TAX_PERCENT = {"USD": 8, "EUR": 20}
SHIPPING = {"USD": 900, "EUR": 1000}
# Refunds of these days were typed into the shop only; the export of the last day is the first that shows them.
SHOP_ONLY_SINCE, SHOP_ONLY_KNOWN = dt.date(2025, 12, 20), dt.date(2026, 1, 5)
SHOP_ONLY_REFUNDS = 3


def home_workers(rng: random.Random, scale: int, first_number: int) -> tuple[list[Person], list[Order]]:
    """People who buy for their own desk: most are HubSpot contacts, some only have an address, a few not even that."""
    people: list[Person] = []
    orders: list[Order] = []
    for day in days():
        for _ in range(arrivals(rng, HOME_PER_DAY * scale * demand(day, "home"))):
            at = moment(rng, day)
            currency = "EUR" if rng.random() < 0.24 else "USD"
            if rng.random() < 0.02:
                orders.append(order(rng, at, None, currency, "pos"))
                continue
            person = home_person(rng, first_number + len(people), at)
            people.append(person)
            orders.extend(purchases(rng, person, at, currency))
    return people, orders


def home_person(rng: random.Random, number: int, at: dt.datetime) -> Person:
    """A home worker; eight in ten sign up for the newsletter before they buy."""
    first, last = person_name(rng)
    person = Person(number, first, last, address(first, last, number, "home.example.com"), "")
    if rng.random() < 0.8:
        [person.channel] = rng.choices(CHANNELS, CHANNEL_WEIGHTS)
        person.hubspot_at = at
    return person


def purchases(rng: random.Random, person: Person, at: dt.datetime, currency: str) -> list[Order]:
    """The orders of a home worker, first and repeated."""
    placed_at = at
    if person.hubspot_at is not None:
        if rng.random() > 0.7:
            return []
        placed_at = at + dt.timedelta(minutes=rng.randrange(4, 60 * 24 * 30))
    result = []
    while placed_at <= LAST_INSTANT:
        result.append(order(rng, placed_at, person, currency, "web"))
        if rng.random() > 0.2:
            break
        placed_at += dt.timedelta(days=rng.randrange(25, 200), minutes=rng.randrange(600))
    if result and person.hubspot_at is not None and rng.random() < 0.04 and placed_at < LAST_INSTANT:
        # The portal's workflow stamps some buyers as customers, without any stage before.
        person.entries.append(StageEntry("won", result[0].placed_at + dt.timedelta(minutes=2), "hubspot"))
    return result


def office_orders(rng: random.Random, deals: list[Deal], people: list[Person]) -> list[Order]:
    """What won accounts order, by the person of the deal or a colleague."""
    colleagues = {person.account.number: person for person in people if person.contact_at and person.account}
    result = []
    for deal in deals:
        if deal.status != "won":
            continue
        buyer = colleagues.get(deal.account.number, deal.person) if rng.random() < 0.4 else deal.person
        currency = "EUR" if deal.account.number % 5 == 0 else "USD"
        at = dt.datetime.combine(deal.closed_on, dt.time(9)) + dt.timedelta(minutes=rng.randrange(60 * 24 * 9))
        lamps = max(deal.amount // PRICES["USD"]["LAMP-DESK"], 4)
        while at <= LAST_INSTANT:
            result.append(order(rng, at, buyer, currency, "shopify_draft_order", lamps))
            if rng.random() > 0.4:
                break
            at += dt.timedelta(days=rng.randrange(50, 150), minutes=rng.randrange(400))
            lamps = rng.randrange(3, 9)
    return result


def order(
    rng: random.Random, at: dt.datetime, buyer: Person | None, currency: str, source: str, lamps: int = 0
) -> Order:
    """One order, with its end: paid, pending, voided or refunded."""
    prices = PRICES[currency]
    if lamps:
        wanted = [("LAMP-DESK", lamps), ("LAMP-FLOOR", rng.randrange(0, 3)), ("BULB-KIT", rng.randrange(0, 5))]
    else:
        skus = rng.sample(list(prices), rng.choice((1, 1, 1, 2, 3)))
        wanted = [(sku, 2 if rng.random() < 0.15 else 1) for sku in skus]
    lines = [Line(sku, quantity, prices[sku]) for sku, quantity in wanted if quantity]
    goods = sum(line.quantity * line.price for line in lines)
    discount = 1000 if goods >= 5000 and rng.random() < 0.16 else 0
    shipping = SHIPPING[currency] if goods - discount < 10000 else 0
    is_exempt = bool(lamps) and currency == "USD" and rng.random() < 0.5
    tax = 0 if is_exempt else (goods - discount + shipping) * TAX_PERCENT[currency] // 100
    days_left = (LAST_INSTANT - at).days
    status = "voided" if rng.random() < 0.015 else "pending" if days_left < 7 and rng.random() < 0.5 else "paid"
    placed = Order(0, at, buyer, currency, source, lines, discount, shipping, tax, status)
    if status == "paid":
        placed.refunds = refunds(rng, placed)
    return placed


def refunds(rng: random.Random, placed: Order) -> list[Refund]:
    """What was paid back: everything, or twenty for a scratch, once or twice."""
    kind = rng.random()
    nets = [placed.net] if kind < 0.05 else [2000] if kind < 0.09 else [2000, 1500] if kind < 0.1 else []
    result: list[Refund] = []
    day = placed.placed_at.date()
    for net in nets:
        day += dt.timedelta(days=rng.randrange(2, 38))
        already = sum(refund.net for refund in result)
        if day <= LAST_INSTANT.date() and already + net <= placed.net:
            result.append(Refund(day, net, net * placed.total // placed.net))
    return result


def shop_only_refunds(orders: list[Order]) -> None:
    """Let a few refunds of the turn of the year miss the refunds file; the next export is the first to tell."""
    left = SHOP_ONLY_REFUNDS
    for placed in orders:
        if left and len(placed.refunds) == 1 and SHOP_ONLY_SINCE <= placed.refunds[0].day <= SHOP_ONLY_KNOWN:
            [refund] = placed.refunds
            placed.refunds = [Refund(SHOP_ONLY_KNOWN, refund.net, refund.amount, is_in_template=False)]
            left -= 1
