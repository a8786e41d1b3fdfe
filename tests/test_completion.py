"""What a shell completes: the words of this house, before anything slow is imported."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from orchestration.cli import main
from orchestration.completion import SHELLS
from orchestration.settings import Settings
from tests.publish.small_build import lived_in, publish


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path / "data", tmp_path / "none.yml", monkeypatch) as house:
        yield house


def completed(*words: str) -> list[str]:
    """What may stand in the place of the last word."""
    found = ShellComplete(main, {}, "duet", "_DUET_COMPLETE").get_completions(list(words[:-1]), words[-1])
    return [item.value for item in found]


def test_words_of_the_house_are_completed(settings: Settings) -> None:
    version = publish(settings, [("2026-06-01", 10)], run="run-1")

    assert completed("ro") == ["rollback"]
    assert completed("kpi", "cac_b") == ["cac_blended_media"]
    assert completed("why", "cm") == ["cm1", "cm2", "cm3", "cm_per_customer"]
    assert completed("sources", "s") == ["salesforce", "segment", "shopify", "snapchat_ads", "snowplow", "stripe"]
    assert completed("rollback", "") == [version]
    assert completed("diff", "previous", "") == ["online", "previous", version]
    assert completed("kpi", "spend", "--grain", "") == ["month"]
    assert completed("completion", "z") == ["zsh"]


def test_a_house_without_a_version_completes_no_dimension(settings: Settings) -> None:
    assert completed("kpi", "spend", "--by", "") == []
    assert completed("rollback", "v") == []


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_each_shell_gets_its_script(shell: str) -> None:
    told = CliRunner().invoke(main, ["completion", shell])
    assert told.exit_code == 0
    assert f"_DUET_COMPLETE={shell}_complete" in told.output


def test_bash_completes_a_kpi_without_importing_dagster_or_dbt(tmp_path: Path) -> None:
    script = CliRunner().invoke(main, ["completion", "bash"]).output
    program = f"{script}\nCOMP_WORDS=(duet kpi cac_b) COMP_CWORD=2\n_duet_completion duet\necho ${{COMPREPLY[@]}}"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "DUET_DATA_DIR": str(tmp_path), "PYTHONPROFILEIMPORTTIME": "1"}
    said = subprocess.run(["bash", "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert said.stdout.split() == ["cac_blended_media"]
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in said.stderr.splitlines()}
    assert "click" in imported
    assert imported & {"dagster", "dbt", "great_expectations", "sqlglot", "smtplib"} == set()
