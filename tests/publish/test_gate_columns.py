"""What new records say, column by column and together: gaps, days, hours, words, and keys of others."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from orchestration.publish.gate.columns import no_column_falls_silent
from orchestration.publish.gate.hours import moments_come_at_their_hours
from orchestration.publish.gate.moments import moments_keep_their_order
from orchestration.publish.gate.orphans import nobody_is_named_in_vain
from orchestration.publish.gate.together import what_never_met_stays_apart
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, PEOPLE, asked, costs, moment, people, person, refund, refunds

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


def gone(number: int, hours: int | None) -> str:
    """Somebody who came on a Friday morning, and was deleted a week later so many hours after that hour, or never."""
    at = "" if hours is None else moment(1, number, timedelta(hours=hours))
    return f"{person(number, 0).strip()},{at}\n"


class TestHours:
    @pytest.mark.parametrize(
        ("known", "night", "morning", "holds"),
        [
            # Nobody came at night so far, so that 1 of 102 may have. Three of three make 3 ln 102 = 13.9, of 12;
            # three of four 4 * (0.75 ln(0.75 * 102) + 0.25 ln(0.25 * 102 / 101)) = 11.6.
            (100, 3, 0, True),
            (100, 3, 1, False),
            (1000, 2, 0, False),  # two are few, though 2 ln 1002 = 13.8
            (30, 9, 0, True),
            (29, 9, 0, False),  # 29 do not show when people come
        ],
    )
    def test_new_people_of_hours_in_which_nobody_came_hold(
        self, landing: Landing, known: int, night: int, morning: int, holds: bool
    ) -> None:
        # All of them came before noon: 1 to 119 minutes before it, on days of their own.
        def at(week: int, number: int, hours: int = 0) -> str:
            return moment(week, number % 119 + 1, timedelta(hours=hours, days=-(number // 119) * 7))

        crowd = [person(number, 0, created=at(0, number)) for number in range(known)]
        nightly = [person(2000 + number, 1, created=at(1, number, 12)) for number in range(night)]
        others = [person(3000 + number, 1, created=at(1, number)) for number in range(morning)]
        found = asked(landing, moments_come_at_their_hours, people(*crowd), people(*crowd, *nightly, *others))
        says = (
            f"created_at of {night} of {night + morning} new moments lies in hours of the day in which 0 of {known} lay"
        )
        assert found == ([f"people.csv: {says} before"] if holds else [])

    @pytest.mark.parametrize(
        ("later", "holds"),
        [((12, 12, 12), True), ((0, 12, 12), False), ((0, 0, 0), False)],
    )
    def test_moments_that_are_filled_in_are_new_too(
        self, landing: Landing, later: tuple[int, ...], holds: bool
    ) -> None:
        head = PEOPLE.replace("updated_at", "updated_at,deleted_at")
        before = "".join(gone(number, 0) for number in range(1, 101))
        waiting = "".join(gone(number, None) for number in range(101, 104))
        filled = "".join(gone(number, hours) for number, hours in zip(range(101, 104), later, strict=True))
        files = [{"people.csv": head + before + rows} for rows in (waiting, filled)]
        found = asked(landing, moments_come_at_their_hours, *files)
        says = "deleted_at of 3 of 3 new moments lies in hours of the day in which 0 of 100 lay before"
        assert found == ([f"people.csv: {says}"] if holds else [])

    def test_what_comes_at_one_moment_comes_by_one_hand(self, landing: Landing) -> None:
        at_night = moment(1, 0, timedelta(hours=12))
        imported = [person(200 + number, 1, created=at_night) for number in range(50)]
        assert asked(landing, moments_come_at_their_hours, people(*CROWD), people(*CROWD, *imported)) == []

    def test_a_quiet_hour_that_has_its_share_is_usual(self, landing: Landing) -> None:
        # Of 300, three came at noon and the others before: one in a hundred. Three of 300 new ones are as many.
        def crowd(week: int) -> list[str]:
            usual = [moment(week, number % 99 + 1, timedelta(days=-7 * (number // 99))) for number in range(297)]
            noon = [moment(week, 0, timedelta(days=-7 * number)) for number in range(3)]
            return [
                person(1000 * week + number, week, created=created) for number, created in enumerate([*usual, *noon])
            ]

        assert asked(landing, moments_come_at_their_hours, people(*crowd(0)), people(*crowd(0), *crowd(1))) == []

    def test_who_exports_twice_a_day_has_evenings(self, landing: Landing) -> None:
        nightly = [person(200 + number, 1, created=moment(1, number, timedelta(hours=12))) for number in range(9)]
        deliveries = people(*CROWD), people(*CROWD, *nightly)
        assert asked(landing, moments_come_at_their_hours, *deliveries, step=timedelta(hours=12)) == []

    def test_when_a_record_was_changed_says_when_somebody_worked(self, landing: Landing) -> None:
        night = [moment(1, number, timedelta(hours=12)) for number in range(9)]
        newcomers = [
            person(200 + number, 1, created=moment(1, 10 + number), updated=night[number]) for number in range(9)
        ]
        assert asked(landing, moments_come_at_their_hours, people(*CROWD), people(*CROWD, *newcomers)) == []


def some(first: int, last: int, week: int, channel: str, test: str, touched: int | None = None) -> list[str]:
    """People of some numbers, all alike."""
    return [person(number, week, channel=channel, test=test, touched=touched) for number in range(first, last)]


# Seventy came by referral, thirty are a test and came directly.
APART = [*some(0, 70, 0, "referral", ""), *some(70, 100, 0, "direct", "true")]


class TestTogether:
    @pytest.mark.parametrize(
        ("new", "holds"),
        [
            # No referral was a test so far, so that 1 of 72 may be: three of three make 3 ln 72 = 12.8, of 12.
            ([(3, "referral", "true")], True),
            # Three of four: 4 * (0.75 ln(0.75 * 72) + 0.25 ln(0.25 * 72 / 71)) = 10.6; and of tests, 3 ln 32 = 10.4.
            ([(3, "referral", "true"), (1, "referral", "")], False),
            ([(9, "direct", "true"), (9, "referral", "")], False),
            ([(9, "paid", "true")], False),  # what was never said has met nothing; another guard tells it
        ],
    )
    def test_new_people_of_words_that_never_met_hold(
        self, landing: Landing, new: list[tuple[int, str, str]], holds: bool
    ) -> None:
        came = [
            row
            for place, (count, channel, test) in enumerate(new, 2)
            for row in some(100 * place, 100 * place + count, 1, channel, test)
        ]
        found = asked(landing, what_never_met_stays_apart, people(*APART), people(*APART, *came))
        says = "is_test is true where source_channel is referral in 3 new or changed records, in none of 70 before"
        assert found == ([f"people.csv: {says}"] if holds else [])

    def test_changed_people_are_asked_too(self, landing: Landing) -> None:
        changed = [*some(0, 9, 0, "referral", "true", touched=1), *APART[9:]]
        [found] = asked(landing, what_never_met_stays_apart, people(*APART), people(*changed))
        assert found.endswith(
            "is_test is true where source_channel is referral in 9 new or changed records, in none of 70 before"
        )

    def test_who_was_not_changed_is_not_asked(self, landing: Landing) -> None:
        changed = [*some(0, 9, 0, "referral", "true"), *APART[9:]]
        assert asked(landing, what_never_met_stays_apart, people(*APART), people(*changed)) == []

    def test_two_are_few(self, landing: Landing) -> None:
        crowd = [*some(0, 1000, 0, "referral", ""), *some(1000, 1100, 0, "direct", "true")]
        came = some(2000, 2002, 1, "referral", "true")
        assert asked(landing, what_never_met_stays_apart, people(*crowd), people(*crowd, *came)) == []

    def test_new_records_may_be_as_others_were_when_they_came(self, landing: Landing) -> None:
        # Three came so with the second export and are not so in the third, with which three others come.
        young, grown = some(100, 103, 1, "referral", "true"), some(100, 103, 1, "referral", "", touched=2)
        late = some(200, 203, 2, "referral", "true")
        exports = APART, [*APART, *young], [*APART, *grown, *late]
        assert asked(landing, what_never_met_stays_apart, *(people(*rows) for rows in exports)) == []

    def test_changed_records_may_be_as_others_were_when_they_were_changed(self, landing: Landing) -> None:
        # Of six, three are changed so for the second export and back for the third, when the others are changed.
        def six(first: str, others: str, week: int) -> list[str]:
            return [
                *some(100, 103, 0, "referral", first, touched=week),
                *some(200, 203, 0, "referral", others, touched=week if others else 0),
            ]

        exports = six("", "", 0), six("true", "", 1), six("", "true", 2)
        assert asked(landing, what_never_met_stays_apart, *(people(*APART, *rows) for rows in exports)) == []

    @pytest.mark.parametrize(("known", "holds"), [(30, True), (29, False)])
    def test_thirty_show_with_what_a_word_goes(self, landing: Landing, known: int, holds: bool) -> None:
        # Nine referrals that are tests: 9 ln 32 = 31 of 12, where 30 referrals were none. Of tests there are fewer.
        crowd = [*some(0, known, 0, "referral", ""), *some(100, 120, 0, "direct", "true")]
        came = some(200, 209, 1, "referral", "true")
        assert bool(asked(landing, what_never_met_stays_apart, people(*crowd), people(*crowd, *came))) is holds

    def test_records_of_ids_alone_and_without_a_moment_of_change_say_little(self, landing: Landing) -> None:
        def files(count: int) -> dict[str, str]:
            known = "".join(f"V-{number},P-{number},{moment(0, number)}\n" for number in range(count))
            identities = {"identities.csv": "visitor_id,person_id,identified_at\n" + known}
            return identities | refunds(*(refund(number, 0) for number in range(count)))

        assert asked(landing, what_never_met_stays_apart, files(40), files(50)) == []

    @pytest.mark.parametrize(("more", "holds"), [(18, True), (19, False)])
    def test_a_column_of_more_than_twenty_words_is_no_list(self, landing: Landing, more: int, holds: bool) -> None:
        crowd = [*APART, *(row for word in range(more) for row in some(300 + word, 301 + word, 0, f"c{word}", ""))]
        came = some(200, 209, 1, "referral", "true")
        assert bool(asked(landing, what_never_met_stays_apart, people(*crowd), people(*crowd, *came))) is holds


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
