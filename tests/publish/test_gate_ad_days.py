"""Days of ad accounts and new records that are unusual in number, figures or price hold; what is usual does not."""

from collections.abc import Iterable
from typing import Any

import pytest

from orchestration.publish.gate.days import no_day_is_missing
from orchestration.publish.gate.spend import (
    clicks_keep_their_price,
    no_campaign_comes_twice,
    no_large_campaign_breaks_off,
)
from orchestration.publish.gate.volumes import accounts_keep_their_volume, records_keep_their_number
from orchestration.publish.gate.zeros import no_figure_falls_silent
from tests.publish.gate_sides import BEFORE, NEXT, Rows, ad_days, day, look, manifest, spend


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

    @pytest.mark.parametrize("more", [1, 2])
    def test_several_days_are_one_line(self, more: int) -> None:
        now = spend(BEFORE + ad_days(NEXT, NEXT + more, "new", clicks=5))
        [line] = look(accounts_keep_their_volume, now, spend(BEFORE)).wrong
        assert line == f"google_ads 111: clicks 5.00 on 2026-06-29, usually 50.00 USD, and {more} more days"

    def test_an_account_without_a_currency_is_told_without_one(self) -> None:
        known = ad_days(0, 55, currency="")
        now = spend(known + ad_days(NEXT, NEXT, "new", currency="", clicks=5))
        [line] = look(accounts_keep_their_volume, now, spend(known)).wrong
        assert line == "google_ads 111: clicks 5.00 on 2026-06-29, usually 50.00"

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
        fresh += taken(0 if fresh[-1]["order_date"] == day(62) else 1, 62)
        now = {"fct_orders": known + fresh}
        found = look(records_keep_their_number, now, {"fct_orders": known}).wrong
        assert bool(found) is holds
        assert found in ([], [f"shopify: {len(fresh)} orders from 2026-06-29 to 2026-07-05, usually 70"])

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
