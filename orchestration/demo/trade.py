"""What is sold, paid back and paid for: orders, fittings, care plans, refunds and costs."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.demo.prospects import Account, Person


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
class Fitting:
    """A job at an office, in dollars: hours in quarters, money in cents."""

    number: int
    at: dt.datetime
    buyer: Person
    hours: Decimal
    net: int
    tax: int
    material: int
    travel: int
    status: str

    @property
    def name(self) -> str:
        """Its number in the job book."""
        return f"J-{self.number:04}"


@dataclass(frozen=True, slots=True)
class CareMonth:
    """What an account pays for a month of its care plan, in cents of its currency; 0 in the month it has left."""

    account: Account
    month: dt.date
    mrr: int
    currency: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost that is not media, borne by its own month or some from it on; in cents, share None as the pool has it."""

    month: dt.date
    pool: str
    amount: int
    currency: str
    description: str
    purpose: str = "activation"
    channel: str = ""
    acquisition_share: Decimal | None = None
    is_fixed: bool = False
    months: int = 1
