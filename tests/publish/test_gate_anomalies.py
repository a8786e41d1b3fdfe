"""Units, restated days, records and headlines that are unusual hold; what is usual, or has no history yet, does not."""

from datetime import date
from typing import Any

import pytest

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
from orchestration.publish.gate.units import (
    accounts_keep_their_currency,
    amounts_keep_their_unit,
    exports_keep_their_unit,
)
from tests.publish.gate_sides import BEFORE, NEXT, Rows, ad_days, day, history, look, spend, values


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

    # Of 64 first orders two can be 2 * (ln 64 + 0.577) / 64 = 14.8 % of a mean, of 1,000 1.5 %: then 5 % is the bound.
    @pytest.mark.parametrize(
        ("kpi", "orders", "now", "holds"),
        [
            ("break_even_cac", 64, 114.7, False), ("break_even_cac", 64, 114.9, True),
            ("break_even_cac", 64, 85.1, True), ("break_even_cac", 1000, 104.9, False),
            ("break_even_cac", 1000, 105.1, True), ("break_even_cac", 0, 105.1, True), ("spend", 64, 105.1, True),
            ("net_revenue", 64, 105.1, True), ("speed_to_lead", 64, 114.7, False),
        ],
    )  # fmt: skip
    def test_what_hangs_on_few_may_move_by_what_two_of_them_can_be(
        self, kpi: str, orders: int, now: float, holds: bool
    ) -> None:
        variant = {"net_revenue": "order_basis", "speed_to_lead": "business_median"}.get(kpi, "")
        was, then = ({"kpi_values": values(kpi, "month", [figure], n=orders, variant=variant)} for figure in (100, now))
        seen = look(closed_months_move_little, then, was, before=date(2026, 6, 30))
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

    # Of 20 orders two can be 2 * (ln 20 + 0.577) / 20 = 35.7 %: 238 without them is 153.0, 239 is 153.7.
    @pytest.mark.parametrize(
        ("figure", "orders", "holds"), [(238, 20, False), (239, 20, True), (176, 0, True), (44, 20, True)]
    )
    def test_what_two_large_orders_can_be_of_a_good_week_is_left_out(
        self, figure: int, orders: int, holds: bool
    ) -> None:
        weeks: list[Rows] = [
            {"kpi_values": values("net_revenue", "week", week, variant="order_basis", n=orders)}
            for week in (self.PAST, [*self.PAST, figure])
        ]
        assert bool(look(headlines_stay_inside_their_limits, weeks[1], weeks[0]).wrong) is holds

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
