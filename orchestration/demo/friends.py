"""The customer list: every office that was quoted, and buyers who sent a friend or were sent by one."""

import random
from collections.abc import Iterable

from orchestration.demo.care import first_wins
from orchestration.demo.deals import Deal
from orchestration.demo.prospects import ListedCustomer, Person
from orchestration.demo.trade import Order

LARGE_FROM = 350_000


def customer_code(person: Person) -> str:
    """The number of a customer in the firm's own books: that of the office, or the home worker's own."""
    return f"C-{person.account.number:04}" if person.account else f"H-{person.number:05}"


def customer_list(rng: random.Random, deals: list[Deal], orders: Iterable[Order]) -> list[ListedCustomer]:
    """Offices first, then the home workers of the friends' programme."""
    signed = [customer_code(deal.person) for deal in first_wins(deals)]
    friends = {code: rng.choice(signed[:place]) for place, code in enumerate(signed) if place and rng.random() < 0.14}
    offices: dict[str, ListedCustomer] = {}
    for deal in deals:
        code, segment = customer_code(deal.person), "large office" if deal.amount >= LARGE_FROM else "small office"
        offices.setdefault(code, ListedCustomer(code, deal.person, segment, friends.get(code, "")))
    return [*offices.values(), *home_friends(rng, orders)]


def home_friends(rng: random.Random, orders: Iterable[Order]) -> list[ListedCustomer]:
    """Buyers whom the newsletter knows; of those who came by word of mouth most name who sent them."""
    buyers = [order.buyer for order in orders if order.buyer and order.is_revenue]
    known = list({buyer.number: buyer for buyer in buyers if buyer.hubspot_at and not buyer.account}.values())
    listed: dict[int, ListedCustomer] = {}
    for place, buyer in enumerate(known):
        if place and rng.random() < (0.65 if buyer.channel == "referral" else 0.03):
            friend = known[rng.randrange(place)]
            listed.setdefault(friend.number, ListedCustomer(customer_code(friend), friend, "home"))
            listed[buyer.number] = ListedCustomer(customer_code(buyer), buyer, "home", customer_code(friend))
    return list(listed.values())
