"""What became of the care plans from month to month, as it really was, in dollars."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from orchestration.demo.company import DEMO_AS_OF, DEMO_START, Company
from orchestration.demo.promises import last_day
from orchestration.demo.truth_cohorts import months_after
from orchestration.demo.truth_customers import Customer
from orchestration.demo.truth_money import rate
from orchestration.demo.truth_pipeline import last_of
from orchestration.demo.truth_values import ONE, ZERO, Period, TruthValue, every_period, quotient

CHANGES = ("opening", "new", "expansion", "reactivation", "contraction", "churn")
Plans = dict[int, dict[dt.date, Decimal]]


class CarePlans:
    """The plans by account and month, in their own currency, with the dollars of any month's end."""

    def __init__(self, company: Company, buyers: list[Customer]) -> None:
        """Months in which nothing was paid are left out."""
        self.company = company
        self.plans: Plans = defaultdict(dict)
        self.currency: dict[int, str] = {}
        for month in company.care_plans:
            self.currency[month.account.number] = month.currency
            if month.mrr:
                self.plans[month.account.number][month.month] = Decimal(month.mrr) / 100
        known = [month.month for month in company.care_plans]
        self.first, self.last = min(known, default=DEMO_AS_OF), max(known, default=DEMO_START)
        self.sent = {
            person.account.number
            for buyer in buyers
            if buyer.referred == "referred"
            for person in buyer.people
            if person.account
        }

    def dollars(self, account: int, month: dt.date, at: dt.date | None = None) -> Decimal:
        """What an account paid for a month, at the rate of that month's end or of another's."""
        paid = self.plans[account].get(month, ZERO)
        return paid * rate(self.company, self.currency[account], last_day(at or month)) if paid else ZERO

    def moves(self, start: dt.date, end: dt.date) -> Iterator[tuple[int, str, Decimal, Decimal, Decimal]]:
        """Account, what happened to it, MRR at the start, what of it is left at the same rate, MRR at the end."""
        for account, months in self.plans.items():
            before, after = self.dollars(account, start), self.dollars(account, end)
            left = self.dollars(account, end, start) if before else after
            if before or after:
                yield account, self.change(min(months), start, before, left), before, left, after

    def change(self, first: dt.date, start: dt.date, before: Decimal, left: Decimal) -> str:
        """Which item of the bridge it is."""
        if before:
            return "churn" if not left else "expansion" if left > before else "contraction" if left < before else ""
        return "reactivation" if first <= start else "opening" if first == self.first else "new"


def subscription_truth(company: Company, buyers: list[Customer]) -> Iterator[TruthValue]:
    """Retention of revenue and of customers, and the bridge between two stocks of MRR."""
    plans = CarePlans(company, buyers)
    for period in every_period():
        end = last_of(period).replace(day=1)
        if plans.first <= end <= plans.last:
            yield from retained(plans, period, months_after(period[1] or DEMO_START, -1), end)
            yield from bridge(plans, period, end)
        if period[0] == "month" and plans.first <= months_after(end, -12):
            yield from retained(plans, period, months_after(end, -12), end, "_12m")


def retained(plans: CarePlans, period: Period, start: dt.date, end: dt.date, span: str = "") -> Iterator[TruthValue]:
    """Point to point: what became of those who were there at the start."""
    moved = list(plans.moves(start, end))
    there = [move for move in moved if move[2]]
    begun = sum((before for _, _, before, _, _ in there), ZERO)
    kept = sum((left for _, _, _, left, _ in there), ZERO)
    kept_at_most = sum((min(before, left) for _, _, before, left, _ in there), ZERO)
    earned = sum((after for account, what, _, _, after in moved if what == "new" and account in plans.sent), ZERO)
    lost, customers = Decimal(sum(what == "churn" for _, what, *_ in there)), Decimal(len(there))

    def told(kpi: str, variant: str, top: Decimal, bottom: Decimal) -> TruthValue:
        return TruthValue(kpi, variant, *period, "", "", quotient(top, bottom), top, bottom)

    yield told("nrr_grr", f"nrr{span}", kept, begun)
    yield told("nrr_grr", f"grr{span}", kept_at_most, begun)
    yield told("earned_growth", span.removeprefix("_"), kept + earned - begun, begun)
    yield told("customer_churn", f"subscriptions{span}", lost, customers)
    if not span:
        yield told("active_customers", "subscriptions", Decimal(sum(after > 0 for *_, after in moved)), ONE)


def bridge(plans: CarePlans, period: Period, end: dt.date) -> Iterator[TruthValue]:
    """The items of the period's months, and the two stocks; what the exchange rate did is an item of its own."""
    start = months_after(period[1] or DEMO_START, -1)
    months = [month for number in range(1, 19) if (month := months_after(start, number)) <= end]
    moved = [move for month in months for move in plans.moves(months_after(month, -1), month)]

    def told(part: str, amount: Decimal) -> TruthValue:
        return TruthValue("mrr_bridge", part, *period, "", "", quotient(amount, ONE), amount, ONE)

    def total(month: dt.date) -> Decimal:
        return sum((plans.dollars(account, month) for account in plans.plans), ZERO)

    yield told("start_mrr", total(start))
    for item in CHANGES:
        sign = -1 if item in ("contraction", "churn") else 1
        name = "churned_mrr" if item == "churn" else f"{item}_mrr"
        yield told(name, sum((sign * (left - before) for _, what, before, left, _ in moved if what == item), ZERO))
    yield told("fx_change", sum((after - left for _, _, _, left, after in moved), ZERO))
    yield told("end_mrr", total(end))
