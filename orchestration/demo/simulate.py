"""Brings Lumen & Oak to life: the same seed and scale give the same company."""

import random
from functools import lru_cache

from orchestration.demo import (
    answers,
    books,
    budgets,
    care,
    crm_sync,
    decisions,
    friends,
    media,
    negotiations,
    offices,
    promises,
    shop,
)
from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.seasons import days, months


@lru_cache(maxsize=2)
def simulate(scale: int = 1, seed: int = 7) -> Company:
    """The whole company. Each part has its own dice, so a change in one leaves the others as they were."""

    def dice(part: str) -> random.Random:
        return random.Random(f"{seed}/{part}")

    company = Company(rates=media.euro_rates(dice("rates")))
    company.campaigns, company.ad_days = media.ad_days(dice("media"), scale)
    business = offices.offices(dice("offices"), scale)
    home, home_orders = shop.home_workers(dice("home"), scale, len(business.people) + 1)
    office_orders = shop.office_orders(dice("office orders"), business.deals, business.people)
    company.people = business.people + home
    company.accounts, company.deals = business.accounts, business.deals
    company.orders = sorted(home_orders + office_orders, key=lambda order: order.placed_at)
    for number, order in enumerate(company.orders, start=1):
        order.number = number
    shop.shop_only_refunds(company.orders)
    negotiations.negotiate(dice("negotiations"), company.deals)
    company.deleted_deals = negotiations.mistakes(dice("mistakes"), company.deals)
    company.hubspot_deals = crm_sync.synchronise(dice("crm sync"), company.deals)
    answers.answer_everybody(dice("answers"), business.people, home)
    company.promises = promises.promises(dice("promises"), months())
    company.targets = promises.targets(months(), scale)
    company.decisions = decisions.decisions(dice("decisions"), days(), DEMO_AS_OF)
    company.fittings = care.fittings(dice("fittings"), company.deals)
    company.care_plans = care.care_plans(dice("care plans"), company.deals)
    company.listed = friends.customer_list(dice("friends"), company.deals, company.orders)
    company.budget = budgets.budget_lines(scale)
    company.costs = books.costs(dice("books"), company.deals, scale)
    return company
