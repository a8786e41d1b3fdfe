"""The budget in dollars: lines in force, what each day was to cost, and which line paid what."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.demo.budgets import BudgetLine
from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.promises import last_day
from orchestration.demo.truth_acquisition import media_purpose
from orchestration.demo.truth_money import borne_costs, rate, spend
from orchestration.demo.truth_values import ONE, ZERO

UNBUDGETED = "(unbudgeted)"
DAY = dt.timedelta(days=1)
ByDay = dict[dt.date, Decimal]


@dataclass(frozen=True, slots=True)
class Outlay:
    """Money that some line pays: on a day, or in a month of which nobody knows the day."""

    day: dt.date
    is_monthly: bool
    pool: str
    channel: str
    purpose: str
    amount: Decimal


@dataclass(slots=True)
class Plan:
    """A line that is in force, in dollars: what each day was to cost and what it did cost."""

    line: BudgetLine
    budget: Decimal
    planned: ByDay
    spent: ByDay = field(default_factory=lambda: defaultdict(lambda: ZERO))

    @property
    def days(self) -> list[dt.date]:
        """The days of its period."""
        return [self.line.start + DAY * number for number in range((self.line.end - self.line.start).days + 1)]

    def pays(self, outlay: Outlay) -> bool:
        """Whether the money is of its kind."""
        line = self.line
        return (
            line.start <= outlay.day <= line.end
            and (line.pool or "media") == outlay.pool
            and line.channel in ("", outlay.channel)
            and line.purpose in ("", outlay.purpose)
        )

    def pay(self, outlay: Outlay) -> None:
        """Note the money; that of a month falls on the days as they are planned, else evenly."""
        if not outlay.is_monthly:
            self.spent[outlay.day] += outlay.amount
            return
        month = [day for day in self.days if day.replace(day=1) == outlay.day]
        weights = [self.planned[day] if self.line.planned else ONE for day in month]
        if not any(weights):
            weights = [ONE] * len(month)
        for day, weight in zip(month, weights, strict=True):
            self.spent[day] += outlay.amount * weight / sum(weights)


def lines_of(plans: list[Plan]) -> dict[str, list[Plan]]:
    """Plans by the name of their line."""
    found: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        found[plan.line.name].append(plan)
    return found


def paid_plans(company: Company) -> list[Plan]:
    """Lines in force with all money spent or promised; what none of them pays is a line of its own, month by month."""
    plans = [in_dollars(company, line) for line in in_force(company.budget)]
    for outlay in outlays(company):
        payers = sorted((plan for plan in plans if plan.pays(outlay)), key=lambda plan: preference(plan.line))
        if not payers:
            month = outlay.day.replace(day=1)
            line = BudgetLine(UNBUDGETED, month, last_day(month), 0, "", DEMO_AS_OF)
            payers = [plan for plan in plans if plan.line == line] or [Plan(line, ZERO, defaultdict(lambda: ZERO))]
            plans += [payers[0]] if payers[0] not in plans else []
        payers[0].pay(outlay)
    return plans


def preference(line: BudgetLine) -> tuple[bool, bool, dt.timedelta, str]:
    """Who pays what two could pay: the line of the channel, then of the purpose, then of the shorter period."""
    return not line.channel, not line.purpose, line.end - line.start, line.name


def in_force(lines: list[BudgetLine]) -> list[BudgetLine]:
    """The newest approved plan of each line's days."""
    approved = [line for line in lines if line.approved_on <= DEMO_AS_OF]

    def is_replaced(line: BudgetLine) -> bool:
        return any(
            newer.name == line.name
            and newer.start <= line.end
            and line.start <= newer.end
            and newer.approved_on > line.approved_on
            for newer in approved
        )

    return [line for line in approved if not is_replaced(line)]


def in_dollars(company: Company, line: BudgetLine) -> Plan:
    """At the rate of its approval, even over its days or as it was planned by day."""
    fx = rate(company, line.currency, line.approved_on)
    budget = Decimal(line.amount) / 100 * fx
    plan = Plan(line, budget, defaultdict(lambda: ZERO))
    for day, cents in line.planned:
        plan.planned[day] += Decimal(cents) / 100 * fx
    if not line.planned:
        plan.planned |= dict.fromkeys(plan.days, budget / len(plan.days))
    return plan


def outlays(company: Company) -> Iterator[Outlay]:
    """All media by day and all other costs by month, whatever they were for."""
    for row in company.ad_days:
        channel = row.campaign.channel
        yield Outlay(row.day, False, "media", channel, media_purpose(channel, row.campaign.name), spend(company, row))
    for cost in borne_costs(company, until=dt.date.max):
        yield Outlay(cost.month, True, cost.line.pool, cost.line.channel, cost.line.purpose, cost.amount)
