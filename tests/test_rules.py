"""duet.yml: defaults, unknown keys, wrong values; dbt carries the same defaults."""

from pathlib import Path

import pytest
import yaml

from orchestration.rules import Rules, RulesError, load_rules
from orchestration.settings import DBT_PROJECT_DIR, ROOT


def test_no_file_means_every_default(tmp_path: Path) -> None:
    assert load_rules(tmp_path / "duet.yml") == Rules()


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "duet.yml"
    rules.write_text("funnel: {conversion_days: 90}\n")

    with pytest.raises(
        RulesError, match=r"funnel\.conversion_days: no such key; did you mean 'conversion_window_days'"
    ):
        load_rules(rules)


def test_a_made_up_timezone_is_refused_with_an_example(tmp_path: Path) -> None:
    rules = tmp_path / "duet.yml"
    rules.write_text("reporting_timezone: Berlin\n")

    with pytest.raises(RulesError, match="Europe/Berlin"):
        load_rules(rules)


@pytest.mark.parametrize(
    ("sla", "problem"),
    [
        ('{start: "17:00", end: "09:00"}', "start 17:00 is not before end 09:00"),
        ('{end: "25:00"}', r"sla\.end"),
        ("{days: []}", r"sla\.days"),
        ("{timezone: Berlin}", r"sla\.timezone.*Europe/Berlin"),
        ("{holidays: [Easter]}", r"sla\.holidays"),
    ],
)
def test_working_hours_that_nobody_could_work_are_refused(tmp_path: Path, sla: str, problem: str) -> None:
    rules = tmp_path / "duet.yml"
    rules.write_text(f"sla: {sla}\n")

    with pytest.raises(RulesError, match=problem):
        load_rules(rules)


def test_dbt_has_the_same_defaults() -> None:
    # A bare `dbt build` and a run of Duet must mean the same numbers.
    variables = yaml.safe_load((DBT_PROJECT_DIR / "dbt_project.yml").read_text())["vars"]
    variables.pop("as_of")
    assert variables == Rules().model_dump(mode="json")


def test_the_file_at_the_root_shows_every_default() -> None:
    shown = yaml.safe_load((ROOT / "duet.yml").read_text())
    assert set(shown) == set(Rules.model_fields)
    assert load_rules(ROOT / "duet.yml") == Rules()
