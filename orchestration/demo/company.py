"""Lumen & Oak as it really was, and the eighteen months that the demo tells of."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.demo.ads import AdDay, Campaign
from orchestration.demo.budgets import BudgetLine
from orchestration.demo.deals import Deal, HubspotDeal
from orchestration.demo.decisions import Decision
from orchestration.demo.promises import Promise, Target
from orchestration.demo.prospects import Account, ListedCustomer, Person
from orchestration.demo.trade import CareMonth, Cost, Fitting, Order

DEMO_START = dt.date(2025, 1, 1)
DEMO_AS_OF = dt.date(2026, 6, 30)
LAST_INSTANT = dt.datetime(2026, 6, 30, 23, 59)
AS_OF_END = dt.datetime(2026, 7, 1)


@dataclass(slots=True)
class Company:
    """All of it."""

    campaigns: list[Campaign] = field(default_factory=list)
    ad_days: list[AdDay] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    deleted_deals: list[Deal] = field(default_factory=list)
    hubspot_deals: list[HubspotDeal] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    fittings: list[Fitting] = field(default_factory=list)
    care_plans: list[CareMonth] = field(default_factory=list)
    listed: list[ListedCustomer] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    budget: list[BudgetLine] = field(default_factory=list)
    rates: dict[dt.date, Decimal] = field(default_factory=dict)
