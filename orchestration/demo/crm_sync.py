"""What the synchronisation makes of Salesforce's deals in HubSpot: nearly all of them, nearly right."""

import datetime as dt
import random

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.deals import Deal, HubspotDeal
from orchestration.demo.negotiations import LOST, NEGOTIATED, QUALIFIED, QUOTED, WON
from orchestration.demo.working_hours import after_open_minutes

STAGES = {
    QUALIFIED: "Qualified To Buy",
    QUOTED: "Presentation Scheduled",
    NEGOTIATED: "Contract Sent",
    WON: "Closed Won",
    LOST: "Closed Lost",
}
DELAY = dt.timedelta(minutes=15)
OWN_DEALS = 5


def synchronise(rng: random.Random, deals: list[Deal]) -> list[HubspotDeal]:
    """The deals of HubSpot: copies, and the few that somebody typed there and nobody in Salesforce knows."""
    copies = (copy(rng, number, deal) for number, deal in enumerate(deals, start=1))
    own = own_deals(rng, deals)
    return [deal for deal in copies if deal is not None] + own


def copy(rng: random.Random, number: int, deal: Deal) -> HubspotDeal | None:
    """A copy: it may be missing, may not have heard of the new amount, of the end, or of the new date."""
    fault = rng.random()
    last = deal.steps[-1]
    if fault < 0.05:
        return None
    stage, amount, closed_on, changed_at = last.stage, last.amount, last.closed_on, last.at
    if fault < 0.12 and deal.amount_at_creation != amount:
        amount = deal.amount_at_creation
    elif 0.12 <= fault < 0.145 and len(deal.steps) > 1:
        before = deal.steps[-2]
        stage, closed_on, changed_at = before.stage, before.closed_on, before.at
    elif 0.145 <= fault < 0.165:
        closed_on += dt.timedelta(days=6)
    arrived_at, changed_at = (min(at + DELAY, LAST_INSTANT) for at in (deal.created_at, changed_at))
    return HubspotDeal(number, deal, deal.created_at, arrived_at, changed_at, STAGES[stage], closed_on, amount)


def own_deals(rng: random.Random, deals: list[Deal]) -> list[HubspotDeal]:
    """Deals of the fair, typed into HubSpot and never sent on."""
    found = []
    for number, near in enumerate(rng.sample(deals, min(OWN_DEALS, len(deals))), start=len(deals) + 1):
        at = after_open_minutes(near.created_at, 75)
        if at > LAST_INSTANT:
            continue
        end = at.date() + dt.timedelta(days=30)
        amount = 100 * rng.randrange(500, 2000)
        is_lost = end <= LAST_INSTANT.date() and rng.random() < 0.5
        changed_at = dt.datetime.combine(end, dt.time(12)) if is_lost else at
        found.append(
            HubspotDeal(number, None, at, at, changed_at, "Closed Lost" if is_lost else "Qualified To Buy", end, amount)
        )
    return found
