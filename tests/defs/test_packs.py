"""The pages for the meetings: of the version online, under the day on which they were written."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.locking import RunLock
from orchestration.defs.packs import monthly_pack, weekly_pack
from orchestration.publish.version import online
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import lived_in, seal_again, serve
from tests.report.pack_house import write_serving


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path / "data", tmp_path / "none.yml", monkeypatch) as house:
        yield house


def written(pack: dg.AssetsDefinition) -> dg.ExecuteInProcessResult:
    return dg.materialize([pack], resources={"run_lock": RunLock()}, raise_on_error=False)


def test_a_pack_is_that_of_the_version_online(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(settings, write_serving(tmp_path))
    version = online(settings)
    assert version is not None
    version.checks, version.rules = {"passed": 12, "warned": 0}, Rules().model_dump(mode="json")
    seal_again(settings.published / version.version, version)
    monkeypatch.setenv("DUET_PUBLISHED_URL", "https://kpis.example.com/")

    result = written(weekly_pack)

    [page] = (settings.published / "packs/weekly").iterdir()
    assert page.name == f"{dt.datetime.now(dt.UTC).date()}.html"
    assert "v000001-00000000" in page.read_text()
    [told] = result.asset_materializations_for_node("weekly_pack")
    assert told.metadata["pack"].value == f"https://kpis.example.com/packs/weekly/{page.name}"


def test_there_is_no_pack_of_nothing(settings: Settings) -> None:
    result = written(monthly_pack)
    [failed] = result.get_step_failure_events()
    assert failed.step_failure_data.error is not None
    assert "nothing is online yet" in failed.step_failure_data.error.message
