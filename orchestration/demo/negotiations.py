"""How deals change between the quote and the signature, and the deals that were typed by mistake."""

import datetime as dt
import random

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.deals import Deal, DealStep
from orchestration.demo.working_hours import after_open_minutes

QUALIFIED, QUOTED, NEGOTIATED = "Qualification", "Proposal/Price Quote", "Negotiation/Review"
WON, LOST = "Closed Won", "Closed Lost"
CLOSING_TIME = dt.time(17)
MISTAKES = 4


def negotiate(rng: random.Random, deals: list[Deal]) -> None:
    """Give every deal its steps; the last one is the deal as it is."""
    for deal in deals:
        deal.steps = [step for step in steps(rng, deal) if step.at <= LAST_INSTANT]
        last = deal.steps[-1]
        deal.steps[-1] = DealStep(last.at, last.stage, deal.amount, deal.closed_on)


def steps(rng: random.Random, deal: Deal) -> list[DealStep]:
    """Quoted, haggled over, at times lost and won back, and closed."""
    first = 100 * max(round(deal.amount * rng.choice((0.8, 0.9, 1.15, 1.3)) / 100), 1)
    amount = first if rng.random() < 0.4 else deal.amount
    expected = deal.closed_on - dt.timedelta(days=rng.choice((0, 0, 7, 14)))
    expected = max(expected, deal.created_at.date())
    found = [DealStep(deal.created_at, QUALIFIED, amount, expected)]
    moments = meetings(rng, deal)
    if moments:
        found.append(DealStep(moments[0], QUOTED, amount, expected))
        found.append(DealStep(moments[1], NEGOTIATED, deal.amount, deal.closed_on))
        if deal.status == "won" and rng.random() < 0.1:
            found.append(DealStep(moments[2], LOST, deal.amount, moments[2].date()))
            found.append(DealStep(moments[3], NEGOTIATED, deal.amount, deal.closed_on))
    else:
        found = [DealStep(deal.created_at, QUALIFIED, deal.amount, deal.closed_on)]
    if deal.status != "open":
        closed_at = dt.datetime.combine(deal.closed_on, CLOSING_TIME)
        found.append(DealStep(max(closed_at, deal.created_at), WON if deal.status == "won" else LOST,
                              deal.amount, deal.closed_on))  # fmt: skip
    return found


def meetings(rng: random.Random, deal: Deal) -> list[dt.datetime]:
    """Four working moments between the first day and the day before the end; none if there is no room for them."""
    last = dt.datetime.combine(deal.closed_on - dt.timedelta(days=2), dt.time())
    room = int((last - deal.created_at).total_seconds() // 60)
    if room < 60:
        return []
    starts = sorted(rng.sample(range(room), 4))
    moments = [after_open_minutes(deal.created_at + dt.timedelta(minutes=start), 10 * (n + 1))
               for n, start in enumerate(starts)]  # fmt: skip
    return moments if moments == sorted(set(moments)) and moments[-1].date() < deal.closed_on else []


def mistakes(rng: random.Random, deals: list[Deal]) -> list[Deal]:
    """Deals typed twice and deleted some days later: the same account, the same amount."""
    found = []
    for number, twin in enumerate(rng.sample(deals, min(MISTAKES, len(deals))), start=len(deals) + 1):
        created_at = twin.created_at + dt.timedelta(minutes=25)
        deleted_at = created_at + dt.timedelta(days=rng.randrange(1, 40))
        if deleted_at > LAST_INSTANT:
            continue
        first = DealStep(created_at, QUALIFIED, twin.amount, twin.closed_on)
        found.append(
            Deal(number, twin.account, twin.person, "new", created_at, "open", twin.closed_on, twin.amount,
                 [first], deleted_at)
        )  # fmt: skip
    return found
