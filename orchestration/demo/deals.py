"""What is sold to offices: deals, how each of them changed, and what HubSpot makes of them."""

import datetime as dt
from dataclasses import dataclass, field

from orchestration.demo.prospects import Account, Person


@dataclass(frozen=True, slots=True)
class DealStep:
    """What a deal was from a moment on."""

    at: dt.datetime
    stage: str
    amount: int
    closed_on: dt.date


@dataclass(slots=True)
class Deal:
    """A sales opportunity; closed_on is the expected day while it is open, deleted_at the end of a mistake."""

    number: int
    account: Account
    person: Person
    kind: str
    created_at: dt.datetime
    status: str
    closed_on: dt.date
    amount: int
    steps: list[DealStep] = field(default_factory=list)
    deleted_at: dt.datetime | None = None

    @property
    def amount_at_creation(self) -> int:
        """What it was worth at first."""
        return self.steps[0].amount if self.steps else self.amount

    @property
    def changed_at(self) -> dt.datetime:
        """When anybody touched the record last."""
        return self.deleted_at or (self.steps[-1].at if self.steps else self.created_at)


@dataclass(frozen=True, slots=True)
class HubspotDeal:
    """A deal as HubSpot has it: the copy of one of Salesforce, late or wrong at times, or one of its own.

    created_at is when the deal was made, arrived_at when it came to HubSpot.
    """

    number: int
    original: Deal | None
    created_at: dt.datetime
    arrived_at: dt.datetime
    changed_at: dt.datetime
    stage: str
    closed_on: dt.date
    amount: int

    @property
    def person(self) -> Person | None:
        """The contact of a deal of new business, whose lifecycle stage follows it."""
        is_new = self.original is not None and self.original.person.deal_number == self.original.number
        return self.original.person if self.original is not None and is_new else None

    @property
    def status(self) -> str:
        """Open, won or lost."""
        return {"Closed Won": "won", "Closed Lost": "lost"}.get(self.stage, "open")
