"""What Lumen & Oak is made of: its campaigns, people, deals, orders and costs, as they really were."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

DEMO_START = dt.date(2025, 1, 1)
DEMO_AS_OF = dt.date(2026, 6, 30)
LAST_INSTANT = dt.datetime(2026, 6, 30, 23, 59)


@dataclass(frozen=True, slots=True)
class Campaign:
    """An ad campaign; its account is billed in its currency."""

    platform: str
    account_id: str
    account_name: str
    campaign_id: str
    name: str
    kind: str
    channel: str
    currency: str

    @property
    def counts_clicks(self) -> bool:
        """Nobody knows how many heard a podcast, let alone clicked."""
        return self.kind != "podcast"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a platform says about a campaign's day; cost in cents, conversions in hundredths."""

    cost: int
    impressions: int
    clicks: int
    conversions: int


@dataclass(frozen=True, slots=True)
class AdDay:
    """A campaign's day: the final figures, and those that the platform showed before it restated them."""

    campaign: Campaign
    day: dt.date
    final: Figures
    early: Figures


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
    touches: list["Touch"] = field(default_factory=list)

    @property
    def records_at(self) -> list[dt.datetime]:
        """When each record of the person was made; empty for a buyer that no CRM knows."""
        stamps = (
            self.hubspot_at, self.hubspot_duplicate_at, self.lead_at,
            self.lead_duplicate_at, self.contact_at, self.log_at,
        )  # fmt: skip
        return [stamp for stamp in stamps if stamp is not None]


@dataclass(frozen=True, slots=True)
class Touch:
    """A person answering a campaign of the CRM."""

    channel: str
    day: dt.date


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


@dataclass(frozen=True, slots=True)
class Line:
    """Some units of a product on an order; price in cents."""

    sku: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Refund:
    """Money paid back: the part that was net revenue, and all of it with tax; in cents."""

    day: dt.date
    net: int
    amount: int
    is_in_template: bool = True


@dataclass(slots=True)
class Order:
    """An order of the shop; money in cents of its currency."""

    number: int
    placed_at: dt.datetime
    buyer: Person | None
    currency: str
    source: str
    lines: list[Line]
    discount: int
    shipping: int
    tax: int
    status: str
    refunds: list[Refund] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The order's name as Shopify prints it."""
        return f"#{1000 + self.number}"

    @property
    def subtotal(self) -> int:
        """Goods after discount."""
        return sum(line.quantity * line.price for line in self.lines) - self.discount

    @property
    def net(self) -> int:
        """Goods and shipping without tax, before refunds."""
        return self.subtotal + self.shipping

    @property
    def total(self) -> int:
        """What the customer was asked to pay."""
        return self.net + self.tax

    @property
    def is_revenue(self) -> bool:
        """Whether it was paid; pending and voided orders were not."""
        return self.status == "paid"


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of a month that is not media; amount in cents, share None where the pool's own applies."""

    month: dt.date
    pool: str
    amount: int
    currency: str
    description: str
    purpose: str = "activation"
    channel: str = ""
    acquisition_share: Decimal | None = None
    is_fixed: bool = False


@dataclass(slots=True)
class Company:
    """All of it."""

    campaigns: list[Campaign] = field(default_factory=list)
    ad_days: list[AdDay] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    rates: dict[dt.date, Decimal] = field(default_factory=dict)
