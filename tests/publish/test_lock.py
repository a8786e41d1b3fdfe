"""One run at a time; a lock that a crash left behind stops nobody."""

import json
import os
import platform
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from orchestration.publish.lock import RunInProgress, at_work, lock_path, process_started, run_lock
from orchestration.settings import Settings
from tests.publish.small_build import settings_at


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_at(tmp_path_factory.mktemp("data"))


def leave_lock(settings: Settings, **changes: object) -> None:
    holder = {
        "run": "abc12345",
        "pid": os.getppid(),
        "host": platform.node(),
        "started": "2026-06-30T12:00:00+00:00",
        "process_started": process_started(os.getppid()),
    }
    lock_path(settings).parent.mkdir(parents=True, exist_ok=True)
    lock_path(settings).write_text(json.dumps(holder | changes))


def test_a_second_run_is_told_who_is_at_work(settings: Settings) -> None:
    leave_lock(settings)

    with (
        pytest.raises(RunInProgress, match=rf"run abc12345 \(process {os.getppid()} on .*since 2026-06-30"),
        run_lock(settings),
    ):
        pass


def test_another_process_is_kept_out_while_the_lock_is_held(settings: Settings) -> None:
    enter = (
        f"from orchestration.publish.lock import *; run_lock(Settings(data_dir={str(settings.data_dir)!r})).__enter__()"
    )
    with run_lock(settings):
        second = subprocess.run([sys.executable, "-c", enter], capture_output=True, text=True)

    assert second.returncode == 1
    assert "RunInProgress" in second.stderr


def test_the_lock_says_which_run_where_and_since_when(settings: Settings) -> None:
    with run_lock(settings) as name:
        [place] = settings.state.glob("*.lock")
        holder = json.loads(place.read_text())
    assert place.name == "run.lock"
    assert re.fullmatch("[0-9a-f]{8}", name)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", holder.pop("started"))
    me = {"pid": os.getpid(), "host": platform.node(), "process_started": process_started(os.getpid())}
    assert holder == {"run": name} | me


def test_the_lock_of_a_dead_process_is_taken_over(settings: Settings) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    leave_lock(settings, pid=dead.pid)

    with run_lock(settings) as name:
        assert name != "abc12345"


def test_the_lock_of_a_process_whose_number_was_given_again_is_taken_over(settings: Settings) -> None:
    leave_lock(settings, process_started="another boot/1")

    with run_lock(settings) as name:
        assert name != "abc12345"


def test_who_may_wait_enters_once_the_other_run_is_done(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_lock(settings)
    looks: list[float] = []

    def slept(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            lock_path(settings).unlink()

    monkeypatch.setattr("orchestration.publish.lock.time", SimpleNamespace(monotonic=lambda: 0.0, sleep=slept))
    with run_lock(settings, patience=600) as name:
        assert name != "abc12345"
    assert looks == [1.0, 1.0, 1.0]


def test_who_has_waited_long_enough_is_told_who_is_at_work(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_lock(settings)
    now = iter([100.0, 100.0, 109.9, 110.0])
    looks: list[float] = []
    clock = SimpleNamespace(monotonic=lambda: next(now), sleep=looks.append)
    monkeypatch.setattr("orchestration.publish.lock.time", clock)
    with pytest.raises(RunInProgress, match="abc12345"), run_lock(settings, patience=10):
        pass
    assert looks == [1.0, 1.0]


def test_who_is_at_work_is_said_in_words(settings: Settings) -> None:
    assert at_work(settings) is None
    leave_lock(settings)
    assert at_work(settings) == (
        f"run abc12345 (process {os.getppid()} on {platform.node()}, since 2026-06-30T12:00:00+00:00) is at work"
    )
    leave_lock(settings, process_started="another boot/1")
    assert at_work(settings) is None


def test_another_machine_is_believed_to_be_at_work(settings: Settings) -> None:
    leave_lock(settings, host="elsewhere", pid=1)

    with pytest.raises(RunInProgress, match="delete"), run_lock(settings):
        pass


WITHOUT_ITS_START = json.dumps({"run": "x", "pid": os.getppid(), "host": platform.node(), "process_started": "x"})


@pytest.mark.parametrize("text", ["", "{", "[]", '{"run": "x"}', WITHOUT_ITS_START])
def test_a_lock_that_was_cut_short_stops_nobody(settings: Settings, text: str) -> None:
    lock_path(settings).parent.mkdir(parents=True)
    lock_path(settings).write_text(text)

    with run_lock(settings):
        pass


def test_a_run_may_enter_its_own_lock_again_and_leaves_it_at_the_end(settings: Settings) -> None:
    with run_lock(settings) as outer:
        with run_lock(settings) as inner:
            assert inner == outer
        assert lock_path(settings).exists()
    assert not lock_path(settings).exists()


def test_a_lock_of_before_the_machine_started_is_taken_over(settings: Settings) -> None:
    # The same number and the same tick can come again after a restart; the boot id cannot.
    holder = process_started(os.getppid())
    assert holder is not None
    boot, _, ticks = holder.rpartition("/")
    leave_lock(settings, process_started=f"{boot[:-1]}{'0' if boot[-1] != '0' else '1'}/{ticks}")

    with run_lock(settings) as name:
        assert name != "abc12345"


def test_what_is_written_under_the_lock_is_closed_to_strangers(settings: Settings) -> None:
    before = os.umask(0o022)
    try:
        with run_lock(settings):
            (settings.state / "note").touch()
        (settings.state / "later").touch()
    finally:
        os.umask(before)
    modes = [oct((settings.state / name).stat().st_mode & 0o777) for name in ("note", "later")]
    assert modes == ["0o640", "0o644"]
