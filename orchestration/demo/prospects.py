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
    def records_at(self) -> list[dt.datetime]:
        """When each record of the person was made; empty for a buyer that no CRM knows."""
        stamps = (
            self.hubspot_at, self.hubspot_duplicate_at, self.lead_at,
            self.lead_duplicate_at, self.contact_at, self.log_at,
        )  # fmt: skip
        return [stamp for stamp in stamps if stamp is not None]


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
    """A deal as HubSpot has it: the copy of one of Salesforce, late or wrong at times, or one of its own."""

    number: int
    original: Deal | None
    created_at: dt.datetime
    changed_at: dt.datetime
    stage: str
    closed_on: dt.date
    amount: int

    @property
    def status(self) -> str:
        """Open, won or lost."""
        return {"Closed Won": "won", "Closed Lost": "lost"}.get(self.stage, "open")
