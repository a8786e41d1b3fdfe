"""The truth about margins, returns, cohorts, care plans, costs and budgets, on three customers worked out by hand."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from orchestration.demo.ads import AdDay, Campaign, Figures
from orchestration.demo.budgets import BudgetLine
from orchestration.demo.company import Company
from orchestration.demo.deals import Deal
from orchestration.demo.promises import Target
from orchestration.demo.prospects import Account, ListedCustomer, Person, Touch
from orchestration.demo.trade import CareMonth, Cost, Fitting, Line, Order
from orchestration.demo.truth import truth_of

JANUARY, FEBRUARY, MARCH, APRIL, MAY = (dt.date(2025, month, 1) for month in range(1, 6))
SPRING_2026 = (dt.date(2026, 5, 1), dt.date(2026, 6, 1))
# 79.00 less 31.50 for the lamp, 7.40 to send it, 0.30 and 2.9 % to be paid.
LEFT_OF_A_LAMP = Decimal("37.509")
LEFT_OF_THE_FITTING = Decimal(285)
Reader = Callable[..., tuple[Decimal | None, Decimal | None]]


def at(month: int, day: int) -> dt.datetime:
    return dt.datetime(2025, month, day, 9)


def lamp(number: int, when: dt.datetime, buyer: Person) -> Order:
    return Order(number, when, buyer, "USD", "web", [Line("LAMP-DESK", 1, 7900)], 0, 0, 0, "paid")


def media() -> list[AdDay]:
    search = Campaign("google_ads", "1", "US", "11", "Desk lamps", "Search", "paid_search", "USD")
    podcast = Campaign("", "", "", "sp-2", "The Quiet Office", "podcast", "sponsorship", "USD")
    clicked, heard = Figures(10000, 1000, 50, 0), Figures(5000, 0, 0, 0)
    return [
        AdDay(search, dt.date(2025, 1, 10), clicked, clicked),
        AdDay(podcast, dt.date(2025, 2, 4), heard, heard),
    ]


def costs() -> list[Cost]:
    return [
        Cost(JANUARY, "tools", 10000, "USD", "", purpose="backstage", months=12),
        Cost(FEBRUARY, "creative", 3000, "USD", "", purpose="retention"),
        Cost(MARCH, "events", 4500, "USD", "", purpose="brand"),
        *(Cost(month, "salaries", 100 * days, "USD", "") for month, days in zip(SPRING_2026, (31, 30), strict=True)),
    ]


def budget() -> list[BudgetLine]:
    new_year = dt.date(2024, 12, 31)
    first_quarter, year = (JANUARY, dt.date(2025, 3, 31)), (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    return [
        BudgetLine("Search", *first_quarter, 4500, "plan", new_year, channel="paid_search"),
        BudgetLine("Search", *first_quarter, 9000, "second plan", dt.date(2025, 1, 5), channel="paid_search"),
        BudgetLine("All for the brand", *first_quarter, 90, "plan", new_year, purpose="brand"),
        BudgetLine("Sponsors", *first_quarter, 4500, "plan", new_year, channel="sponsorship"),
        BudgetLine("Fairs", *first_quarter, 6000, "plan", new_year, pool="events", planned=((MARCH, 6000),)),
        BudgetLine("Team", *year, 36500, "plan", new_year, pool="salaries"),
    ]


def care_plans(first: Account, second: Account) -> list[CareMonth]:
    dollars = [CareMonth(first, month, mrr, "USD") for month, mrr in ((MARCH, 4000), (APRIL, 5000), (MAY, 0))]
    euros = [CareMonth(second, month, mrr, "EUR") for month, mrr in ((MARCH, 10000), (APRIL, 8000), (MAY, 8000))]
    return [*dollars, *euros]


@pytest.fixture(scope="module")
def told() -> Reader:
    office, other = Account(1, "Birch Legal", at(2, 1)), Account(2, "Cedar Design", at(2, 1))
    ada = Person(1, "A", "B", "1@example.com", "paid_search", hubspot_at=at(1, 5), account=office)
    ada.touches = [Touch("sponsorship", dt.date(2025, 2, 1))]
    eve = Person(2, "A", "B", "2@example.com", "paid_social", hubspot_at=at(1, 20))
    fay = Person(3, "A", "B", "3@example.com", "organic_search", hubspot_at=at(3, 2))
    company = Company(
        ad_days=media(), accounts=[office, other], people=[ada, eve, fay],
        deals=[Deal(1, office, ada, "new", at(2, 1), "won", dt.date(2025, 2, 10), 150000)],
        orders=[lamp(1, at(1, 25), eve), lamp(2, at(3, 1), eve), lamp(3, at(3, 10), fay), lamp(4, at(4, 10), fay)],
        # 4 hours at 68.00 and 45.00 to come; 20.00 of material, 12.00 of travel.
        fittings=[Fitting(1, at(2, 20), ada, Decimal(4), 31700, 2536, 2000, 1200, "paid"),
                  Fitting(2, at(2, 21), ada, Decimal(9), 65700, 5256, 2000, 1200, "cancelled")],
        listed=[ListedCustomer("C-0001", ada, "small office"), ListedCustomer("H-00002", eve, "home"),
                ListedCustomer("H-00003", fay, "home", "H-00002")],
        care_plans=care_plans(office, other), costs=costs(), budget=budget(),
        targets=[Target("amer", JANUARY, Decimal("1.5"))],
        rates={dt.date(2025, month, 28): Decimal(f"1.{month}") for month in (2, 3, 4)},
    )  # fmt: skip
    found = {
        (row.kpi, row.variant, row.period if row.grain != "all" else None, row.member): (row.numerator, row.denominator)
        for row in truth_of(company)
        if row.grain in ("month", "all", "line")
    }
    return lambda kpi, variant="", period=None, member="": found[kpi, variant, period, member]


def test_orders_are_those_of_the_shop_and_fittings_that_took_place(told: Reader) -> None:
    assert [told("orders", "", month)[0] for month in (JANUARY, FEBRUARY, MARCH)] == [1, 1, 2]
    # Eve's second lamp is the only order that is not its customer's first.
    assert told("repeat_share", "", MARCH) == (1, 2)
    assert told("repeat_share", "", None) == (2, 5)
    assert told("cm_per_customer", "cm2_per_hour", FEBRUARY) == (LEFT_OF_THE_FITTING, 4)
    assert told("cm_per_customer", "cm2_per_customer", MARCH) == (2 * LEFT_OF_A_LAMP, 2)


def test_a_customer_belongs_to_the_campaign_that_it_answered(told: Reader) -> None:
    # Ada heard the podcast before she signed; nobody answered anything else.
    assert told("cm2", "order_basis", FEBRUARY, "The Quiet Office") == (LEFT_OF_THE_FITTING, 1)
    assert told("cm2", "order_basis", None, "(unattributed)") == (4 * LEFT_OF_A_LAMP, 1)
    assert told("roas", "last_touch_order_basis", FEBRUARY, "The Quiet Office") == (317, 50)
    assert told("romi_attributed", "last_touch_order_basis", None, "sponsorship") == (235, 50)
    assert told("amer", "", JANUARY) == (79, 100)
    # February: 50 of media, 8.33 of tools and 30 of letters.
    assert told("mer", "all_marketing", FEBRUARY) == (317, Decimal("88.33"))
    assert told("target_attainment", "amer:", JANUARY) == (Decimal("0.79"), Decimal("1.5"))


def test_who_comes_back(told: Reader) -> None:
    # Eve after 35 days, Fay after 31.
    assert told("repeat_rate", "", JANUARY) == (1, 1)
    assert told("repeat_rate", "", None) == (2, 3)
    assert told("rebooking_interval", "", MARCH) == (35, 1)
    # Eve is waited for until 10 May, 70 days; Ada for 120 days, until 20 June; Fay for 62, until 11 June.
    assert told("customer_churn", "lapsed", MAY) == (1, 3)
    assert told("active_customers", "orders", MAY) == (2, 1)


def test_cohorts_grow_older(told: Reader) -> None:
    assert told("ltv_cohort", "month_1", JANUARY) == (LEFT_OF_A_LAMP, 1)
    assert told("ltv_cohort", "month_3", JANUARY) == (2 * LEFT_OF_A_LAMP, 1)
    # Fay's second lamp comes exactly a month after the first: too late for one month.
    assert told("ltv_cohort", "month_1", MARCH) == (LEFT_OF_A_LAMP, 1)
    assert told("break_even_cac", "3_months", None) == (4 * LEFT_OF_A_LAMP + LEFT_OF_THE_FITTING, 3)
    # 100 of media and four fifths of 8.33.
    assert told("ltv_to_cac", "month_1", JANUARY) == (LEFT_OF_A_LAMP, Decimal("106.664"))


def test_who_was_sent_by_a_friend(told: Reader) -> None:
    assert told("referral_share", "count", MARCH) == (1, 1)
    assert told("referral_share", "count", None) == (1, 3)
    # March brought 79 of Fay; over all time two lamps of four are hers, and Ada paid 317.
    assert told("referral_share", "revenue", MARCH) == (79, 79)
    assert told("referral_share", "revenue", None) == (158, 633)


def test_care_plans(told: Reader) -> None:
    # April begins with 40 and 100 EUR at 1.3; 50 and 80 EUR are left of it, the first no more than it was.
    assert told("nrr_grr", "nrr", APRIL) == (154, 170)
    assert told("nrr_grr", "grr", APRIL) == (144, 170)
    # 80 EUR are worth 112 at the end of April and 104 at the rate of March.
    items = ("opening_mrr", "expansion_mrr", "contraction_mrr", "churned_mrr", "fx_change", "end_mrr")
    assert [told("mrr_bridge", item, APRIL)[0] for item in items] == [0, 10, 26, 0, 8, 162]
    assert [told("mrr_bridge", item, MARCH)[0] for item in items] == [170, 0, 0, 0, 0, 170]
    assert told("customer_churn", "subscriptions", MAY) == (1, 2)


def test_a_bill_of_a_year_is_borne_month_by_month(told: Reader) -> None:
    # 100.00 over twelve months: 8.33, 8.33 and 8.34.
    assert told("spend_mix_purpose", "", MARCH, "backstage") == (Decimal("8.34"), Decimal("53.34"))
    assert told("spend_mix_purpose", "", FEBRUARY, "retention") == (30, Decimal("88.33"))
    # What keeps customers is no cost of winning them.
    assert told("cac_fully_loaded", "", FEBRUARY) == (Decimal("56.664"), 1)


def test_cac_by_lag_cohort_and_stage(told: Reader) -> None:
    assert told("cac_lagged", "lag_1", JANUARY) == (None, None)
    assert told("cac_lagged", "lag_1", FEBRUARY) == (Decimal("106.664"), 1)
    # The podcast had cost nothing in the month before it won Ada; search cost 100 and won nobody.
    assert told("cac_lagged", "lag_1_media", FEBRUARY, "sponsorship") == (0, 1)
    # Ada and Eve asked in January; both bought.
    assert told("cac_cohort", "", JANUARY) == (Decimal("106.664"), 2)
    # Ada left 285 in her first month; no care plan is new, both were there when the table began. March: 0.8 * 53.34.
    assert told("cac_payback", "", FEBRUARY) == (Decimal("106.664"), LEFT_OF_THE_FITTING)
    assert told("cac_payback", "mrr", APRIL) == (Decimal("42.672"), None)
    assert told("cpl", "", JANUARY) == (100, 2)
    assert told("cost_per_stage", "media", FEBRUARY, "opportunity") == (50, 1)
    assert told("cost_per_stage", "pipe_to_spend", FEBRUARY) == (1500, 50)
    # All of February's media is the podcast's, and so is all that names no channel.
    assert told("cac_channel", "last_touch_media_share", FEBRUARY, "sponsorship") == (Decimal("56.664"), 1)


def rounded(figures: tuple[Decimal | None, Decimal | None]) -> list[Decimal]:
    return [round(figure, 6) for figure in figures if figure is not None]


def test_budgets(told: Reader) -> None:
    # The newer plan: 90 over 90 days. A fair is planned on its day.
    assert rounded(told("budget_pacing", "", JANUARY, "Search")) == [100, 31]
    assert rounded(told("budget_pacing", "", MARCH, "Fairs")) == [45, 60]
    assert rounded(told("budget_line", "remaining", JANUARY, "Search")) == [-10, 1]
    # Two lines could pay the podcast; the one that names its channel does. 45 over 90 days, of which February has 28.
    assert rounded(told("budget_pacing", "", FEBRUARY, "Sponsors")) == [50, 14]
    # Nobody planned the tools and the letters.
    assert rounded(told("budget_pacing", "", FEBRUARY, "(unbudgeted)")) == [Decimal("38.33"), 0]


def test_a_forecast_goes_on_as_the_weekdays_were(told: Reader) -> None:
    # 61 days at 1.00, every weekday alike: of 181 days gone, 184 to come.
    figure, _ = told("budget_line", "forecast_eop", dt.date(2026, 1, 1), "Team")
    assert figure is not None
    assert round(figure, 6) == round(61 + Decimal(61) * 184 / 181, 6)
