"""The truth functions, on five people and two orders whose figures are worked out by hand."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from orchestration.demo.ads import AdDay, Campaign, Figures
from orchestration.demo.company import Company
from orchestration.demo.deals import Deal
from orchestration.demo.prospects import Account, Person, StageEntry, Touch
from orchestration.demo.trade import Cost, Line, Order, Refund
from orchestration.demo.truth import truth_of

JANUARY, FEBRUARY, MAY = dt.date(2025, 1, 1), dt.date(2025, 2, 1), dt.date(2025, 5, 1)
Reader = Callable[..., tuple[Decimal | None, Decimal | None]]


def at(month: int, day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2025, month, day, hour)


def person(number: int, channel: str, since: dt.datetime, *entries: StageEntry, fate: str = "") -> Person:
    return Person(number, "A", "B", f"{number}@example.com", channel, fate, hubspot_at=since, entries=list(entries))


def stage(name: str, when: dt.datetime, system: str = "hubspot") -> StageEntry:
    return StageEntry(name, when, system)


def media() -> list[AdDay]:
    google = Campaign("google_ads", "1", "US", "11", "Brand", "Search", "paid_search", "USD")
    meta = Campaign("meta_ads", "2", "EU", "22", "Home", "Sales", "paid_social", "EUR")
    search, social = Figures(10000, 1000, 50, 450), Figures(20000, 3000, 30, 200)
    return [
        AdDay(google, dt.date(2025, 1, 10), search, search),
        AdDay(meta, dt.date(2025, 2, 3), social, social),
    ]


def people(office: Account) -> list[Person]:
    ada = person(
        1, "paid_search", at(1, 5),
        stage("mql", at(1, 10)), stage("sal", at(1, 12), "log"), stage("sql", at(1, 20)),
        stage("opportunity", at(2, 1), "salesforce"), stage("won", at(2, 10, 0), "salesforce"),
    )  # fmt: skip
    ada.account, ada.touches = office, [Touch("paid_social", dt.date(2025, 1, 9)), Touch("event", dt.date(2025, 1, 20))]
    # Parked in January, back in May, qualified in June: 156 days after the first hand-over, 50 after the second.
    ben = person(
        2, "referral", at(1, 8),
        stage("mql", at(1, 15)), stage("recycled", at(1, 20), "log"),
        stage("mql", at(5, 1), "log"), stage("sql", at(6, 20)),
    )  # fmt: skip
    cleo = person(3, "organic_search", at(2, 2), stage("sql", at(2, 20)))
    dan = person(4, "paid_social", at(1, 9), stage("mql", at(1, 11)), fate="spam")
    eve = person(5, "paid_social", at(1, 20))
    return [ada, ben, cleo, dan, eve]


@pytest.fixture(scope="module")
def told() -> Reader:
    office = Account(1, "Birch Legal", at(2, 1))
    ada, ben, cleo, dan, eve = people(office)
    sold = [
        Order(1, at(1, 25), eve, "USD", "web", [Line("LAMP-DESK", 1, 7900)], 0, 900, 704, "paid"),
        Order(2, at(2, 12), ada, "EUR", "web", [Line("LAMP-DESK", 2, 7500)], 0, 0, 3000, "paid"),
        Order(3, at(1, 6), cleo, "USD", "web", [Line("LAMP-DESK", 1, 7900)], 0, 900, 704, "voided"),
    ]
    sold[0].refunds = [Refund(dt.date(2025, 2, 3), 2000, 2160)]
    company = Company(
        ad_days=media(),
        accounts=[office],
        people=[ada, ben, cleo, dan, eve],
        deals=[Deal(1, office, ada, "new", at(2, 1), "won", dt.date(2025, 2, 10), 150000)],
        orders=sold,
        costs=[
            Cost(JANUARY, "salaries", 100000, "USD", "", acquisition_share=Decimal("0.75")),
            Cost(FEBRUARY, "commissions", 4000, "USD", ""),
            Cost(FEBRUARY, "other", 5000, "USD", "", is_fixed=True),
        ],
        rates={dt.date(2025, 1, 31): Decimal("1.100"), dt.date(2025, 2, 10): Decimal("1.050")},
    )
    found = {
        (row.kpi, row.variant, row.period if row.grain != "all" else None, row.member): (row.numerator, row.denominator)
        for row in truth_of(company)
        if row.grain in ("month", "all")
    }
    return lambda kpi, variant="", period=None, member="": found[kpi, variant, period, member]


def test_people_count_in_the_month_they_reached_a_stage(told: Reader) -> None:
    # Ada, Ben and Eve ask in January, Cleo in February; Dan is spam. Cleo's MQL is inferred from her SQL.
    assert [told("leads", "", month)[0] for month in (JANUARY, FEBRUARY, None)] == [3, 1, 4]
    assert [told("mqls", "", month)[0] for month in (JANUARY, FEBRUARY, MAY, None)] == [2, 1, 0, 3]
    assert [told("mql_cycles", "", month)[0] for month in (JANUARY, FEBRUARY, MAY, None)] == [2, 1, 1, 4]


def test_conversion_follows_the_cohort(told: Reader) -> None:
    # Ben converts in his second cycle only. Strict: Ben lacks the SAL stamp, Cleo the MQL stamp.
    rate = "stage_conversion_rate"
    assert [told(rate, "cohort_person", month, "mql>sql") for month in (JANUARY, None)] == [(1, 2), (2, 3)]
    assert [told(rate, "cohort_cycle", month, "mql>sql") for month in (JANUARY, MAY)] == [(1, 2), (1, 1)]
    assert [told(rate, "strict", month, "mql>sql") for month in (JANUARY, FEBRUARY)] == [(1, 2), (0, 0)]
    assert told("throughput_ratio", "", None, "mql>sql") == (3, 3)


def test_a_weekend_takes_the_rate_before_it(told: Reader) -> None:
    # 200 EUR on Monday 3 February at Friday's 1.100.
    assert told("spend", "", FEBRUARY) == (Decimal("220.00"), 1)
    assert told("spend", "", None, "paid_social") == (Decimal("220.00"), 1)


def test_a_customer_belongs_to_the_last_touch_in_thirty_days(told: Reader) -> None:
    # Ada became a customer on 10 February: the event of 20 January counts, the click of 9 January is too old.
    assert told("won", "new_customers", None) == (2, 1)
    assert told("won", "new_customers", FEBRUARY, "event") == (1, 1)
    assert told("won", "new_customers", JANUARY, "paid_social") == (1, 1)


def test_google_claims_more_than_it_won(told: Reader) -> None:
    # 4.50 conversions in January, nobody by search; Ada and Eve in all.
    assert told("platform_overclaim", "", JANUARY, "google_ads") == (Decimal("4.5"), 0)
    assert told("platform_overclaim", "all_platforms", None) == (Decimal("4.5"), 2)


def test_cac(told: Reader) -> None:
    # January: 100 + 0.75 * 1000. February: 220 + 0.8 * 40; rent wins nobody.
    assert told("cac_blended_media", "", JANUARY) == (100, 1)
    assert told("cac_paid", "last_touch", None) == (320, 1)
    assert told("cac_fully_loaded", "", JANUARY) == (850, 1)
    assert told("cac_fully_loaded", "", FEBRUARY) == (252, 1)


def test_a_refund_has_two_dates(told: Reader) -> None:
    # 88.00 sold in January, 20.00 paid back in February; the second order is 150 EUR at 1.050.
    assert [told("net_revenue", "order_basis", month)[0] for month in (JANUARY, FEBRUARY)] == [68, Decimal("157.5")]
    assert [told("net_revenue", "transaction_basis", month)[0] for month in (JANUARY, FEBRUARY)] == [
        88,
        Decimal("137.5"),
    ]


def test_margins(told: Reader) -> None:
    # January: 68 - 31.50; - 7.40 - 0.30 - 2.9 % of 95.04; - 100 media.
    # February: 157.50 - 63; - 7.40 - 0.30 - 2.9 % of 189; - 220 media - 40 commissions.
    assert [told(f"cm{level}", "order_basis", JANUARY)[0] for level in (1, 2, 3)] == [
        Decimal("36.50"),
        Decimal("26.04384"),
        Decimal("-73.95616"),
    ]
    assert [told(f"cm{level}", "order_basis", FEBRUARY)[0] for level in (1, 2, 3)] == [
        Decimal("94.5"),
        Decimal("81.319"),
        Decimal("-178.681"),
    ]
    assert told("mer", "", None) == (Decimal("225.5"), 320)


def test_break_even(told: Reader) -> None:
    # February has 220 + 40 + 50 to cover and earns 81.319 an order: 3.8 orders, so 4.
    assert told("break_even_cac", "", None) == (Decimal("107.36284"), 2)
    assert told("break_even_roas", "", None) == (Decimal("225.5"), Decimal("107.36284"))
    assert told("break_even_units_date", "units", FEBRUARY) == (4, 1)
    assert told("break_even_units_date", "revenue", FEBRUARY) == (310 * Decimal("157.5"), Decimal("81.319"))
    assert told("break_even_units_date", "units", MAY) == (None, None)
