"""Who asks and who buys: people, the stages they enter, their offices and the deals."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """An office that buys: the billing entity of its people."""

    number: int
    name: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A person entering a stage; the system is hubspot, salesforce, log or conversion, which tells a day only."""

    stage: str
    at: dt.datetime
    system: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """A person answering a campaign of the CRM."""

    channel: str
    day: dt.date


@dataclass(slots=True)
class Person:
    """Somebody who asked or bought; each *_at is when the record in that system was made, None where there is none."""

    number: int
    first_name: str
    last_name: str
    email: str
    channel: str
    fate: str = ""
    account: Account | None = None
    hubspot_at: dt.datetime | None = None
    hubspot_duplicate_at: dt.datetime | None = None
    lead_at: dt.datetime | None = None
    lead_duplicate_at: dt.datetime | None = None
    contact_at: dt.datetime | None = None
    log_at: dt.datetime | None = None
    converted_at: dt.datetime | None = None
    deal_number: int = 0
    entries: list[StageEntry] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)

    @property
    def records_at(self) -> list[dt.datetime]:
        """When each record of the person was made; empty for a buyer that no CRM knows."""
        stamps = (
            self.hubspot_at, self.hubspot_duplicate_at, self.lead_at,
            self.lead_duplicate_at, self.contact_at, self.log_at,
        )  # fmt: skip
        return [stamp for stamp in stamps if stamp is not None]


@dataclass(slots=True)
class Deal:
    """A sales opportunity; closed_on is the expected day while it is open."""

    number: int
    account: Account
    person: Person
    kind: str
    created_at: dt.datetime
    status: str
    closed_on: dt.date
    amount: int
