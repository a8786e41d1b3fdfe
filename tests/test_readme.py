"""The README says what is so: every KPI as the dictionary defines it, every command, every variable."""

import csv

import click
import pytest

from orchestration.cli import main
from orchestration.publish.gate.every import EVERY
from orchestration.settings import DBT_PROJECT_DIR, ROOT, Settings

README = (ROOT / "README.md").read_text()


def test_the_kpi_table_is_the_dictionary() -> None:
    with (DBT_PROJECT_DIR / "seeds/kpi_dictionary.csv").open() as dictionary:
        rows = [
            f"| `{kpi['id']}` | {kpi['name']} | {kpi['formula']} | `{kpi['mart']}` |"
            for kpi in csv.DictReader(dictionary)
        ]
    assert [row for row in rows if row not in README] == []


@pytest.mark.parametrize("name", sorted(name for name, command in main.commands.items() if not command.hidden))
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    command: click.Command = main.commands[name]
    assert f"duet {name}" in README
    assert command.help


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_variable_is_in_the_readme(name: str) -> None:
    assert f"`DUET_{name.upper()}`" in README


def test_everything_that_the_gate_asks_is_in_its_page() -> None:
    page = (ROOT / "docs/gate.md").read_text()
    rows = [f"| `{guard.id}` | {guard.severity} | {guard.fact} |" for guard in EVERY]
    assert [row for row in rows if row not in page] == []
