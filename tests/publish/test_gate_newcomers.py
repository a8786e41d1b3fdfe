"""Records and rows that are new in an export: what they may say, and what is held."""

from datetime import timedelta
from itertools import chain

import pytest

from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.publish.gate.every import EVERY
from orchestration.publish.gate.guard import Guard
from orchestration.publish.gate.newcomers import (
    newcomers_are_new,
    newcomers_come_up_to_the_export,
    nothing_lies_ahead_of_its_export,
)
from orchestration.publish.gate.words import newcomers_are_like_those_before
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, PEOPLE, asked, moment, people, person, refund, refunds
from tests.publish.gate_sides import history

FOLLOWING = (
    "again",
    "amounts",
    "columns",
    "documents",
    "hours",
    "moments",
    "newcomers",
    "orphans",
    "sheets",
    "standstill",
    "together",
    "twins",
    "words",
)


class TestNewcomers:
    @pytest.mark.parametrize(("updated", "holds"), [("2026-06-08T12:00:00Z", True), ("2026-06-08T11:59:59Z", False)])
    def test_a_moment_after_the_export_holds(self, landing: Landing, updated: str, holds: bool) -> None:
        found = asked(
            landing, nothing_lies_ahead_of_its_export, people(*CROWD), people(*CROWD, person(200, 1, updated=updated))
        )
        assert found == (["people.csv: updated_at of 1 records lies after the export was made"] if holds else [])

    @pytest.mark.parametrize(("plans_are_plans", "holds"), [(True, False), (False, True)])
    def test_what_is_planned_lies_ahead(
        self, landing: Landing, monkeypatch: pytest.MonkeyPatch, plans_are_plans: bool, holds: bool
    ) -> None:
        monkeypatch.setattr("orchestration.publish.gate.newcomers.PLANS", ("budgets",) * plans_are_plans)
        plans = "line,period_start,period_end,amount,currency\nTeam,2026-01-01,2026-06-30,100.00,USD\n"
        ahead = "Team,2026-07-01,2026-12-31,100.00,USD\n"
        budgets = [{"budgets.csv": text} for text in (plans, plans + ahead)]
        assert bool(asked(landing, nothing_lies_ahead_of_its_export, *budgets)) is holds

    @pytest.mark.parametrize(("late", "holds"), [(2, False), (3, True)])
    def test_new_people_who_were_made_before_the_last_export_hold(
        self, landing: Landing, late: int, holds: bool
    ) -> None:
        newcomers = [person(200 + number, 0 if number < late else 1) for number in range(5)]
        found = asked(landing, newcomers_are_new, people(*CROWD), people(*CROWD, *newcomers))
        says = ["people.csv: created_at of 3 of 5 new records lies before the last export"]
        assert found == (says if holds else [])

    def test_each_day_of_newcomers_is_looked_at(self, landing: Landing) -> None:
        # Of five newcomers three are said to have been deleted weeks before they were there.
        def people_with(*rows: tuple[str, str]) -> dict[str, str]:
            header = PEOPLE.replace("updated_at", "updated_at,deleted_at")
            return {"people.csv": header + "".join(f"{row.strip()},{deleted}\n" for row, deleted in rows)}

        crowd = [(row, "") for row in CROWD]
        some = [(person(200 + number, 1), moment(1)) for number in range(3)]
        newcomers = [(person(300 + number, 2), moment(0) if number < 3 else "") for number in range(5)]
        found = asked(
            landing, newcomers_are_new, people_with(*crowd), people_with(*crowd, *some),
            people_with(*crowd, *some, *newcomers),
        )  # fmt: skip
        assert found == ["people.csv: deleted_at of 3 of 3 new records lies before the last export"]

    @pytest.mark.parametrize(("late", "usual", "holds"), [(2, 1, False), (3, 1, True), (3, 0, False)])
    def test_cells_that_are_filled_in_with_days_long_ago_hold(
        self, landing: Landing, late: int, usual: int, holds: bool
    ) -> None:
        # Some are deleted each week; this week four, of whom `late` are said to have been deleted weeks ago.
        def crowd(weeks: dict[int, int]) -> dict[str, str]:
            rows = [f"{row.strip()},{moment(weeks[number]) if number in weeks else ''}\n"
                    for number, row in enumerate(CROWD)]  # fmt: skip
            return {"people.csv": PEOPLE.replace("updated_at", "updated_at,deleted_at") + "".join(rows)}

        before = {10: usual, 11: usual}
        now = before | {number: 0 if number < late else 2 for number in range(4)}
        found = asked(landing, newcomers_are_new, crowd({}), crowd(before), crowd(now))
        says = ["people.csv: deleted_at was filled in with days before the last export in 3 of 4"]
        assert found == (says if holds else [])

    @pytest.mark.parametrize(("decisions_are_plans", "holds"), [(True, False), (False, True)])
    def test_what_was_planned_is_ticked_off_later(
        self, landing: Landing, monkeypatch: pytest.MonkeyPatch, decisions_are_plans: bool, holds: bool
    ) -> None:
        monkeypatch.setattr("orchestration.publish.gate.newcomers.PLANS", ("decisions",) * decisions_are_plans)

        def sheet(closed: dict[int, str]) -> dict[str, str]:
            rows = [f"D-{number},Act {number},sales,2026-05-04,{closed.get(number, '')}\n" for number in range(5)]
            return {"decisions.csv": "decision_id,decision,owner_team,decided,closed\n" + "".join(rows)}

        # In the third week somebody ticks off three that were done in May.
        before, now = {0: "2026-06-08"}, {0: "2026-06-08", **dict.fromkeys((1, 2, 3), "2026-05-20")}
        assert bool(asked(landing, newcomers_are_new, sheet({}), sheet(before), sheet(now))) is holds

    def test_where_they_always_come_late_nobody_asks(self, landing: Landing) -> None:
        late = [[person(100 * week + number, week - 2) for number in range(5)] for week in range(1, 4)]
        deliveries = [people(*CROWD, *chain.from_iterable(late[:week])) for week in range(4)]
        assert asked(landing, newcomers_are_new, *deliveries) == []

    @pytest.mark.parametrize(
        ("fridays", "holds"),
        [((8, 8, 8, 8), True), ((7, 8, 8, 8), False), ((12, 3, 9, 8), True), ((20, 2, 20, 20), False)],
    )
    def test_an_export_that_ends_before_its_usual_hours_holds(
        self, landing: Landing, fridays: tuple[int, ...], holds: bool
    ) -> None:
        # So many came on the last four Fridays, and one on each Thursday; this week nobody since Thursday at 12:00.
        # Eight must be usual, and three have come each time.
        def came(week: int, count: int, day: int) -> list[str]:
            at = [moment(week, number, timedelta(days=day - 4)) for number in range(count)]
            ids = range(1000 * week + 100 * day, 2000 * (week + 1))
            return [person(one, week, created=then, updated=then) for one, then in zip(ids, at, strict=False)]

        weeks = [came(week, count, 4) + came(week, 1, 3) for week, count in enumerate(fridays)]
        exported = [people(*chain.from_iterable(weeks[: number + 1])) for number in range(4)]
        exported.append(people(*chain.from_iterable(weeks), *came(4, 2, 3)))
        found = asked(landing, newcomers_come_up_to_the_export, *exported)
        usual = ", ".join(str(count) for count in reversed(fridays))
        says = (
            "people.csv: no created_at after 2026-06-25 12:00, made 2026-06-29 12:00; "
            f"{usual} moments were in the same hours of the weeks before"
        )
        assert found == ([says] if holds else [])

    def test_an_export_of_the_same_bytes_is_as_new_as_it_was_written(self, landing: Landing) -> None:
        # The last export is written in week 5 and again, unchanged, in week 6, with a refund beside it.
        weeks = [[person(100 * week + number, week) for number in range(9)] for week in range(1, 6)]
        exported = [people(*chain.from_iterable(weeks[: number + 1])) for number in range(5)]
        exported.append(exported[-1] | refunds(refund(1, 5)))
        [found] = asked(landing, newcomers_come_up_to_the_export, *exported)
        assert found.startswith("people.csv: no created_at after 2026-07-03")

    @pytest.mark.parametrize(("late", "holds"), [(0, True), (1, False)])
    def test_old_records_change_although_no_new_ones_come(self, landing: Landing, late: int, holds: bool) -> None:
        # Nine come each Friday before noon, known on Monday, or a week later. In the last week one of the crowd is
        # changed, and nobody since ten days is new: as ever where they are known late.
        weeks = [
            [person(100 * week + number, week, created=moment(week, number)) for number in range(9)]
            for week in range(1, 6)
        ]
        exported = [people(*CROWD, *chain.from_iterable(weeks[: max(week - late, 0)])) for week in range(late, 6)]
        changed = [*CROWD[1:], person(0, 0, touched=6), *chain.from_iterable(weeks)]
        found = asked(
            landing, newcomers_come_up_to_the_export, *[people(*CROWD[:9])] * late, *exported, people(*changed)
        )
        assert [one[:38] for one in found] == (["people.csv: no created_at after 2026-0"] if holds else [])

    @pytest.mark.parametrize(("channel", "holds"), [("direct", True), ("", True), ("referral", False)])
    def test_new_people_of_a_word_that_was_rare_hold(self, landing: Landing, channel: str, holds: bool) -> None:
        usual = [person(100 + number, 1) for number in range(40)]
        newcomers = [person(200 + number, 2, channel=channel) for number in range(9)]
        found = asked(
            landing, newcomers_are_like_those_before, people(*CROWD), people(*CROWD, *usual),
            people(*CROWD, *usual, *newcomers),
        )  # fmt: skip
        says = f"people.csv: source_channel is {channel or 'empty'} in 9 of 9 new records, unlike before"
        assert found == ([says] if holds else [])

    @pytest.mark.parametrize(("channel", "holds"), [("direct", True), ("paid", False)])
    def test_changed_people_are_held_against_those_changed_before(
        self, landing: Landing, channel: str, holds: bool
    ) -> None:
        # Whoever was changed so far is `paid` afterwards; nine that become `direct` are unlike them.
        def changed(first: int, last: int, week: int, channel: str) -> list[str]:
            return [person(number, 0, channel=channel, touched=week) for number in range(first, last)]

        once = changed(0, 40, 1, "paid")
        found = asked(
            landing, newcomers_are_like_those_before, people(*CROWD), people(*once, *CROWD[40:]),
            people(*once, *changed(40, 49, 2, channel), *CROWD[49:]),
        )  # fmt: skip
        says = f"people.csv: source_channel is {channel} in 9 of 9 changed records, unlike before"
        assert found == ([says] if holds else [])

    def test_who_exports_often_is_not_asked_when_people_come(self, landing: Landing) -> None:
        # As above, but three exports in a day: at noon, at eight and at four in the morning.
        usual = [person(100 + number, 1) for number in range(40)]
        newcomers = [person(200 + number, 2, created=moment(2, number, timedelta(hours=5))) for number in range(9)]
        found = asked(
            landing, newcomers_are_like_those_before, people(*CROWD), people(*CROWD, *usual),
            people(*CROWD, *usual, *newcomers), step=timedelta(hours=8),
        )  # fmt: skip
        assert found == []

    def test_a_hundred_newcomers_show_what_is_usual(self, landing: Landing) -> None:
        # Forty came as `direct` long ago, then a hundred did not. Nine that do are 9 * ln 102 = 42 against those,
        # and 9 * ln(142 / 41) = 11 against all 140, which would pass.
        long_ago = [person(100 + number, 1, channel="direct") for number in range(40)]
        since = [person(200 + number, 2) for number in range(100)]
        at = [moment(3, 150 + number) for number in range(9)]
        newcomers = [
            person(400 + number, 3, channel="direct", created=one, updated=one) for number, one in enumerate(at)
        ]
        found = asked(
            landing, newcomers_are_like_those_before, people(*CROWD), people(*CROWD, *long_ago),
            people(*CROWD, *long_ago, *since), people(*CROWD, *long_ago, *since, *newcomers),
        )  # fmt: skip
        assert found == ["people.csv: source_channel is direct in 9 of 9 new records, unlike before"]

    def test_the_second_export_has_few_to_be_like(self, landing: Landing) -> None:
        was = people(*CROWD) | refunds(*(refund(number, 0) for number in range(40)))
        now = people(*(person(number, 0, channel="direct", touched=1) for number in range(100)))
        now |= refunds(*(refund(number, 0) for number in range(50)))
        assert asked(landing, newcomers_are_like_those_before, was, now) == []

    @pytest.mark.parametrize(("amount", "holds"), [("0.00", True), ("1.00", False)])
    def test_amounts_of_zero_that_were_none_hold(self, landing: Landing, amount: str, holds: bool) -> None:
        usual = [[refund(40 * week + number, week) for number in range(40)] for week in (0, 1)]
        last = [refund(80 + number, 2, amount) for number in range(9)]
        found = asked(
            landing, newcomers_are_like_those_before, refunds(*usual[0]), refunds(*usual[0], *usual[1]),
            refunds(*usual[0], *usual[1], *last),
        )  # fmt: skip
        assert found == (["refunds.csv: amount is zero in 9 of 9 new records, unlike before"] if holds else [])

    def test_a_gap_that_fills_with_time_is_usual_among_the_young(self, landing: Landing) -> None:
        young = [[person(100 * week + number, week, channel="") for number in range(40)] for week in (1, 2)]
        grown = [person(100 + number, 1, touched=2) for number in range(40)]
        found = asked(
            landing, newcomers_are_like_those_before, people(*CROWD), people(*CROWD, *young[0]),
            people(*CROWD, *grown, *young[1]),
        )  # fmt: skip
        assert found == []

    @pytest.mark.parametrize(
        ("hours", "days", "says"),
        [
            (0, 0, []),
            (5, 0, ["people.csv: hour of created_at is 12:00 or later in 9 of 9 new records, unlike before"]),
            (0, 1, ["people.csv: weekday of created_at is Saturday in 9 of 9 new records, unlike before"]),
        ],
    )
    def test_new_people_at_another_time_of_the_day_or_week_hold(
        self, landing: Landing, hours: int, days: int, says: list[str]
    ) -> None:
        # Everybody came on a Friday between 10:00 and 12:00; 15:00 to 17:00 and a Saturday are new to them.
        usual = [person(100 + number, 1) for number in range(40)]
        shift = timedelta(hours=hours, days=days)
        newcomers = [person(200 + number, 2, created=moment(2, number, shift)) for number in range(9)]
        found = asked(
            landing, newcomers_are_like_those_before, people(*CROWD), people(*CROWD, *usual),
            people(*CROWD, *usual, *newcomers),
        )  # fmt: skip
        assert found == says


@pytest.mark.parametrize(
    "guard",
    [one for one in EVERY if one.id.split(".")[0] in FOLLOWING],
    ids=lambda guard: guard.id,
)
def test_the_first_delivery_follows_nothing(guard: Guard, landing: Landing) -> None:
    landing.drop("people.csv", PEOPLE + "".join(CROWD))
    landing.ingest()
    files = read_manifests(landing.settings)
    with history({}, None, files=files, known=(), lake=landing.settings.lake) as sides:
        assert guard.look(sides).observed == "no history yet"
    with history({}, {}, files=files, known=(), lake=landing.settings.lake) as sides:
        assert guard.look(sides).wrong == []
