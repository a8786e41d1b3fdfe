"""A source is fresh by when its files came: looking again makes nothing fresh."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.deliveries import delivery_key, delivery_specs, known_rhythm
from orchestration.defs.landing import landing
from orchestration.defs.locking import RunLock
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.freshness import expected_days
from orchestration.rules import DeclaredSource
from orchestration.settings import Settings, get_settings

HEADER = "date,channel,spend,currency\n"
SPEND = delivery_key("template")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    config = tmp_path / "duet.yml"
    config.write_text("sources: {google_ads: {max_age_days: 2}}\n")
    monkeypatch.setenv("DUET_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DUET_CONFIG", str(config))
    monkeypatch.setenv("DUET_AS_OF", "2026-06-30")
    get_settings.cache_clear()
    get_settings().landing.mkdir(parents=True)
    yield get_settings()
    get_settings.cache_clear()


def deliveries_seen(instance: dg.DagsterInstance) -> list[dg.AssetKey | None]:
    """The sources that the run of the landing asset reports."""
    result = dg.materialize([landing], instance=instance, resources={"run_lock": RunLock()})
    return [event.asset_key for event in result.get_asset_materialization_events() if event.asset_key != landing.key]


def test_only_what_came_is_a_delivery(settings: Settings) -> None:
    with dg.instance_for_test() as instance:
        assert deliveries_seen(instance) == []
        (settings.landing / "june.csv").write_text(HEADER + "2026-06-10,radio,40.00,USD\n")
        assert deliveries_seen(instance) == [SPEND]
        assert deliveries_seen(instance) == []
        (settings.landing / "more.csv").write_text(HEADER + "2026-06-11,radio,50.00,USD\n")
        assert deliveries_seen(instance) == [SPEND]


def test_a_declared_source_is_late_when_the_gate_says_so_and_failed_a_day_later(settings: Settings) -> None:
    specs = {spec.key: spec for spec in delivery_specs(known_rhythm(settings))}
    # A file of July 1 tells of June 30. With two days allowed it is missed on July 4, when June 30 is three days old.
    assert specs[delivery_key("google_ads")].freshness_policy == dg.FreshnessPolicy.time_window(
        warn_window=dt.timedelta(days=3), fail_window=dt.timedelta(days=4)
    )
    assert specs[SPEND].freshness_policy is None
    assert delivery_key("duet") not in specs


def manifests(source: str, stream: str, *days: int) -> list[Manifest]:
    """One file a day of June, each reaching until that day."""
    return [
        Manifest(f"{source}{day}", "", f"{day}.csv", "loaded", source, stream, window=(f"2026-06-{day:02}",) * 2)
        for day in days
    ]


def test_a_rhythm_is_that_of_the_most_regular_stream() -> None:
    ads = manifests("google_ads", "campaign_days", 1, 2, 3, 4)  # steps 1, 1, 1: twice the usual is 2
    slow = manifests("google_ads", "campaign_periods", 1, 8, 15, 22)  # steps of 7: 14
    sheet = manifests("template", "ad_spend", 1, 8)  # one step shows no rhythm
    as_of = dt.date(2026, 6, 30)

    assert expected_days([*ads, *slow, *sheet], {}, as_of) == {"google_ads": 2}
    declared = {"template": DeclaredSource(max_age_days=40), "google_ads": DeclaredSource(currency="USD")}
    assert expected_days([*ads, *slow, *sheet], declared, as_of) == {"google_ads": 2, "template": 40}


def test_a_refused_file_ends_the_run_before_anything_is_built(settings: Settings) -> None:
    (settings.landing / "june.csv").write_text(HEADER + "2026-06-10,radio,forty,USD\n")
    result = dg.materialize([landing], resources={"run_lock": RunLock()}, raise_on_error=False)
    [check] = result.get_asset_check_evaluations()
    assert (result.success, check.passed, check.check_name) == (False, False, "files_are_accepted")
    assert "june.csv, line 2, column 'spend'" in str(check.metadata["refused"].value)
