"""Records that an export has again, and streams that come together: what is held when they do not."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.publish.gate.again import records_do_not_vanish, untouched_records_stay
from orchestration.publish.gate.arrivals import no_stream_is_left_out
from orchestration.publish.gate.guard import NO_HISTORY, Seen
from orchestration.publish.gate.history import History
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, PEOPLE, REFUNDS, asked, costs, export_of, people, person, refund, refunds
from tests.publish.gate_sides import history, manifest


class TestAgain:
    @pytest.mark.parametrize(("count", "holds"), [(2, False), (3, True)])
    def test_untouched_people_who_say_something_else_hold_from_the_third(
        self, landing: Landing, count: int, holds: bool
    ) -> None:
        spoilt = [person(number, 0, channel="direct") for number in range(count)]
        found = asked(landing, untouched_records_stay, people(*CROWD), people(*spoilt, *CROWD[count:]))
        says = ["people.csv: source_channel of 3 of 100 untouched records is not what it was"]
        assert found == (says if holds else [])

    def test_who_was_touched_may_say_what_he_likes(self, landing: Landing) -> None:
        changed = [person(number, 0, channel="direct", touched=1) for number in range(50)]
        assert asked(landing, untouched_records_stay, people(*CROWD), people(*changed, *CROWD[50:])) == []

    def test_a_cell_that_is_filled_in_takes_nothing_back(self, landing: Landing) -> None:
        blank = [person(number, 0, channel="") for number in range(100)]
        assert asked(landing, untouched_records_stay, people(*blank), people(*CROWD)) == []

    @pytest.mark.parametrize(("count", "holds"), [(5, False), (6, True)])
    def test_of_records_that_do_not_say_when_they_changed_one_in_twenty_may(
        self, landing: Landing, count: int, holds: bool
    ) -> None:
        was = [refund(number, 0) for number in range(100)]
        now = [refund(number, 0, "20.01") for number in range(count)] + was[count:]
        found = asked(landing, untouched_records_stay, refunds(*was), refunds(*now))
        says = ["refunds.csv: amount of 6 of 100 untouched records is not what it was"]
        assert found == (says if holds else [])

    @pytest.mark.parametrize(("gone", "usual", "holds"), [(2, 0, False), (3, 0, True), (3, 2, False), (7, 2, True)])
    def test_records_that_vanish_hold_where_few_ever_did(
        self, landing: Landing, gone: int, usual: int, holds: bool
    ) -> None:
        before = people(*CROWD, *(person(number, 0) for number in range(200, 200 + usual)))
        found = asked(landing, records_do_not_vanish, before, people(*CROWD), people(*CROWD[gone:]))
        says = [f"people.csv: {gone} of 100 records of the export before are not in it"]
        assert found == (says if holds else [])

    @pytest.mark.parametrize(("records", "gone"), [(50, 2), (150, 3)])
    def test_two_may_go_however_few_there_are_and_two_in_a_hundred_of_many(
        self, landing: Landing, records: int, gone: int
    ) -> None:
        rows = [person(number, 0) for number in range(records)]
        assert asked(landing, records_do_not_vanish, people(*rows), people(*rows[gone:])) == []

    def test_an_export_beside_it_that_lost_nothing_hides_nothing(self, landing: Landing) -> None:
        found = asked(landing, records_do_not_vanish, costs(4) | people(*CROWD), costs(5) | people(*CROWD[9:]))
        assert found == ["people.csv: 9 of 100 records of the export before are not in it"]

    def test_an_export_without_rows_has_lost_every_record(self, landing: Landing) -> None:
        assert asked(landing, records_do_not_vanish, people(*CROWD), people()) == [
            "people.csv: 100 of 100 records of the export before are not in it"
        ]

    def test_an_export_of_another_name_follows_the_one_whose_records_it_has(self, landing: Landing) -> None:
        found = asked(landing, records_do_not_vanish, people(*CROWD), {"people (1).csv": PEOPLE + "".join(CROWD[9:])})
        assert found == ["people (1).csv: 9 of 100 records of the export before are not in it"]

    def test_an_export_of_other_records_follows_none(self, landing: Landing) -> None:
        others = [person(number, 1) for number in range(500, 520)]
        assert asked(landing, records_do_not_vanish, people(*CROWD), {"others.csv": PEOPLE + "".join(others)}) == []


class TestTogether:
    def delivered(self, weeks: int, *without: str) -> Iterator[dict[str, str]]:
        for week in range(weeks):
            files = {
                "people.csv": PEOPLE + "".join(person(number, week) for number in range(3)),
                "refunds.csv": REFUNDS + "".join(refund(number, week) for number in range(3)),
            }
            yield {name: text for name, text in files.items() if week < weeks - 1 or name not in without}

    @pytest.mark.parametrize(("weeks", "holds"), [(4, False), (5, True)])
    def test_what_came_four_times_and_not_now_is_missed(self, landing: Landing, weeks: int, holds: bool) -> None:
        found = asked(landing, no_stream_is_left_out, *self.delivered(weeks, "refunds.csv"))
        says = "came with each of the last 4 deliveries, and not with that of 2026-06-29"
        assert found == ([f"refunds.csv: {says}", f"template/refunds: {says}"] if holds else [])

    def test_an_account_that_came_four_times_and_not_now_is_missed(self) -> None:
        files = [
            manifest(f"{account} {week}", week * 7, week * 7 + 6, week * 7, account_id=account, name=f"{account}.csv")
            for week in range(5)
            for account in ("111", "222")
            if (week, account) != (4, "222")
        ]
        with history({}, {}, files=files, known=[one.file_id for one in files[:-1]]) as sides:
            found = no_stream_is_left_out(sides).wrong
        says = "came with each of the last 4 deliveries, and not with that of 2026-06-01"
        assert found == [f"222.csv: {says}", f"google_ads/campaign_days of 222: {says}"]

    def test_where_nothing_is_new_nothing_is_missed(self) -> None:
        files = [manifest(f"week {week}", week * 7, week * 7 + 6, week * 7) for week in range(5)]
        with history({}, {}, files=files, known=[one.file_id for one in files]) as sides:
            assert no_stream_is_left_out(sides) is NO_HISTORY

    def test_what_was_written_again_with_the_same_bytes_came_too(self, landing: Landing) -> None:
        weeks = list(self.delivered(5))
        weeks[4] = weeks[4] | {"refunds.csv": weeks[3]["refunds.csv"]}
        assert asked(landing, no_stream_is_left_out, *weeks) == []

    @pytest.mark.parametrize("again", [True, False])
    def test_what_was_written_each_time_unchanged_and_not_now_is_missed(self, landing: Landing, again: bool) -> None:
        # Refunds never change; they are written with each delivery until the last but one.
        weeks = [week | {"refunds.csv": REFUNDS + refund(1, 0)} for week in self.delivered(6)]
        if not again:
            del weeks[-1]["refunds.csv"]
        says = "refunds.csv: came with each of the last 4 deliveries, and not with that of 2026-07-06"
        found = asked(landing, no_stream_is_left_out, *weeks)
        assert found == ([] if again else [says, says.replace("refunds.csv", "template/refunds")])

    def test_a_landing_folder_may_be_emptied_after_a_delivery(self, landing: Landing) -> None:
        def emptied_before_the_look(sides: History) -> Seen:
            for file in landing.settings.landing.iterdir():
                file.unlink()
            return no_stream_is_left_out(sides)

        assert asked(landing, emptied_before_the_look, *self.delivered(6)) == []

    def test_a_file_that_was_taken_away_was_not_written(self, tmp_path: Path) -> None:
        with history({}, landing=tmp_path) as sides:
            assert sides.landed_at("people.csv") is None

    def test_a_whole_delivery_is_whole(self, landing: Landing) -> None:
        assert asked(landing, no_stream_is_left_out, *self.delivered(6)) == []

    def test_what_is_landed_late_is_no_delivery(self, landing: Landing) -> None:
        weeks: Sequence[dict[str, str]] = list(self.delivered(5))
        late = {"old people.csv": PEOPLE + person(9, 0)}
        with_late = [*weeks[:-1], weeks[-1], {}]
        asked(landing, no_stream_is_left_out, *with_late)
        written = export_of(3).timestamp() + 86_400  # between the last two deliveries
        os.utime(landing.drop(*next(iter(late.items()))), (written, written))
        known = {file.file_id for file in read_manifests(landing.settings)}
        landing.ingest()
        with history({}, {}, files=read_manifests(landing.settings), known=sorted(known)) as sides:
            assert no_stream_is_left_out(sides).wrong == []
