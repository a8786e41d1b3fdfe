"""The README says what is so: every command, every variable."""

import click
import pytest

from orchestration.cli import main
from orchestration.publish.gate.every import EVERY
from orchestration.settings import ROOT, Settings

README = (ROOT / "README.md").read_text()


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
