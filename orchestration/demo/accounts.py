"""Accounts: leads that convert, colleagues who join, deals that are won, lost or followed by more."""

import datetime as dt
import random
from dataclasses import dataclass, field

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.deals import Deal
from orchestration.demo.journeys import Journey, close, later
from orchestration.demo.names import address, firm_name, person_name
from orchestration.demo.prospects import Account, Person, StageEntry


@dataclass(slots=True)
class Offices:
    """Everybody and everything on the business side."""

    people: list[Person] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    shared: set[int] = field(default_factory=set)


def convert(rng: random.Random, world: Offices, person: Person, journey: Journey) -> None:
    """Turn the lead into a contact of an account, with a deal; sometimes a colleague joins, or the account exists."""
    assert journey.deal_at is not None
    assert journey.closed_on is not None
    person.converted_at = journey.deal_at
    person.entries += conversion(person, journey.deal_at)
    account = known_account(rng, world, person) if rng.random() < 0.08 else None
    if account is None:
        account = Account(len(world.accounts) + 1, firm_name(rng, len(world.accounts) + 1), journey.deal_at)
        world.accounts.append(account)
    person.account = account
    amount = 100 * rng.randrange(900, 7000)
    deal = Deal(
        len(world.deals) + 1, account, person, "new", journey.deal_at, journey.outcome, journey.closed_on, amount
    )
    world.deals.append(deal)
    person.deal_number = deal.number
    if rng.random() < 0.25:
        colleague(rng, world, deal)


def conversion(person: Person, at: dt.datetime) -> list[StageEntry]:
    """What converting a lead says: qualified and quoted on that day, no earlier than the lead itself."""
    assert person.lead_at is not None
    known_at = max(dt.datetime.combine(at.date(), dt.time()), person.lead_at)
    return [StageEntry(stage, known_at, "conversion") for stage in ("sql", "opportunity")]


def known_account(rng: random.Random, world: Offices, person: Person) -> Account | None:
    """An account in talks all the while since the person first asked: not yet a customer, so the person is a lead."""
    assert person.hubspot_at is not None
    assert person.converted_at is not None
    asked_on = person.hubspot_at.date()
    for deal in reversed(world.deals[-40:]):
        is_alone = deal.account.number not in world.shared
        if is_alone and deal.created_at < person.converted_at and deal.closed_on > asked_on and rng.random() < 0.5:
            world.shared.add(deal.account.number)
            return deal.account
    return None


def colleague(rng: random.Random, world: Offices, deal: Deal) -> None:
    """A second person at the account, entered by sales by hand, source unknown, before the deal is closed."""
    at = later(rng, deal.created_at, 1, 3)
    if at > LAST_INSTANT or at.date() >= deal.closed_on:
        return
    first, last = person_name(rng)
    number = len(world.people) + 1
    email = address(first, last, number, "offices.example.org")
    world.people.append(Person(number, first, last, email, "", account=deal.account, contact_at=at))


def expand(rng: random.Random, world: Offices, deal: Deal) -> None:
    """Some customers come back for more floors of the building."""
    if deal.status != "won" or rng.random() > 0.22:
        return
    at = later(rng, dt.datetime.combine(deal.closed_on, dt.time(9)), 50, 160)
    if at > LAST_INSTANT:
        return
    again = Journey(deal_at=at)
    close(rng, again)
    assert again.closed_on is not None
    amount = 100 * rng.randrange(400, 3500)
    world.deals.append(
        Deal(len(world.deals) + 1, deal.account, deal.person, "expansion", at, again.outcome, again.closed_on, amount)
    )
