"""Who asks and who buys: people, the stages they enter, what passed between them and the firm, their offices."""

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


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that passed between a person and the firm: kind as people call it, system as in StageEntry.

    Calls, e-mails and meetings answer; auto_reply, note, planned and inbound do not.
    """

    at: dt.datetime
    kind: str
    system: str

    @property
    def is_answer(self) -> bool:
        """Whether a human of the firm got in touch."""
        return self.kind in ("call", "email", "meeting")


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
    answers: list[Answer] = field(default_factory=list)

    @property
    def has_old_owner(self) -> bool:
        """Whether HubSpot still names the colleague who had the person before."""
        return self.number % 23 == 0

    @property
    def records_at(self) -> list[dt.datetime]:
        """When each record of the person was made; empty for a buyer that no CRM knows."""
        stamps = (
            self.hubspot_at, self.hubspot_duplicate_at, self.lead_at,
            self.lead_duplicate_at, self.contact_at, self.log_at,
        )  # fmt: skip
        return [stamp for stamp in stamps if stamp is not None]


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """A line of the customer list; referred_by is the code of another line."""

    code: str
    person: Person
    segment: str
    referred_by: str = ""
