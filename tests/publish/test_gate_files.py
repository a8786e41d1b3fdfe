"""Files that look whole and may not be, and sources that fall silent: held, and said which."""

import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest.keeping.manifest import Manifest, read_manifests
from orchestration.publish.gate.arrivals import (
    no_export_is_delivered_again,
    no_export_limit_is_reached,
    rows_come_where_rows_are_due,
    text_is_readable,
)
from orchestration.publish.gate.freshness import expected_days, patience, reached_by, rhythm, sources_keep_delivering
from orchestration.publish.gate.guard import Seen
from orchestration.rules import DeclaredSource, Rules
from tests.ingest.ingest_files import Landing
from tests.publish.gate_sides import day, history, manifest

HEADER = "date,channel,spend,currency,clicks,campaign\n"
# A file a week; each tells of the seven days until its export.
WEEKLY = [manifest(f"week {number}", number * 7, number * 7 + 6, number * 7 + 7) for number in range(5)]


def landed(landing: Landing, *guards: object) -> list[list[str]]:
    """What guards say of everything in a landing folder, before any version."""
    landing.ingest()
    with history({}, files=read_manifests(landing.settings), lake=landing.settings.lake) as sides:
        return [list(guard(sides).wrong) for guard in guards]  # type: ignore[operator]


def silence(files: list[Manifest], as_of: date, rules: Rules | None = None, **more: Any) -> Seen:
    with history({}, {}, files=files, as_of=as_of, rules=rules, known=(), **more) as sides:
        return sources_keep_delivering(sides)


class TestArrivals:
    def test_an_export_that_ends_at_a_limit_holds(self, landing: Landing) -> None:
        rows = [f"2026-03-01,google,1.00,USD,1,Campaign {number}\n" for number in range(2000)]
        landing.drop("whole.csv", HEADER + "".join(rows[:-1]))
        landing.drop("cut.csv", HEADER + "".join(rows))
        assert landed(landing, no_export_limit_is_reached) == [["cut.csv: exactly 2,000 rows: export limit reached?"]]

    @pytest.mark.parametrize(
        ("name", "holds"), [("ZÃ¼rich", True), ("â€žZürichâ€œ", True), ("Zürich", False), ("SÃO", False)]
    )
    def test_broken_letters_hold(self, landing: Landing, name: str, holds: bool) -> None:
        landing.drop("names.csv", HEADER + f"2026-03-01,google,1.00,USD,1,{name}\n")
        [wrong] = landed(landing, text_is_readable)
        assert wrong == (["names.csv: campaign is garbled in 1 of 1 rows"] if holds else [])

    def test_a_file_without_text_or_rows_has_no_letters(self, landing: Landing) -> None:
        landing.drop("rates.csv", "date,currency,rate\n2026-03-01,EUR,1.1\n")
        landing.drop("empty.csv", HEADER)
        assert landed(landing, text_is_readable, no_export_limit_is_reached) == [[], []]

    def test_one_broken_name_of_a_thousand_holds_nothing(self, landing: Landing) -> None:
        rows = [f"2026-03-01,google,1.00,USD,1,Campaign {number}\n" for number in range(999)]
        landing.drop("names.csv", HEADER + "".join(rows) + "2026-03-01,google,1.00,USD,1,ZÃ¼rich\n")
        assert landed(landing, text_is_readable) == [[]]

    @pytest.mark.parametrize(("earlier", "holds"), [([9, 9, 9], True), ([9, 9], False), ([9, 0, 9, 9], False)])
    def test_no_rows_where_rows_always_came_hold(self, earlier: list[int], holds: bool) -> None:
        empty = {"loaded": 0, "rejected": 0}
        files = [manifest(f"{n}", 0, 6, n, rows={"loaded": rows, "rejected": 0}) for n, rows in enumerate(earlier)]
        files += [manifest("empty", None, None, 9, rows=empty)]
        with history({}, {}, files=files, known=[file.file_id for file in files[:-1]]) as sides:
            found = rows_come_where_rows_are_due(sides).wrong
        assert found == (["empty.csv: no rows of google_ads/campaign_days"] if holds else [])

    @pytest.mark.parametrize(
        ("end", "as_of", "holds"),
        [
            (34, 41, True),  # yesterday's export, a whole week later
            (34, 40, False),  # made again within the week: the next one is not due
            (41, 41, False),
            (20, 41, False),  # an older week once more
        ],
    )
    def test_the_same_export_again_holds(self, end: int, as_of: int, holds: bool) -> None:
        files = [*WEEKLY, manifest("newest", end - 6, end, 42)]
        known = [file.file_id for file in WEEKLY]
        with history({}, {}, files=files, known=known, as_of=day(as_of)) as sides:
            found = no_export_is_delivered_again(sides).wrong
        assert found == (["newest.csv: reaches no further than the export before, 2026-06-07"] if holds else [])

    def test_of_two_exports_of_one_moment_and_after_four_deliveries_the_last_is_looked_at(self) -> None:
        # Weeks end on days 6, 13, 20 and 27; the two new ones tell of no day after the 27th, and day 34 was due.
        new = [manifest(name, 21, 27, 35) for name in ("a", "b")]
        # Whatever is new of an account without a past says nothing.
        files = [manifest("other", 0, 6, 7, account_id="9"), *WEEKLY[:4], *new]
        with history({}, {}, files=files, known=[file.file_id for file in WEEKLY], as_of=day(34)) as sides:
            found = no_export_is_delivered_again(sides).wrong
        assert found == ["b.csv: reaches no further than the export before, 2026-05-31"]

    def test_an_export_without_days_is_no_delivery(self) -> None:
        with history({}, {}, files=[*WEEKLY, manifest("none", None, None, 42)], as_of=day(41)) as sides:
            assert no_export_is_delivered_again(sides).wrong == []

    def test_what_was_certified_is_not_asked_again(self) -> None:
        files = [*WEEKLY, manifest("newest", 28, 34, 42)]
        with history({}, {}, files=files, known=[file.file_id for file in files], as_of=day(41)) as sides:
            assert no_export_is_delivered_again(sides).wrong == []


class TestFreshness:
    def test_a_rhythm_is_twice_the_usual_step_or_the_longest(self) -> None:
        assert patience(rhythm([day(0), day(7), day(14), day(21)])) == 14
        assert patience(rhythm([day(0), day(1), day(2), day(9)])) == 7
        assert patience(rhythm([day(0), day(1), day(1), day(2)])) is None

    @pytest.mark.parametrize(("late", "holds"), [(14, False), (15, True)])
    def test_a_stream_out_of_its_rhythm_holds(self, late: int, holds: bool) -> None:
        seen = silence(WEEKLY, day(34 + late))
        expected = [f"google_ads/campaign_days: nothing after 2026-06-07, {late} days old, 14 expected"]
        assert seen.wrong == (expected if holds else [])

    def test_a_stream_without_a_rhythm_may_be_silent(self) -> None:
        assert silence(WEEKLY[:3], day(400)).observed == "no history yet"

    def test_records_are_as_fresh_as_their_export(self) -> None:
        # Nobody changed a contact since day 3: the exports still come every week.
        told = {"source": "hubspot", "stream": "contacts", "breakdown": None}
        files = [manifest(f"{number}", 0, 3, number * 7, **told) for number in range(5)]
        assert silence(files, day(30)).observed == "1 streams keep their rhythm"
        assert silence(files, day(60)).wrong == ["hubspot/contacts: nothing after 2026-06-01, 32 days old, 14 expected"]

    @pytest.mark.parametrize(("stream", "holds"), [("contacts", False), ("lead_history", True)])
    def test_records_of_the_same_bytes_came_when_they_were_written_again(
        self, tmp_path: Path, stream: str, holds: bool
    ) -> None:
        # Nothing had changed, and somebody exported it; a log of events is as new as its last event.
        told = {"source": {"contacts": "hubspot"}.get(stream, "salesforce"), "stream": stream, "breakdown": None}
        files = [manifest(f"{number}", 0, number * 7, number * 7, **told) for number in range(5)]
        assert silence(files, day(60), landing=tmp_path).wrong
        written = datetime.combine(day(50), time(8), UTC).timestamp()
        (tmp_path / "4.csv").touch()
        os.utime(tmp_path / "4.csv", (written, written))
        assert bool(silence(files, day(60), landing=tmp_path).wrong) is holds

    @pytest.mark.parametrize(("allowed", "holds"), [(2, True), (3, False), (None, False)])
    def test_what_is_declared_rules(self, allowed: int | None, holds: bool) -> None:
        rules = Rules(sources={"google_ads": DeclaredSource(max_age_days=allowed)})
        assert bool(silence(WEEKLY[:1], day(9), rules).wrong) is holds

    def test_a_declared_source_that_never_came_holds_and_an_undeclared_one_does_not(self) -> None:
        rules = Rules(
            sources={"meta_ads": DeclaredSource(max_age_days=2), "tiktok_ads": DeclaredSource(currency="EUR")}
        )
        assert silence(WEEKLY[:1], day(9), rules).wrong == ["meta_ads: declared in duet.yml, never delivered"]

    def test_a_source_that_is_gone_holds(self) -> None:
        rules = Rules(sources={"meta_ads": DeclaredSource(max_age_days=2)})
        assert silence(WEEKLY[:1], day(9), rules, sources=("meta_ads",)).wrong == ["meta_ads: no export is left"]

    @pytest.mark.parametrize(
        ("source", "stream", "until"),
        [
            ("google_ads", "campaign_days", 10), ("google_ads", "campaign_periods", 10), ("ga4", "events", 10),
            ("hubspot", "contacts", 40),
        ],
    )  # fmt: skip
    def test_days_and_events_reach_as_far_as_they_tell_and_records_until_their_export(
        self, source: str, stream: str, until: int
    ) -> None:
        assert reached_by(source, stream, str(day(10)), f"{day(40)} 08:00:00", day(60)) == day(until)
        assert reached_by(source, stream, str(day(10)), f"{day(40)} 08:00:00", day(5)) == day(5)

    def test_everything_that_is_late_is_told(self) -> None:
        # A source is gone, two are declared and late, and of the third two streams are out of their rhythm of a week.
        def weekly(source: str, stream: str, count: int = 5) -> list[Manifest]:
            told = {"source": source, "stream": stream, "breakdown": None}
            return [manifest(f"{stream} {n}", 0, 3, n * 7, **told) for n in range(count)]

        files = [*weekly("hubspot", "contacts"), *weekly("hubspot", "deals")]
        files += [*weekly("pipedrive", "deals", 1), *weekly("meta_ads", "campaign_days", 1)]
        rules = Rules(sources={name: DeclaredSource(max_age_days=9) for name in ("meta_ads", "pipedrive")})
        assert silence(files, day(60), rules, sources=("shopify",)).wrong == [
            "shopify: no export is left",
            "hubspot/contacts: nothing after 2026-06-01, 32 days old, 14 expected",
            "hubspot/deals: nothing after 2026-06-01, 32 days old, 14 expected",
            "meta_ads: nothing after 2026-05-07, 57 days old, 9 expected",
            "pipedrive: nothing after 2026-05-04, 60 days old, 9 expected",
        ]
        assert silence(files[:10], day(30)).observed == "2 streams keep their rhythm"

    def test_a_source_is_expected_as_often_as_its_most_regular_stream_or_as_declared(self) -> None:
        def weekly(source: str, stream: str, step: int, count: int = 5) -> list[Manifest]:
            told = {"source": source, "stream": stream, "breakdown": None}
            return [manifest(f"{source} {n}", n * step, n * step, n * step, **told) for n in range(count)]

        # Twice the step of a stream: 14 and 4 days, of which 4 counts; hubspot's 14 are declared to be 30.
        files = [*WEEKLY, *weekly("google_ads", "campaign_periods", 2), *weekly("hubspot", "contacts", 7)]
        files += [*weekly("pipedrive", "deals", 7, count=3), manifest("nameless", None, None, 3, exported_at=None)]
        declared = {"hubspot": DeclaredSource(max_age_days=30), "google_ads": DeclaredSource(currency="EUR")}
        assert expected_days(files, declared, day(40)) == {"google_ads": 4, "hubspot": 30}
        assert expected_days(files, {}, day(40)) == {"google_ads": 4, "hubspot": 14}
        # What will be delivered tomorrow tells nothing today: all that lies ahead is today.
        assert expected_days(WEEKLY, {}, day(10)) == {}

    def test_an_export_that_says_no_day_is_left_alone(self) -> None:
        nameless = manifest("nameless", None, None, 3, exported_at=None)
        assert silence([nameless], day(400)).wrong == []
