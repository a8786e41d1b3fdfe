"""One run at a time: who holds the lock, and whether that process still lives."""

import fcntl
import json
import os
import platform
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from orchestration import durable
from orchestration.engine.process import process_started
from orchestration.settings import UMASK, Settings

FIELDS = {"run", "pid", "host", "started", "process_started"}
LOOK_AGAIN = 1.0  # seconds between two looks at a lock that another run holds


class RunInProgress(RuntimeError):
    """Another run holds the lock; the message says which, where and since when."""


def lock_path(settings: Settings) -> Path:
    """The file that names the run which is at work."""
    return settings.state / "run.lock"


def at_work(settings: Settings) -> str | None:
    """Which run holds the lock, in words; None when nobody does."""
    holder = read_holder(lock_path(settings))
    return _in_words(holder) if holder is not None and is_alive(holder) else None


@contextmanager
def run_lock(settings: Settings, patience: float = 0) -> Iterator[str]:
    """Hold the lock for a block and yield the name of the run; a process that holds it already may enter again.

    Where another run holds it: RunInProgress, after so many seconds of waiting.
    """
    path = lock_path(settings)
    # Whoever writes holds the lock: what it writes is closed to strangers from the first byte.
    before = os.umask(UMASK)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _held(path, time.monotonic() + patience) as name:
            yield name
    finally:
        os.umask(before)


@contextmanager
def _held(path: Path, wait_until: float) -> Iterator[str]:
    while (taken := _take(path, is_last_try=time.monotonic() >= wait_until)) is None:
        time.sleep(LOOK_AGAIN)
    name, was_mine = taken
    try:
        yield name
    finally:
        if not was_mine:
            path.unlink(missing_ok=True)


def _take(path: Path, is_last_try: bool) -> tuple[str, bool] | None:
    """The name under which the lock is held now, and whether it was before; None where another run holds it."""
    with _one_at_a_time(path):
        holder = read_holder(path)
        if holder is None or not is_alive(holder):
            return _claim(path), False
        if _same_process(holder):
            return str(holder["run"]), True
        if not is_last_try:
            return None
        raise RunInProgress(f"{_in_words(holder)}; wait for it. If that machine is gone for good, delete {path}")


def read_holder(path: Path) -> dict[str, object] | None:
    """Who holds the lock; None when nobody does or the file was cut short by a crash."""
    try:
        holder = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return holder if isinstance(holder, dict) and set(holder) >= FIELDS else None


def is_alive(holder: dict[str, object]) -> bool:
    """Whether the process that took the lock still runs; another machine's process is believed to."""
    if holder["host"] != platform.node():
        return True
    started = process_started(int(str(holder["pid"])))
    return started is not None and started == holder["process_started"]


def _in_words(holder: dict[str, object]) -> str:
    return f"run {holder['run']} (process {holder['pid']} on {holder['host']}, since {holder['started']}) is at work"


def _same_process(holder: dict[str, object]) -> bool:
    return holder["pid"] == os.getpid() and is_alive(holder)


def _claim(path: Path) -> str:
    name = uuid.uuid4().hex[:8]
    holder = {
        "run": name,
        "pid": os.getpid(),
        "host": platform.node(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "process_started": process_started(os.getpid()),
    }
    durable.write_json(path, holder)
    return name


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Two processes must not both find the same stale lock and take it over."""
    with path.with_suffix(".guard").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield
