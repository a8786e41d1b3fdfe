"""What offices buy beside lamps: fittings by the hour, and a care plan that they pay by the month."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.deals import Deal
from orchestration.demo.prospects import Account
from orchestration.demo.seasons import months
from orchestration.demo.trade import CareMonth, Fitting

HOURLY, CALL_OUT = 6800, 4500
TAX_PERCENT = 8


def first_wins(deals: Iterable[Deal]) -> list[Deal]:
    """The first deal that each account signed, in the order of signing."""
    won = sorted((deal for deal in deals if deal.status == "won"), key=lambda deal: (deal.closed_on, deal.number))
    return list({deal.account.number: deal for deal in reversed(won)}.values())[::-1]


def fittings(rng: random.Random, deals: list[Deal]) -> list[Fitting]:
    """Half of the deals are fitted by the firm's own people, a few days after the signature; some are called off."""
    found: list[Fitting] = []
    for deal in deals:
        day = deal.closed_on + dt.timedelta(days=rng.randrange(3, 26))
        quarters = rng.randrange(8, 60)
        at = dt.datetime.combine(day, dt.time(rng.randrange(8, 12)))
        if deal.status != "won" or rng.random() < 0.5 or at > LAST_INSTANT:
            continue
        net = HOURLY * quarters // 4 + CALL_OUT
        status = "cancelled" if rng.random() < 0.06 else "paid"
        material, travel = 100 * rng.randrange(6, 90), 10 * rng.randrange(80, 700)
        found.append(
            Fitting(len(found) + 1, at, deal.person, Decimal(quarters) / 4, net, net * TAX_PERCENT // 100,
                    material, travel, status)
        )  # fmt: skip
    return found


def care_plans(rng: random.Random, deals: list[Deal]) -> list[CareMonth]:
    """Two in three offices take the plan in the month after they first signed."""
    return [
        month
        for deal in first_wins(deals)
        if rng.random() < 0.66
        for month in care_plan(rng, deal.account, deal.closed_on)
    ]


def care_plan(rng: random.Random, account: Account, signed_on: dt.date) -> Iterator[CareMonth]:
    """Month by month: more lamps, fewer lamps, the end, and sometimes a second beginning after a pause."""
    currency = "EUR" if account.number % 5 == 0 else "USD"
    mrr, pause = 500 * rng.randrange(8, 33), 0
    for month in months():
        if month <= signed_on:
            continue
        change = rng.random()
        if pause:
            pause -= 1
            continue
        if change < 0.025:
            yield CareMonth(account, month, 0, currency)
            if rng.random() < 0.6:
                return
            pause = rng.randrange(1, 4)
        else:
            mrr += 500 * rng.randrange(1, 9) if change > 0.95 else -1000 if change > 0.925 and mrr > 3000 else 0
            yield CareMonth(account, month, mrr, currency)
