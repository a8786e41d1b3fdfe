"""What a run of Dagster's leaves in its storage, and what it asks of the disk before it begins."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.landing import landing
from orchestration.defs.locking import RunLock
from orchestration.defs.publishing import audit_record, candidate, gate
from orchestration.run.job import run_job
from orchestration.settings import ROOT, get_settings
from tests.publish.small_build import build


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DUET_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DUET_AS_OF", "2026-06-30")
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_no_asset_leaves_a_pickle() -> None:
    """What assets and checks have to say is metadata: storage, which would pickle what it is handed, gets nothing."""
    build(get_settings(), [("2026-06-01", 10)])

    result = dg.materialize([candidate, gate, audit_record], resources={"run_lock": RunLock()}, raise_on_error=False)

    kinds = {event.event_type for event in result.all_events}
    assert dg.DagsterEventType.ASSET_MATERIALIZATION in kinds
    assert dg.DagsterEventType.HANDLED_OUTPUT not in kinds


def test_a_run_that_the_disk_has_no_room_for_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    wanting = get_settings().model_copy(update={"space_per_run": 10**9})
    monkeypatch.setattr("orchestration.defs.landing.get_settings", lambda: wanting)
    monkeypatch.setattr("orchestration.defs.landing.ingest", None)

    result = dg.materialize([landing], resources={"run_lock": RunLock()}, raise_on_error=False)

    [failed] = result.get_step_failure_events()
    error = failed.step_failure_data.error
    assert error is not None
    assert error.cause is not None
    assert "free on its disk, and this run needs about 1,000,000,000" in error.cause.message


def test_a_storage_that_does_not_open_is_told_before_a_run_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "dagster"
    home.mkdir()
    shutil.copyfile(ROOT / "deploy/dagster.yaml", home / "dagster.yaml")
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    monkeypatch.delenv("DUET_DAGSTER_POSTGRES_URL", raising=False)

    [said] = run_job(get_settings(), print)

    assert f"{home}/dagster.yaml" in said
    # Where `make server` has not been, the storage itself is missing.
    assert ("DUET_DAGSTER_POSTGRES_URL" if find_spec("dagster_postgres") else "dagster_postgres") in said
    assert "remedy:" in said
    assert "Stack Trace" not in said
    assert not (get_settings().state / "run.log").exists()
