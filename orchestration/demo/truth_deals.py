"""The deals of new business as they really were, whichever CRM they live in, and how each moved the open pipeline."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestration.demo.company import Company
from orchestration.demo.deals import Deal, HubspotDeal
from orchestration.demo.prospects import Person


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A deal in dollars; closed_on only once it is won or lost."""

    created_at: dt.datetime
    status: str
    closed_on: dt.date | None
    amount_at_creation: Decimal
    amount: Decimal
    person: Person | None

    @property
    def created_on(self) -> dt.date:
        """The day of its creation."""
        return self.created_at.date()


@dataclass(frozen=True, slots=True)
class Move:
    """What a deal did to the open pipeline on a day: a change by name, signed, and one deal more or less."""

    day: dt.date
    change: str
    amount: Decimal
    deals: int


def dollars(cents: int) -> Decimal:
    """Cents as dollars."""
    return Decimal(cents) / 100


def new_deals(company: Company) -> list[Opportunity]:
    """New business, each deal once; what was deleted is none."""
    found = [of_salesforce(deal) for deal in company.deals if deal.kind == "new"]
    return found + [of_hubspot(deal) for deal in company.hubspot_deals if deal.original is None]


def of_salesforce(deal: Deal) -> Opportunity:
    """A deal that sales knows; the person is the one who was converted with it."""
    closed_on = deal.closed_on if deal.status != "open" else None
    person = deal.person if deal.person.deal_number == deal.number else None
    return Opportunity(
        deal.created_at, deal.status, closed_on, dollars(deal.amount_at_creation), dollars(deal.amount), person
    )


def of_hubspot(deal: HubspotDeal) -> Opportunity:
    """A deal that only marketing knows."""
    closed_on = deal.closed_on if deal.status != "open" else None
    return Opportunity(deal.created_at, deal.status, closed_on, dollars(deal.amount), dollars(deal.amount), None)


def moves(company: Company) -> list[Move]:
    """Everything that ever moved the open pipeline, the deals deleted later among it."""
    found: list[Move] = []
    for deal in company.deals + company.deleted_deals:
        if deal.kind == "new":
            found += deal_moves(deal)
    for own in (deal for deal in company.hubspot_deals if deal.original is None):
        found.append(Move(own.created_at.date(), "created", dollars(own.amount), 1))
        if own.status != "open":
            found.append(Move(own.closed_on, own.status, -dollars(own.amount), -1))
    return found


def deal_moves(deal: Deal) -> Iterator[Move]:
    """From step to step: created, changed, lost and opened again; how it ended happened on the close date."""
    amount, is_open = deal.amount_at_creation, True
    yield Move(deal.created_at.date(), "created", dollars(amount), 1)
    is_closed = deal.status != "open"
    for step in deal.steps[1:-1] if is_closed else deal.steps[1:]:
        if step.amount != amount:
            yield Move(step.at.date(), "amount_changes", dollars(step.amount - amount), 0)
            amount = step.amount
        if is_open and step.stage == "Closed Lost":
            yield Move(step.at.date(), "lost", -dollars(amount), -1)
            is_open = False
        elif not is_open:
            yield Move(step.at.date(), "reopened", dollars(amount), 1)
            is_open = True
    if is_closed:
        yield Move(deal.closed_on, deal.status, -dollars(amount), -1)
    elif deal.deleted_at is not None:
        yield Move(deal.deleted_at.date(), "deleted", -dollars(amount), -1)
