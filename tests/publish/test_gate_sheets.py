"""Amounts, rows of sheets, and records that are copies: what is held."""

from datetime import timedelta

import pytest

from orchestration.publish.gate.amounts import amounts_stay_within_reach
from orchestration.publish.gate.newcomers import (
    newcomers_come_up_to_the_export,
)
from orchestration.publish.gate.sheets import (
    no_row_breaks_off,
    no_row_is_written_twice,
    nothing_that_never_changed_changes,
    the_month_that_is_over_is_told,
)
from orchestration.publish.gate.standstill import what_changed_every_week_changes
from orchestration.publish.gate.twins import addresses_stay_apart, nobody_comes_twice
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, Look, asked, costs, moment, people, person, refund, refunds


class TestTwins:
    @pytest.mark.parametrize(("copies", "holds"), [(2, False), (3, True)])
    def test_new_people_who_differ_in_their_ids_alone_hold_from_the_third(
        self, landing: Landing, copies: int, holds: bool
    ) -> None:
        twins = [row.replace(f"P-{number},", f"P-50{number},", 1) for number, row in enumerate(CROWD[:copies])]
        # A sheet beside it has no ids, and nothing is said of it.
        found = asked(landing, nobody_comes_twice, costs(4) | people(*CROWD), costs(5) | people(*CROWD, *twins))
        says = ["people.csv: 3 new records are copies of others under ids of their own"]
        assert found == (says if holds else [])

    @pytest.mark.parametrize(("pairs", "holds"), [(25, False), (24, True)])
    def test_where_pairs_are_usual_new_ones_may_come(self, landing: Landing, pairs: int, holds: bool) -> None:
        # 25 of what 75 moments say is said twice: of six new ones 2 + 2 * 25 / 75 * 6 = 6 may be; 24 of 76 make 5.8.
        def of_pair(number: int, pair: int, week: int) -> str:
            return person(number, week, created=moment(week, pair), updated=moment(week, pair))

        crowd = [of_pair(number, number // 2 if number < 2 * pairs else number, 0) for number in range(100)]
        newcomers = [of_pair(200 + number, number // 2, 1) for number in range(12)]
        found = asked(landing, nobody_comes_twice, people(*crowd), people(*crowd, *newcomers))
        says = ["people.csv: 6 new records are copies of others under ids of their own"]
        assert found == (says if holds else [])

    def test_who_came_at_one_moment_came_by_one_hand(self, landing: Landing) -> None:
        newcomers = [person(200 + number, 1, created=moment(1), updated=moment(1)) for number in range(10)]
        assert asked(landing, nobody_comes_twice, people(*CROWD), people(*CROWD, *newcomers)) == []

    @pytest.mark.parametrize(("before", "holds"), [(29, False), (30, True)])
    def test_of_few_records_nobody_knows_how_many_are_alike(self, landing: Landing, before: int, holds: bool) -> None:
        # Three of six newcomers are copies: no more than every other one, and more than two.
        twins = [row.replace(f"P-{number},", f"P-50{number},", 1) for number, row in enumerate(CROWD[:3])]
        newcomers = [*twins, *(person(200 + number, 1) for number in range(3))]
        crowd = CROWD[:before]
        found = asked(landing, nobody_comes_twice, people(*crowd), people(*crowd, *newcomers))
        assert bool(found) is holds


class TestAddresses:
    @pytest.mark.parametrize(
        ("known", "sharing", "alone", "holds"),
        [
            # Of 100 nobody shared an address, so that 1 of 102 may: 3 ln 102 = 13.9, of 12.
            (100, 3, 0, True),
            # 4 * (0.75 ln(0.75 * 102) + 0.25 ln(0.25 * 102 / 101)) = 11.6
            (100, 3, 1, False),
            (1000, 2, 0, False),  # two are few
            (30, 9, 0, True),
            (29, 9, 0, False),  # 29 do not show that each has its own
        ],
    )
    def test_new_people_who_share_an_address_hold(
        self, landing: Landing, known: int, sharing: int, alone: int, holds: bool
    ) -> None:
        crowd = [person(number, 0) for number in range(known)]
        came = [person(2000 + number, 1, email="info@example.com") for number in range(sharing)]
        others = [person(3000 + number, 1) for number in range(alone)]
        found = asked(landing, addresses_stay_apart, people(*crowd), people(*crowd, *came, *others))
        says = f"{sharing} of {sharing + alone} new records share their email_key, 0 of {known} did before"
        assert found == ([f"people.csv: {says}"] if holds else [])

    @pytest.mark.parametrize(("families", "holds"), [(3, True), (40, False)])
    def test_where_many_share_one_many_may(self, landing: Landing, families: int, holds: bool) -> None:
        # Three couples of 100 people are 6, of whom 7 in 102 may share: 9 ln(102 / 7) = 24. Of 80, 9 ln(102 / 81) = 2.
        couples = [person(number, 0, email=f"c{number // 2}@example.com") for number in range(2 * families)]
        crowd = [*couples, *(person(number, 0) for number in range(2 * families, 100))]
        came = [person(200 + number, 1, email="info@example.com") for number in range(9)]
        assert bool(asked(landing, addresses_stay_apart, people(*crowd), people(*crowd, *came))) is holds

    def test_fewer_than_usual_is_no_sharing(self, landing: Landing) -> None:
        # All of 100 share an address; of 100 new people only four do, which is as surprising, and good.
        crowd = [person(number, 0, email=f"c{number // 2}@example.com") for number in range(100)]
        came = [
            *(person(200 + number, 1, email="info@example.com") for number in range(4)),
            *(person(300 + number, 1) for number in range(96)),
        ]
        assert asked(landing, addresses_stay_apart, people(*crowd), people(*crowd, *came)) == []

    def test_an_address_that_is_missing_is_not_shared(self, landing: Landing) -> None:
        came = [person(200 + number, 1, email="") for number in range(9)]
        assert asked(landing, addresses_stay_apart, people(*CROWD), people(*CROWD, *came)) == []


class TestStandstill:
    @pytest.mark.parametrize(
        ("a_week", "weeks", "holds"),
        [(8, 4, True), (7, 4, False), (8, 3, False)],
        ids=["eight a week", "seven may be none by chance", "two weeks show nothing"],
    )
    def test_people_of_last_week_hold_where_eight_changed_in_every_week(
        self, landing: Landing, a_week: int, weeks: int, holds: bool
    ) -> None:
        # Half of those who count are new, the others were changed.
        exported: list[dict[str, str]] = []
        for week in range(weeks):
            new = [person(1000 + 10 * one + number, one) for one in range(1, week + 1) for number in range(a_week - 4)]
            changed = [person(n, 0, channel=f"in {week}", touched=week) if n < 4 else CROWD[n] for n in range(100)]
            exported.append(people(*changed, *new))
        # The same bytes a week later, with a refund beside them.
        found = asked(landing, what_changed_every_week_changes, *exported, exported[-1] | refunds(refund(1, weeks)))
        usual = ", ".join(["8"] * (weeks - 1))
        says = f"people.csv: the same bytes for 7 days; {usual} records changed in the weeks before"
        assert found == ([says] if holds else [])

    def test_a_few_days_are_no_standstill(self, landing: Landing) -> None:
        exported = [people(*(person(number, day // 2) for number in range(20 * (day + 1)))) for day in range(9)]
        again = exported[-1] | refunds(refund(1, 1))
        assert asked(landing, what_changed_every_week_changes, *exported, again, step=timedelta(days=6)) == []


class TestAmounts:
    @pytest.mark.parametrize(
        ("amount", "holds"), [("100.00", False), ("100.01", True), ("4.00", False), ("3.99", True), ("0.00", False)]
    )
    def test_an_amount_five_times_beyond_all_others_holds(self, landing: Landing, amount: str, holds: bool) -> None:
        was = [refund(number, 0) for number in range(30)]
        found = asked(landing, amounts_stay_within_reach, refunds(*was), refunds(*was, refund(99, 1, amount)))
        says = [f"refunds.csv: amount of 1 new records is like none before, such as {amount}"]
        assert found == (says if holds else [])

    def test_of_few_amounts_nobody_knows_how_far_they_go(self, landing: Landing) -> None:
        was = [refund(number, 0) for number in range(29)]
        assert asked(landing, amounts_stay_within_reach, refunds(*was), refunds(*was, refund(99, 1, "900.00"))) == []

    @pytest.mark.parametrize(("amount", "holds"), [("600.00", True), ("400.00", False), ("15.00", True)])
    def test_a_cost_five_times_beyond_its_own_past_holds(self, landing: Landing, amount: str, holds: bool) -> None:
        found = asked(landing, amounts_stay_within_reach, costs(5), costs(6, tools=amount))
        says = [f"costs.csv: amount of 1 new records is like none before, such as {amount}"]
        assert found == (says if holds else [])


class TestSheets:
    def test_a_cost_that_every_month_had_is_missed(self, landing: Landing) -> None:
        assert asked(landing, no_row_breaks_off, costs(5), costs(6)) == []

    def test_a_cost_that_broke_off_is_named(self, landing: Landing) -> None:
        found = asked(landing, no_row_breaks_off, costs(5), costs(6, tools=None))
        assert found == ["costs.csv: no row of tools USD Design for 2026-06-01, unlike before"]

    def test_four_months_are_no_habit(self, landing: Landing) -> None:
        assert asked(landing, no_row_breaks_off, costs(4), costs(5, tools=None)) == []

    @pytest.mark.parametrize(
        ("step", "exported", "says"),
        [
            # Made on the 1st of June, the 2nd of July and the 2nd of August.
            (31, [5, 6, 7], None),
            (31, [5, 6, -6], "2026-07"),
            (31, [5, 6, 6], "2026-07"),  # the same bytes again
            (31, [4, 5, -5], None),  # who is late is late
            (31, [5, 5, -6], None),
            # On the 1st and the 16th of June and the 1st of July: nobody saw a month begin.
            (15, [5, -5, 5], None),
        ],
    )
    def test_a_month_that_is_over_is_told_where_it_was(
        self, landing: Landing, step: int, exported: list[int], says: str | None
    ) -> None:
        # A minus stands for another amount in the last month.
        sheets = [costs(months) if months > 0 else costs(-months, tools="101.00") for months in exported]
        found = asked(landing, the_month_that_is_over_is_told, *sheets, step=timedelta(days=step))
        told = f"costs.csv: nothing of {says}, which each export before had when the month was over"
        assert found == ([told] if says else [])

    def test_a_sheet_of_days_and_a_plan_have_no_month(self, landing: Landing) -> None:
        # Made on the 1st of June, the 2nd of July and the 2nd of August, when nothing tells of the 1st of July.
        def files(*amounts: str) -> dict[str, str]:
            months = [(f"2026-0{month}", amount) for month, amount in enumerate(amounts, 5)]
            targets = [f"spend,{month}-01,{month}-28,{amount}.00\n" for month, amount in months]
            days = [f"{month}-0{day},radio,{amount}.00,USD\n" for month, amount in months for day in (1, 2)]
            return {
                "targets.csv": "kpi,period_start,period_end,target\n" + "".join(targets),
                "radio.csv": "date,channel,spend,currency\n" + "".join(days),
            }

        deliveries = files("10"), files("10", "11"), files("10", "12")
        assert asked(landing, the_month_that_is_over_is_told, *deliveries, step=timedelta(days=31)) == []

    @pytest.mark.parametrize(
        ("months", "changed", "says"),
        [
            (5, ["tools"], []),
            (5, ["salaries", "tools"],
             ["costs.csv: acquisition_share was always the same in 2 rows, such as salaries USD Team: "
              "0.75 before and 1 now"]),
            (4, ["salaries", "tools"], []),
        ],
        ids=["one is meant", "two at once", "four months are no habit"],
    )  # fmt: skip
    def test_shares_that_never_changed_change_one_at_a_time(
        self, landing: Landing, months: int, changed: list[str], says: list[str]
    ) -> None:
        def sheet(until: int) -> dict[str, str]:
            rows = "month,pool,amount,currency,description,acquisition_share\n"
            for month in range(1, until + 1):
                for pool, word, share in (("salaries", "Team", "0.75"), ("tools", "Design", "")):
                    said = "1" if month > months and pool in changed else share
                    rows += f"2026-{month:02},{pool},{month}00.00,USD,{word},{said}\n"
            return {"costs.csv": rows}

        assert asked(landing, nothing_that_never_changed_changes, sheet(months), sheet(months + 1)) == says

    def test_a_record_that_an_export_has_twice_is_no_row_of_a_sheet(self, landing: Landing) -> None:
        assert asked(landing, no_row_is_written_twice, people(*CROWD), people(*CROWD, CROWD[0])) == []

    def test_a_cost_that_is_written_twice_is_named(self, landing: Landing) -> None:
        again = {"costs.csv": costs(5)["costs.csv"] + "2026-05,tools,100.00,USD,Design\n"}
        found = asked(landing, no_row_is_written_twice, costs(4), again)
        assert found == ["costs.csv: 1 row says what another one says already"]

    @pytest.mark.parametrize(("copies", "holds"), [(2, False), (3, True)])
    def test_where_costs_are_alike_twice_as_many_may_be(self, landing: Landing, copies: int, holds: bool) -> None:
        one = "2026-01,fees,7.00,USD,Card\n"
        before = {"costs.csv": costs(4)["costs.csv"] + one * 2}
        now = {"costs.csv": costs(5)["costs.csv"] + one * (copies + 1)}
        found = asked(landing, no_row_is_written_twice, before, now)
        assert found == (["costs.csv: 3 rows say what another one says already"] if holds else [])

    @pytest.mark.parametrize("look", [nobody_comes_twice, newcomers_come_up_to_the_export])
    def test_costs_have_no_ids_and_no_moments(self, landing: Landing, look: Look) -> None:
        assert asked(landing, look, costs(5) | people(*CROWD), costs(6)) == []

    def test_records_with_a_key_are_no_sheet(self, landing: Landing) -> None:
        assert asked(landing, no_row_is_written_twice, people(*CROWD), people(*CROWD, *CROWD)) == []
