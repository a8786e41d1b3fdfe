"""What each budget line planned, spent and is expected to spend, as it really was."""

from collections.abc import Iterator
from decimal import Decimal

from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.truth_plans import DAY, Plan, lines_of, paid_plans
from orchestration.demo.truth_values import ONE, ZERO, TruthValue, quotient, sums

HISTORY, FEW_DAYS = 56, 3


def budget_truth(company: Company) -> Iterator[TruthValue]:
    """Pacing and forecast of months and quarters, and every line over its own period."""
    plans = paid_plans(company)
    for member, mine in {"": plans, **lines_of(plans)}.items():
        yield from period_truth(member, mine)
    for plan in plans:
        yield from line_truth(plan, plans)


def period_truth(member: str, plans: list[Plan]) -> Iterator[TruthValue]:
    """Spent over planned and what is expected, by month and quarter; those of the demo are over."""
    planned = sums((day, amount) for plan in plans for day, amount in plan.planned.items() if day <= DEMO_AS_OF)
    spent = sums((day, amount) for plan in plans for day, amount in plan.spent.items() if day <= DEMO_AS_OF)
    held = sums((day, 1) for plan in plans for day in plan.days if day <= DEMO_AS_OF)
    dimension = "budget_line" if member else ""
    for grain, period in held:
        if grain != "all":
            top, bottom = spent[grain, period], planned[grain, period]
            key = (grain, period, dimension, member)
            yield TruthValue("budget_pacing", "", *key, quotient(top, bottom), top, bottom)
            yield TruthValue("forecast_eop", "", *key, quotient(top, ONE), top, ONE)


def line_truth(plan: Plan, plans: list[Plan]) -> Iterator[TruthValue]:
    """A line over its whole period: budget, spent, planned and expected, and what is left of it."""
    spent = sum((amount for day, amount in plan.spent.items() if day <= DEMO_AS_OF), ZERO)
    planned = sum((amount for day, amount in plan.planned.items() if day <= DEMO_AS_OF), ZERO)
    parts = {
        "budget": plan.budget,
        "planned_to_date": planned,
        "actual_to_date": spent,
        "remaining": plan.budget - spent,
        "committed": sum((amount for day, amount in plan.spent.items() if day > DEMO_AS_OF), ZERO),
        "forecast_eop": spent + expected(plan, plans, spent, planned),
    }
    for part, amount in parts.items():
        yield TruthValue(
            "budget_line", part, "line", plan.line.start, "line", plan.line.name, quotient(amount, ONE), amount, ONE
        )


def expected(plan: Plan, plans: list[Plan], spent: Decimal, planned: Decimal) -> Decimal:
    """What the days to come will cost: the plan at first, the rest of the schedule, or as weekdays have cost so far."""
    past = [day for day in plan.days if day <= DEMO_AS_OF]
    ahead = [day for day in plan.days if day > DEMO_AS_OF]
    if not ahead:
        return ZERO
    if len(past) < FEW_DAYS:
        return max(plan.budget - spent, ZERO)
    if plan.line.planned:
        return plan.budget - planned
    weekdays = weekday_weights(lines_of(plans)[plan.line.name])
    seen = sum((weekdays[day.weekday()] for day in past), ZERO)
    if seen > 0:
        return spent * sum((weekdays[day.weekday()] for day in ahead), ZERO) / seen
    return spent * len(ahead) / len(past)


def weekday_weights(plans: list[Plan]) -> list[Decimal]:
    """What each weekday cost in the last eight weeks; nothing where the line is younger than that."""
    spent = {day: amount for plan in plans for day, amount in plan.spent.items() if amount}
    since = DEMO_AS_OF - DAY * (HISTORY - 1)
    recent = [day for plan in plans for day in plan.days if since <= day <= DEMO_AS_OF]
    weights = [ZERO] * 7
    if min(spent, default=DEMO_AS_OF) <= since and len(recent) == HISTORY:
        for day in recent:
            weights[day.weekday()] += spent.get(day, ZERO)
    return [max(weight, ZERO) for weight in weights]
