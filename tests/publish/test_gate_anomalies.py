"""What is unusual against the version online holds; what is usual, or has no history yet, does not."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from orchestration.publish.gate.days import no_day_is_missing
from orchestration.publish.gate.deletions import few_records_go_at_once
from orchestration.publish.gate.every import EVERY, ask
from orchestration.publish.gate.guard import Guard, Seen
from orchestration.publish.gate.headlines import headlines_stay_inside_their_limits
from orchestration.publish.gate.records import closed_orders_stay, reached_stages_stay, won_deals_stay
from orchestration.publish.gate.restatements import (
    closed_days_move_little,
    closed_months_move_little,
    no_closed_day_shrinks,
)
from orchestration.publish.gate.spend import (
    clicks_keep_their_price,
    no_campaign_comes_twice,
    no_large_campaign_breaks_off,
)
from orchestration.publish.gate.units import (
    accounts_keep_their_currency,
    amounts_keep_their_unit,
    exports_keep_their_unit,
)
from orchestration.publish.gate.volumes import accounts_keep_their_volume, records_keep_their_number
from orchestration.publish.gate.zeros import no_figure_falls_silent
from tests.publish.gate_sides import Rows, ad_days, day, history, manifest, values

# Eight weeks that are certified, and the Monday after them.
BEFORE = ad_days(0, 55)
NEXT = 56


def spend(rows: list[dict[str, Any]]) -> Rows:
    return {"fct_spend_history": rows}


def look(guard: Any, candidate: Rows, online: Rows | None = None, **more: Any) -> Seen:
    more = {"before": day(55), "as_of": day(62)} | more
    with history(candidate, online, **more) as sides:
        seen: Seen = guard(sides)
    return seen


class TestVolume:
    @pytest.mark.parametrize(
        ("figure", "wrong"),
        [
            (0, "google_ads 111: spend 0.00 on 2026-06-29, usually 100.00 USD"),  # covered and without a row: cut off
            (39.99, "google_ads 111: spend 39.99 on 2026-06-29, usually 100.00 USD"),
            (40.01, ""),
            (399.99, ""),
            (400.01, "google_ads 111: spend 400.01 on 2026-06-29, usually 100.00 USD"),
        ],
    )
    def test_a_day_far_from_the_same_weekdays_holds(self, figure: float, wrong: str) -> None:
        # 100 on each of eight Mondays: less than 40 is below -60 %, more than 400 above +300 %.
        now = spend(BEFORE + ad_days(NEXT, NEXT, "new", spend_in_currency=figure))
        assert "; ".join(look(accounts_keep_their_volume, now, spend(BEFORE)).wrong) == wrong

    def test_a_day_that_the_account_has_had_before_does_not(self) -> None:
        # One of the eight Mondays had 30.
        odd = [*ad_days(0, 6), *ad_days(7, 7, spend_in_currency=30), *ad_days(8, 55)]
        now = spend(odd + ad_days(NEXT, NEXT, "new", spend_in_currency=30))
        assert look(accounts_keep_their_volume, now, spend(odd)).wrong == []

    def test_several_days_are_one_line(self) -> None:
        now = spend(BEFORE + ad_days(NEXT, NEXT + 2, "new", clicks=5))
        [line] = look(accounts_keep_their_volume, now, spend(BEFORE)).wrong
        assert line.endswith("clicks 5.00 on 2026-06-29, usually 50.00 USD, and 2 more days")

    def test_a_day_that_moved_before_it_was_closed_is_looked_at_and_one_that_was_closed_is_not(self) -> None:
        # Closed is what lies more than three days before the version's as_of, day 55.
        for moved, expected in ((55, 1), (51, 0)):
            now = spend([*ad_days(0, moved - 1), *ad_days(moved, moved, "new", impressions=9), *ad_days(moved + 1, 55)])
            assert len(look(accounts_keep_their_volume, now, spend(BEFORE)).wrong) == expected

    def test_three_weeks_are_no_history(self) -> None:
        young = ad_days(0, 20)
        now = spend(young + ad_days(21, 21, "new", spend_in_currency=1))
        assert look(accounts_keep_their_volume, now, spend(young), before=day(20)).wrong == []

    @pytest.mark.parametrize(("orders", "holds"), [(3, True), (60, False), (300, True)])
    def test_orders_far_from_their_number_hold(self, orders: int, holds: bool) -> None:
        # Ten a day for eight weeks; one new day has three, sixty or three hundred over a week.
        def taken(count: int, number: int) -> list[dict[str, Any]]:
            return [{"source": "shopify", "order_date": day(number), "currency": "USD", "gross": 10}] * count

        known = [order for number in range(56) for order in taken(10, number)]
        fresh = [order for place in range(7) for order in taken(orders // 7 + (place < orders % 7), NEXT + place)]
        now = {"fct_orders": known + fresh + taken(0 if fresh[-1]["order_date"] == day(62) else 1, 62)}
        found = look(records_keep_their_number, now, {"fct_orders": known}).wrong
        assert bool(found) is holds
        assert all("orders from 2026-06-29 to 2026-07-05, usually 70" in line for line in found)

    def test_a_handful_of_deals_is_no_anomaly(self) -> None:
        deal = {"source": "hubspot", "fate": "deal"}
        known = [deal | {"record_id": "1", "created_date": day(3)}]
        now = {"bridge_deal_records": [*known, *[deal | {"record_id": "2", "created_date": day(59)}] * 9]}
        assert look(records_keep_their_number, now, {"bridge_deal_records": known}).wrong == []


class TestZeros:
    def test_a_metric_that_is_all_zero_or_missing_holds(self) -> None:
        # Five conversions a day: over two days ten were due.
        for nothing in (0, None):
            now = spend(BEFORE + ad_days(NEXT, NEXT + 1, "new", conversions=nothing))
            assert look(no_figure_falls_silent, now, spend(BEFORE)).wrong == [
                "google_ads 111: no conversions from 2026-06-29 to 2026-06-30, usually 10"
            ]

    def test_one_day_without_what_is_rare_is_no_anomaly(self) -> None:
        now = spend(BEFORE + ad_days(NEXT, NEXT, "new", conversions=0))
        assert look(no_figure_falls_silent, now, spend(BEFORE)).wrong == []

    def test_a_figure_that_never_was_is_not_missed(self) -> None:
        never = ad_days(0, 55, conversions=None)
        now = spend(never + ad_days(NEXT, NEXT + 6, "new", conversions=None))
        assert look(no_figure_falls_silent, now, spend(never)).wrong == []


class TestDays:
    def test_a_day_that_no_export_covers_holds(self) -> None:
        now = spend(BEFORE + ad_days(NEXT + 1, NEXT + 3, "new"))
        assert look(no_day_is_missing, now, spend(BEFORE)).wrong == ["google_ads 111: 1 day missing, 2026-06-29"]

    def test_an_account_that_stops_while_its_source_goes_on_holds(self) -> None:
        known = BEFORE + ad_days(0, 55, account_key="222")
        now = spend(known + ad_days(NEXT, NEXT + 2, "new", account_key="222"))
        assert look(no_day_is_missing, now, spend(known)).wrong == [
            "google_ads 111: 3 days missing between 2026-06-29 and 2026-07-01"
        ]

    def test_a_day_that_was_there_and_is_gone_holds(self) -> None:
        now = spend([row for row in BEFORE if row["spend_date"] != day(20)])
        assert look(no_day_is_missing, now, spend(BEFORE)).wrong == ["google_ads 111: 1 day missing, 2026-05-24"]

    @pytest.mark.parametrize(
        ("exports", "until", "wrong"),
        [
            (4, NEXT + 5, ["google_ads 111: 1 day missing, 2026-07-05"]),
            (4, NEXT + 6, []),
            (3, NEXT + 5, []),
        ],
    )
    def test_days_are_due_as_soon_as_they_always_came(self, exports: int, until: int, wrong: list[str]) -> None:
        # Weekly exports, each made the day after its last one: that of Monday, July 6 should know July 5. Three show
        # no habit.
        ends = [NEXT - 1 - 7 * number for number in range(exports)]
        files = [manifest(f"until {end}", end - 6, end, end + 1) for end in ends]
        known = [file.file_id for file in files]
        now = spend(BEFORE + ad_days(NEXT, until, "new"))
        files.append(manifest("new", NEXT, until, NEXT + 7))
        assert look(no_day_is_missing, now, spend(BEFORE), files=files, known=known).wrong == wrong

    def test_a_day_off_every_week_is_not_missed(self) -> None:
        weekdays = [row for row in BEFORE if row["spend_date"].weekday() < 5]
        now = spend([*weekdays, *ad_days(NEXT, NEXT + 4, "new"), *ad_days(NEXT + 7, NEXT + 7, "new")])
        assert look(no_day_is_missing, now, spend(weekdays)).wrong == []


class TestSilentDays:
    @pytest.mark.parametrize(("currencies", "holds"), [(["USD"], True), (["USD", "EUR"], False)])
    def test_a_day_without_rows_is_one_of_the_account(self, currencies: list[str], holds: bool) -> None:
        # It names no currency; where the account has two, nobody can say whose day it is.
        before = [row for currency in currencies for row in ad_days(0, 55, currency=currency)]
        silent = {"currency": None, "spend_in_currency": 0, "impressions": 0, "clicks": 0, "report_rows": 0}
        now = spend(before + ad_days(NEXT, NEXT, "new", **silent))
        assert bool(look(accounts_keep_their_volume, now, spend(before)).wrong) is holds


class TestSpend:
    @pytest.mark.parametrize(
        ("share", "wrong"),
        [
            (1.19, ""),
            (1.21, "google_ads 111: a click costs 2.42 from 2026-06-29 to 2026-06-30, usually 2.00 USD"),
            (0.83, "google_ads 111: a click costs 1.66 from 2026-06-29 to 2026-06-30, usually 2.00 USD"),
            (0.84, ""),
        ],
    )
    def test_a_click_that_costs_a_fifth_more_or_less_than_ever_holds(self, share: float, wrong: str) -> None:
        # 100 for 50 clicks on each of eight weeks' Mondays and Tuesdays: 2.00. 1 / 1.2 is 0.833.
        now = spend(BEFORE + ad_days(NEXT, NEXT + 1, "new", spend_in_currency=100 * share))
        assert "; ".join(look(clicks_keep_their_price, now, spend(BEFORE)).wrong) == wrong

    @pytest.mark.parametrize(("price", "holds"), [(3.38, False), (3.43, True)])
    def test_a_price_that_swings_may_swing(self, price: float, holds: bool) -> None:
        # Weeks of 1.80 and 2.20 by turns, in the middle sqrt(1.8 * 2.2) = 1.99. Each lies half of ln 1.1 - ln 0.9 =
        # 0.2007 from it; the deviation of eight is 0.1003 * sqrt(8 / 7) = 0.1073; five of them make 1.71 * 1.99 = 3.40.
        swinging = [
            row | {"spend_in_currency": 90 if week % 2 else 110}
            for week in range(8)
            for row in ad_days(7 * week, 7 * week + 6)
        ]
        now = spend(swinging + ad_days(NEXT, NEXT, "new", spend_in_currency=50 * price))
        assert bool(look(clicks_keep_their_price, now, spend(swinging)).wrong) is holds

    @pytest.mark.parametrize("few", [{"clicks": 29}, {"source": "template"}])
    def test_few_clicks_and_sheets_have_no_price(self, few: dict[str, Any]) -> None:
        before = [row | few for row in BEFORE]
        now = spend(before + ad_days(NEXT, NEXT, "new", spend_in_currency=900, **few))
        assert look(clicks_keep_their_price, now, spend(before)).wrong == []

    def test_seven_weeks_show_no_price(self) -> None:
        before = ad_days(7, 55)
        now = spend(before + ad_days(NEXT, NEXT, "new", spend_in_currency=900))
        assert look(clicks_keep_their_price, now, spend(before)).wrong == []

    @pytest.mark.parametrize(("days", "before", "wrong"), [
        (2, 0, ""), (3, 0, "google_ads 111: 3 rows from 2026-05-04 to 2026-05-06 have the figures of another campaign"),
        (4, 1, ""), (5, 1, "google_ads 111: 5 rows from 2026-05-04 to 2026-05-08 have the figures of another campaign"),
    ])  # fmt: skip
    def test_a_campaign_under_two_ids_holds(self, days: int, before: int, wrong: str) -> None:
        found = look(no_campaign_comes_twice, twins(days), twins(before))
        assert "; ".join(found.wrong) == wrong

    @pytest.mark.parametrize("figures", [{"spend_in_currency": 0}, {"clicks": 1}])
    def test_days_with_next_to_nothing_are_alike_by_chance(self, figures: dict[str, Any]) -> None:
        assert look(no_campaign_comes_twice, twins(9, **figures), twins(0)).wrong == []

    @pytest.mark.parametrize(
        ("spend", "days", "comes", "wrong"),
        [
            (6, 28, (), "google_ads 111: nothing of Small after 2026-05-31, until then every day"),
            (5, 28, (), ""),
            (6, 27, (), ""),
            (6, 28, (28,), ""),
        ],
    )
    def test_a_large_campaign_that_breaks_off_holds(
        self, spend: int, days: int, comes: tuple[int, ...], wrong: str
    ) -> None:
        # 6 of 106 are 5.7 %, and 5 of 105 are 4.8 %.
        def of(campaign: str, spend: int, numbers: Iterable[int]) -> list[dict[str, Any]]:
            usual = {"source": "google_ads", "account_id": "111", "campaign_id": campaign, "campaign_name": campaign}
            return [
                usual | {"spend_date": day(number), "spend_in_currency": spend, "report_rows": 1} for number in numbers
            ]

        before = of("Large", 100, range(28)) + of("Small", spend, range(28 - days, 28))
        now = before + of("Large", 100, [28, 29]) + of("Small", spend, comes)
        found = look(no_large_campaign_breaks_off, {"fct_spend": now}, {"fct_spend": before}).wrong
        assert "; ".join(found) == wrong


def twins(days: int, **figures: Any) -> Rows:
    """Two campaigns with the same figures on some days."""
    usual = {"source": "google_ads", "account_id": "111", "currency": "USD", "impressions": 900, "clicks": 40}
    return {
        "fct_spend": [
            usual | {"campaign_id": campaign, "spend_date": day(number), "spend_in_currency": 50 + number} | figures
            for number in range(days)
            for campaign in ("1", "2")
        ]
    }


class TestUnits:
    @pytest.mark.parametrize(
        ("figures", "times"),
        [
            ({"spend_in_currency": 100_000_000}, "1e+06"),
            ({"spend_in_currency": 10_000}, "100"),
            ({"spend_in_currency": 1, "clicks": 0}, "0.01"),
            ({"spend_in_currency": 100_000, "clicks": None, "impressions": None}, "1,000"),
        ],
    )
    def test_an_export_in_another_unit_holds_also_the_first_time(self, figures: dict[str, Any], times: str) -> None:
        now = spend(BEFORE + ad_days(NEXT, NEXT + 6, "new", **figures))
        assert look(exports_keep_their_unit, now, spend(BEFORE)).wrong == [
            f"new: what a click costs is {times} times that of the other exports of google_ads 111"
        ]
        assert len(look(exports_keep_their_unit, now).wrong) == 2  # of two unknown exports nobody knows which

    def test_dear_clicks_are_no_other_unit(self) -> None:
        now = spend(BEFORE + ad_days(NEXT, NEXT, "new", spend_in_currency=2500))
        assert look(exports_keep_their_unit, now, spend(BEFORE)).wrong == []

    def test_orders_in_cents_and_costs_in_thousandths_hold(self) -> None:
        def orders(first: int, gross: int) -> list[dict[str, Any]]:
            taken = {"source": "shopify", "currency": "USD", "gross": gross}
            return [taken | {"order_date": day(first + number)} for number in range(3)]

        tools = {"pool": "tools", "currency": "EUR"}
        costs = [tools | {"month": date(2026, month, 1), "amount_in_currency": 90} for month in (1, 2, 3)]
        late = [tools | {"month": date(2026, 4, 1), "amount_in_currency": 90_000}]
        online = {"fct_orders": orders(0, 50), "fct_costs": costs}
        now = {"fct_orders": orders(0, 50) + orders(10, 5000), "fct_costs": costs + late}
        assert look(amounts_keep_their_unit, now, online).wrong == [
            "costs of tools: 1 new, the median 90,000.00, until now 90.00 EUR",
            "shopify orders: 3 new, the median 5,000.00, until now 50.00 USD",
        ]

    def test_another_currency_holds(self) -> None:
        now = spend(BEFORE + ad_days(NEXT, NEXT, "new", currency="JPY"))
        assert look(accounts_keep_their_currency, now, spend(BEFORE)).wrong == [
            "google_ads 111: JPY from 2026-06-29, until now USD"
        ]


class TestRestatement:
    @pytest.mark.parametrize(
        ("figures", "holds"),
        [
            ({"spend_in_currency": 94}, True),
            ({"spend_in_currency": 96}, False),
            ({"report_rows": 1, "impressions": 900}, True),
            ({"report_rows": 1}, False),
        ],
    )
    def test_a_closed_day_that_became_smaller_holds(self, figures: dict[str, Any], holds: bool) -> None:
        old = ad_days(10, 10, is_current=False)
        now = spend(old + ad_days(10, 10, "new", export_number=2, age_days=20, **figures))
        found = look(no_closed_day_shrinks, now, spend(old)).wrong
        assert bool(found) is holds
        assert all(
            "new: google_ads 111 has less than the export before, 1 days from 2026-05-14" in one for one in found
        )

    def test_a_day_that_was_not_over_may_become_anything(self) -> None:
        now = spend(
            ad_days(10, 10, is_current=False, age_days=0) + ad_days(10, 10, "new", export_number=2, spend_in_currency=1)
        )
        assert look(no_closed_day_shrinks, now, spend(ad_days(10, 10))).wrong == []

    @pytest.mark.parametrize(("up", "down", "holds"), [(104, 96, False), (106, 94, True)])
    def test_closed_days_that_move_far_hold_although_they_add_up(self, up: int, down: int, holds: bool) -> None:
        moved = ad_days(10, 10, "new", spend_in_currency=up) + ad_days(11, 11, "new", spend_in_currency=down)
        now = spend(ad_days(0, 9) + moved + ad_days(12, 55))
        found = look(closed_days_move_little, now, spend(BEFORE)).wrong
        assert found == (["google_ads 111: 2 closed days from 2026-05-14 to 2026-05-15 moved by 6.0%"] if holds else [])

    @pytest.mark.parametrize(("clicks", "holds"), [(45, False), (44, True)])
    def test_clicks_may_move_twice_as_far(self, clicks: int, holds: bool) -> None:
        # Of 50: five are a tenth, six are 12 %.
        now = spend(ad_days(0, 9) + ad_days(10, 10, "new", clicks=clicks) + ad_days(11, 55))
        assert bool(look(closed_days_move_little, now, spend(BEFORE)).wrong) is holds

    @pytest.mark.parametrize(
        ("kpi", "was", "now", "holds"),
        [
            ("spend", (100, None), (105, None), False),
            ("spend", (100, None), (94, None), True),
            ("spend", (100, None), None, True),
            ("sqls", (10, None), (12, None), False),
            ("sqls", (10, None), (13, None), True),
            # Of 20 deals 10 were won: 12 of them are 60 % instead of 50 %, and still two deals; 13 are three.
            ("win_rate", (10, 20), (12, 20), False),
            ("win_rate", (10, 20), (13, 20), True),
            ("win_rate", (10, 20), (10, 23), True),
        ],
    )
    def test_a_closed_month_that_moves_far_holds(
        self, kpi: str, was: tuple[int, int | None], now: tuple[int, int | None] | None, holds: bool
    ) -> None:
        months: list[Rows] = [
            {"kpi_values": values(kpi, "month", [part / (whole or 1)], numerator=part, denominator=whole)}
            for part, whole in (parts for parts in (was, now) if parts)
        ]
        seen = look(closed_months_move_little, ([*months, {}])[1], months[0], before=date(2026, 6, 30))
        assert bool(seen.wrong) is holds

    def test_a_month_that_was_still_open_may_move(self) -> None:
        was: Rows = {"kpi_values": values("spend", "month", [100])}
        seen = look(closed_months_move_little, {"kpi_values": []}, was, before=date(2026, 6, 2))
        assert seen.wrong == []


SOLD = {"source": "shopify", "currency": "USD", "gross": 100}
ORDERS = [SOLD | {"order_id": str(number), "order_date": day(number % 28)} for number in range(200)]


class TestRecords:
    @pytest.mark.parametrize(
        ("spoilt", "wrong"),
        [
            ({}, ""),
            # 28 days from 4 May: of each day some seven orders; 100 of 20,000 is half a per cent.
            ({"gross": 200}, ""),
            (
                {"gross": 201},
                "shopify: 1 of 200 closed orders changed in 1 months from 2026-05, at most 0.5% of a month's",
            ),
            ({"currency": "EUR"}, ""),
            ({"gross": 1, "currency": "EUR"}, ""),
        ],
    )
    def test_a_closed_order_that_changes_much_holds(self, spoilt: dict[str, Any], wrong: str) -> None:
        now: Rows = {"fct_orders": [ORDERS[0] | spoilt, *ORDERS[1:]]}
        found = look(closed_orders_stay, now, {"fct_orders": ORDERS}).wrong
        assert "; ".join(found).startswith(wrong) if wrong else found == []

    def test_orders_of_another_time_zone_hold(self) -> None:
        moved = [one | {"order_date": day(1)} if one["order_date"] == day(0) else one for one in ORDERS]
        [found] = look(closed_orders_stay, {"fct_orders": moved}, {"fct_orders": ORDERS}).wrong
        # Every 28th of 200 orders is of the first day: eight.
        assert found.startswith("shopify: 8 of 200 closed orders changed in 1 months from 2026-05")
        assert found.endswith("at most 0.0% of a month's money and 4.0% of its days")

    def test_orders_that_go_hold_and_late_ones_do_not(self) -> None:
        late = [*ORDERS, ORDERS[0] | {"order_id": "late", "gross": 9999}]
        assert look(closed_orders_stay, {"fct_orders": late}, {"fct_orders": ORDERS}).wrong == []
        assert look(closed_orders_stay, {"fct_orders": ORDERS[2:]}, {"fct_orders": ORDERS}).wrong != []

    @pytest.mark.parametrize(
        "spoilt",
        [{"status": "open"}, {"amount_in_currency": 51}, {"currency": "EUR"}, {"closed_date": day(4)}, None],
    )
    def test_won_deals_that_change_hold_from_the_third(self, spoilt: dict[str, Any] | None) -> None:
        usual = {
            "source": "hubspot",
            "status": "won",
            "closed_date": day(3),
            "currency": "USD",
            "amount_in_currency": 50,
        }
        deals = [usual | {"opportunity_id": str(number)} for number in range(9)]
        for count, wrong in ((2, []), (3, ["hubspot: 3 of 9 won deals changed or went"])):
            changed = [one | spoilt for one in deals[:count]] if spoilt else []
            now: Rows = {"fct_opportunities": changed + deals[count:]}
            assert look(won_deals_stay, now, {"fct_opportunities": deals}).wrong == wrong

    @pytest.mark.parametrize(
        ("spoilt", "holds"),
        [
            ({"sql_date": None}, True),
            ({"sql_date": day(9)}, True),
            ({"sql_date": day(1)}, False),
            ({"sql_date": None, "is_excluded": True}, False),
        ],
    )
    def test_a_stage_that_is_lost_holds_from_the_third(self, spoilt: dict[str, Any], holds: bool) -> None:
        reached = {"is_excluded": False, "lead_date": day(0), "sql_date": day(5)}
        people = [reached | {"person_id": number} for number in range(9)]
        for count in (2, 3):
            now: Rows = {"dim_persons": [one | spoilt for one in people[:count]] + people[count:]}
            found = look(reached_stages_stay, now, {"dim_persons": people}).wrong
            assert found == (["sql: 3 of 9 people lost it or reached it later"] if holds and count > 2 else [])


class TestDeletions:
    @pytest.mark.parametrize(
        ("gone", "role", "holds"), [(9, "tombstone", False), (11, "tombstone", True), (11, "", True)]
    )
    def test_many_records_that_go_at_once_hold(self, gone: int, role: str, holds: bool) -> None:
        people = [
            {"source": "hubspot_contact", "record_key": str(number), "role": "surviving"} for number in range(100)
        ]
        left = [one | {"role": role} for one in people[:gone]] if role else []
        now: Rows = {"bridge_person_records": left + people[gone:]}
        found = look(few_records_go_at_once, now, {"bridge_person_records": people}).wrong
        assert found == ([f"hubspot_contact: {gone} of 100 records of people are deleted or gone"] if holds else [])


class TestHeadlines:
    # Twelve weeks of 90 and 110: mean 100, moving range 20, limits 46.8 and 153.2, the longest step 65.36.
    PAST = [90, 110] * 6

    @pytest.mark.parametrize(("figure", "holds"), [(153, False), (154, False), (176, True), (44, True), (60, False)])
    def test_a_week_outside_its_limits_in_one_step_holds(self, figure: int, holds: bool) -> None:
        # From 110 it is 66 to 44 and to 176, and 44 to 154.
        weeks: list[Rows] = [{"kpi_values": values("spend", "week", w)} for w in (self.PAST, [*self.PAST, figure])]
        found = look(headlines_stay_inside_their_limits, weeks[1], weeks[0]).wrong
        assert found == ([f"spend, week from 2026-07-27: {figure}.00 is outside 46.80 to 153.20"] if holds else [])

    @pytest.mark.parametrize(("customers", "holds"), [(29, False), (30, True)])
    def test_what_a_customer_costs_is_judged_from_thirty_on(self, customers: int, holds: bool) -> None:
        past = values("cac_blended_media", "week", self.PAST, denominator=50)
        last = values("cac_blended_media", "week", [*self.PAST, 176], denominator=customers)[-1]
        found = look(headlines_stay_inside_their_limits, {"kpi_values": [*past, last]}, {"kpi_values": past}).wrong
        assert bool(found) is holds

    @pytest.mark.parametrize(("grain", "holds"), [("week", False), ("month", True)])
    def test_of_few_leads_months_are_judged(self, grain: str, holds: bool) -> None:
        sides: list[Rows] = [
            {"kpi_values": values("throughput_ratio", grain, figures, dimension="stage_pair", member="mql>sql")
             + values("throughput_ratio", grain, self.PAST, dimension="stage_pair", member="sql>won")}
            for figures in (self.PAST, [*self.PAST, 176])
        ]  # fmt: skip
        assert bool(look(headlines_stay_inside_their_limits, sides[1], sides[0]).wrong) is holds

    def test_eleven_weeks_draw_no_limits(self) -> None:
        weeks: list[Rows] = [{"kpi_values": values("spend", "week", w)} for w in (self.PAST[1:], [*self.PAST[1:], 999])]
        assert look(headlines_stay_inside_their_limits, weeks[1], weeks[0]).wrong == []

    def test_a_week_that_was_certified_is_not_looked_at_again(self) -> None:
        weeks: Rows = {"kpi_values": values("spend", "week", [*self.PAST, 999])}
        assert look(headlines_stay_inside_their_limits, weeks, weeks).wrong == []


# These look at the files alone, so the first ones already have something to tell.
WITHOUT_HISTORY = {"arrivals", "conservation", "freshness"}


@pytest.mark.parametrize(
    "guard", [one for one in EVERY if one.id.split(".")[0] not in WITHOUT_HISTORY], ids=lambda g: g.id
)
def test_the_first_version_has_nothing_to_be_held_against(guard: Guard) -> None:
    seen = look(guard.look, spend(BEFORE))
    assert (list(seen.wrong), seen.observed) in [([], "no history yet"), ([], "nothing out of the ordinary")]


@pytest.mark.parametrize("guard", EVERY, ids=lambda guard: guard.id)
def test_a_guard_that_cannot_look_has_failed(guard: Guard) -> None:
    with history({}, {}) as sides:
        sides.conn.execute("detach candidate")
        object.__setattr__(sides, "files", None)
        verdict = ask(guard, sides)
    assert (verdict.passed, verdict.observed.startswith("could not be computed: ")) == (False, True)


def test_a_long_list_is_cut_and_counted() -> None:
    assert Seen([str(number) for number in range(7)]).observed == "0; 1; 2; 3; 4; and 2 more"
