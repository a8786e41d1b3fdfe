"""What dbt has read of the project is read once: by Dagster, by runs of later days, and not where rules are others."""

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
def later(tmp_path: Path) -> Settings:
    """The house that Dagster read the project for, on another day."""
    load_manifest(Settings(), RULES)
    return Settings(as_of=ANOTHER_DAY)


def parse(settings: Settings, target: Path) -> dict[str, Any]:
    assert invoke(["parse", "--quiet"], settings, RULES, target).success
    told: dict[str, Any] = json.loads((target / "perf_info.json").read_text())
    return told


def test_a_run_of_another_day_reads_no_file_again(later: Settings, tmp_path: Path) -> None:
    reuse_parse(tmp_path, later, RULES)
    assert parse(later, tmp_path)["parsed_path_count"] == 0


def test_other_rules_are_not_taken_for_the_same(later: Settings, tmp_path: Path) -> None:
    reuse_parse(tmp_path, later, Rules(reporting_currency="JPY"))
    assert not (tmp_path / PARTIAL).exists()


@pytest.mark.slow
def test_no_file_is_read_otherwise_on_another_day(later: Settings, tmp_path: Path) -> None:
    """As dbt reads everything anew, so is what a run takes over."""
    reuse_parse(tmp_path / "taken", later, RULES)
    assert parse(later, tmp_path / "taken")["parsed_path_count"] == 0
    assert parse(later, tmp_path / "anew")["parsed_path_count"] > 0
    taken, anew = (json.loads((tmp_path / way / "manifest.json").read_text()) for way in ("taken", "anew"))
    for kind in ("nodes", "unit_tests", "macros", "sources"):
        assert taken[kind].keys() == anew[kind].keys()
        for name, node in taken[kind].items():
            assert {**node, "created_at": 0} == {**anew[kind][name], "created_at": 0}, name
