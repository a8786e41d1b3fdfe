"""What dbt has read of the project, runs of later days take over: nothing is read otherwise, and no other rules."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.engine.dbt import invoke
from orchestration.engine.manifest import PARTIAL, load_manifest, reuse_parse
from orchestration.rules import Rules, load_rules
from orchestration.settings import ROOT, Settings

RULES = load_rules(ROOT / "duet.yml")
ANOTHER_DAY = dt.date(2001, 2, 3)


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A house that Dagster has read the project for, on another day; other houses of this machine have read it, too."""
    read = tmp_path / "read"
    read.mkdir()
    monkeypatch.setattr("orchestration.engine.manifest.TARGET", read)
    load_manifest(Settings(), RULES)
    return Settings(as_of=ANOTHER_DAY)


def parse(settings: Settings, target: Path) -> dict[str, Any]:
    assert invoke(["parse", "--quiet"], settings, RULES, target).success
    told: dict[str, Any] = json.loads((target / "perf_info.json").read_text())
    return told


@pytest.mark.slow
def test_a_run_of_another_day_takes_over_what_is_read_and_reads_no_file_otherwise(
    later: Settings, tmp_path: Path
) -> None:
    reuse_parse(tmp_path / "taken", later, RULES)
    assert parse(later, tmp_path / "taken")["parsed_path_count"] == 0
    assert parse(later, tmp_path / "anew")["parsed_path_count"] > 0
    taken, anew = (json.loads((tmp_path / way / "manifest.json").read_text()) for way in ("taken", "anew"))
    for kind in ("nodes", "unit_tests", "macros", "sources"):
        assert taken[kind].keys() == anew[kind].keys()
        for name, node in taken[kind].items():
            assert {**node, "created_at": 0} == {**anew[kind][name], "created_at": 0}, name
    reuse_parse(tmp_path / "other", later, Rules(reporting_currency="JPY"))
    assert not (tmp_path / "other" / PARTIAL).exists()
