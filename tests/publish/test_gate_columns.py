"""Columns that fall silent, days in another order, and records that name others which are not there."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from orchestration.publish.gate.columns import no_column_falls_silent
from orchestration.publish.gate.moments import moments_keep_their_order
from orchestration.publish.gate.orphans import nobody_is_named_in_vain
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, PEOPLE, asked, costs, moment, people, person

JOBS = "order_id,customer_id,ordered_at,gross,currency,cogs\n"
STEPS = "person_id,stage,entered_at\n"


def jobs(*cogs: Iterable[str], since: int = 0) -> dict[str, str]:
    """A book of jobs: those of each week say what their material cost."""
    rows = [
        f"J-{week}-{number},C-1,{moment(week, number)},500.00,USD,{cell}\n"
        for week, cells in enumerate(cogs, since)
        for number, cell in enumerate(cells)
    ]
    return {"jobs.csv": JOBS + "".join(rows)}


class TestColumns:
    @pytest.mark.parametrize(
        ("known", "came", "new", "holds"),
        [
            (28, ["9.00", "9.00"], ["0.00", "0.00"], True),
            (28, ["9.00", "9.00"], ["", ""], True),
            (28, ["9.00", "9.00"], ["0.00", "9.00"], False),  # one of them has it
            (28, ["9.00", "9.00"], ["0.00"], False),  # one is a slip of the pen
            (27, ["9.00", "9.00"], ["0.00", "0.00"], False),  # 29 do not show that all have it
            (28, ["9.00", "0.00"], ["0.00", "0.00"], False),  # it was zero before
            (29, ["9.00"], ["0.00", "0.00"], False),  # one that came says little of how they come
        ],
    )
    def test_a_column_that_all_had_and_no_new_one_has_holds(
        self, landing: Landing, known: int, came: list[str], new: list[str], holds: bool
    ) -> None:
        first = ["9.00"] * known
        found = asked(landing, no_column_falls_silent, jobs(first), jobs(first, came), jobs(first, came, new))
        says = ["jobs.csv: cogs is empty or zero in all 2 new records, in none of 30 before"]
        assert found == (says if holds else [])

    def test_what_is_filled_in_later_may_be_missing_at_first(self, landing: Landing) -> None:
        # Two jobs a week, whose material is known the week after.
        first, late = ["9.00"] * 30, ["", ""]
        done = ["9.00", "9.00"]
        found = asked(
            landing, no_column_falls_silent, jobs(first), jobs(first, late), jobs(first, done),
            jobs(first, done, late),
        )  # fmt: skip
        assert found == []

    @pytest.mark.parametrize(("amount", "holds"), [("0.00", True), ("100.00", False)])
    def test_rows_of_a_sheet_stay_as_they_were_written(self, landing: Landing, amount: str, holds: bool) -> None:
        # Fifteen months of two costs are thirty rows; the sixteenth month has nothing but zeros.
        sheet = "".join(
            f"{2025 + month // 12}-{month % 12 + 1:02},{pool},100.00,USD,Team\n"
            for month in range(15)
            for pool in ("salaries", "tools")
        )
        new = "".join(f"2026-04,{pool},{amount},USD,Team\n" for pool in ("salaries", "tools"))
        head = next(iter(costs(1).values())).split("\n")[0] + "\n"
        found = asked(landing, no_column_falls_silent, {"costs.csv": head + sheet}, {"costs.csv": head + sheet + new})
        says = ["costs.csv: amount is empty or zero in all 2 new records, in none of 30 before"]
        assert found == (says if holds else [])


def deleted(count: int, week: int, after: int) -> str:
    """People who came in a week and were deleted so many days after they had come."""
    rows = []
    for number in range(count):
        came, gone = moment(week, number), moment(week, number, timedelta(days=after))
        rows.append(f"{person(1000 * week + number, week, created=came, updated=came).strip()},{gone}\n")
    return "".join(rows)


class TestMoments:
    @pytest.mark.parametrize(
        ("known", "came", "odd", "new", "holds"),
        [
            (30, 9, 0, 9, True),
            (29, 9, 0, 9, True),  # with the nine that came since, 38 are known
            (20, 9, 0, 9, False),  # 29 do not show how days lie
            (30, 8, 0, 9, False),  # fewer came than are new now
            (30, 9, 1, 9, False),  # one of them was like that too
            # Of 40 none: 9 of 9 make 9 ln 42 = 33.6, and 4 of 10
            # 10 * (0.4 ln(0.4 * 42) + 0.6 ln(0.6 * 42 / 41)) = 8.4, of 12.
            (30, 10, 0, -10, False),
        ],
    )
    def test_new_records_whose_days_lie_otherwise_hold(
        self, landing: Landing, known: int, came: int, odd: int, new: int, holds: bool
    ) -> None:
        # Whoever was deleted was so the day after; now the day is before the one on which they came.
        head = PEOPLE.replace("updated_at", "updated_at,deleted_at")
        first = head + deleted(known, 0, 1)
        second = first + deleted(came - odd, 1, 1) + deleted(odd, 2, -1)
        few = 4 if new < 0 else new
        third = second + deleted(few, 3, -1) + deleted(abs(new) - few, 4, 1)
        found = asked(landing, moments_keep_their_order, *({"people.csv": text} for text in (first, second, third)))
        says = ["people.csv: created_at is after deleted_at in 9 of 9 new records, unlike before"]
        assert found == (says if holds else [])


def steps(*numbers: int, week: int = 0) -> str:
    return "".join(f"P-{number},mql,{moment(week, number)}\n" for number in numbers)


class TestOrphans:
    @pytest.mark.parametrize(
        ("gone", "holds"),
        [(4, True), (3, False)],
    )
    def test_new_steps_of_people_who_are_in_no_list_hold(self, landing: Landing, gone: int, holds: bool) -> None:
        # A hundred people reached a stage, all of them listed; of five new ones some are not, where 1 in 102 may be.
        # Four: 5 * (0.8 ln(0.8 * 102) + 0.2 ln(0.2 * 102 / 101)) = 16.0. Three: the same way, 10.5, of 12.
        new = [person(200 + number, 1) for number in range(5)]
        log = STEPS + steps(*range(100))
        found = asked(
            landing, nobody_is_named_in_vain,
            people(*CROWD) | {"log.csv": log},
            people(*CROWD, *new[gone:]) | {"log.csv": log + steps(*range(200, 205), week=1)},
        )  # fmt: skip
        says = ["log.csv: 4 of 5 person_key in new records name nothing that an export has"]
        assert found == (says if holds else [])

    def test_where_many_always_were_in_no_list_nobody_asks(self, landing: Landing) -> None:
        half = CROWD[:50]
        log = STEPS + steps(*range(100))
        found = asked(
            landing, nobody_is_named_in_vain, people(*half) | {"log.csv": log},
            people(*half, person(300, 1)) | {"log.csv": log + steps(*range(200, 206), week=1)},
        )  # fmt: skip
        assert found == []

    @pytest.mark.parametrize(("known", "holds"), [(30, True), (29, False)])
    def test_of_few_nobody_knows_whether_they_are_listed(self, landing: Landing, known: int, holds: bool) -> None:
        log = STEPS + steps(*range(known))
        found = asked(
            landing, nobody_is_named_in_vain, people(*CROWD) | {"log.csv": log},
            people(*CROWD, person(300, 1)) | {"log.csv": log + steps(*range(200, 206), week=1)},
        )  # fmt: skip
        assert bool(found) is holds

    def test_a_list_that_is_made_more_rarely_comes_later(self, landing: Landing) -> None:
        log = STEPS + steps(*range(100))
        deliveries = [people(*CROWD) | {"log.csv": log}, {"log.csv": log + steps(*range(200, 206), week=1)}]
        assert asked(landing, nobody_is_named_in_vain, *deliveries) == []

    @pytest.mark.parametrize(("new", "holds"), [(2, False), (3, True)])
    def test_a_list_that_is_written_again_unchanged_is_made_with_the_log(
        self, landing: Landing, new: int, holds: bool
    ) -> None:
        log = STEPS + steps(*range(100))
        later = log + steps(*range(200, 200 + new), week=1)
        found = asked(
            landing, nobody_is_named_in_vain, people(*CROWD) | {"log.csv": log}, people(*CROWD) | {"log.csv": later}
        )
        says = [f"log.csv: {new} of {new} person_key in new records name nothing that an export has"]
        assert found == (says if holds else [])

    def test_a_log_without_any_list_names_nobody_in_vain(self, landing: Landing) -> None:
        log = STEPS + steps(*range(100))
        later = log + steps(*range(200, 206), week=1)
        assert asked(landing, nobody_is_named_in_vain, {"log.csv": log}, {"log.csv": later}) == []
