"""A run that is killed leaves no process behind that writes the tables of the next one."""

import subprocess
import sys
from pathlib import Path

from orchestration.engine.dbt import prepare_build
from orchestration.engine.process import end_orphan, known_child, process_started
from orchestration.rules import Rules
from orchestration.settings import Settings

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_the_child_of_a_killed_run_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "child.json"
    with subprocess.Popen(SLEEP) as child:
        # A killed run never leaves the block.
        known_child(note, child.pid).__enter__()

        end_orphan(note)

        assert child.wait(timeout=5) == -9
    assert not note.exists()


def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "child.json"
    with subprocess.Popen(SLEEP) as stranger:
        note.write_text(f'{{"pid": {stranger.pid}, "process_started": "another boot/1"}}')

        end_orphan(note)

        assert stranger.poll() is None
        stranger.kill()
    assert not note.exists()


def test_a_child_that_ended_leaves_no_note(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child, known_child(tmp_path / "child.json", child.pid):
        child.wait()
    assert not (tmp_path / "child.json").exists()
    assert process_started(child.pid) is None


def test_a_dead_process_that_nobody_asked_after_is_dead(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        while Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            pass
        assert process_started(child.pid) is None


def test_working_tables_with_an_unfinished_log_are_built_from_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    log = settings.warehouse.with_name("warehouse.duckdb.wal")
    settings.warehouse.touch()
    prepare_build(settings, Rules())
    assert settings.warehouse.exists()

    log.touch()
    prepare_build(settings, Rules())

    assert not settings.warehouse.exists()
    assert not log.exists()
