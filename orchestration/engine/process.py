"""Processes as the machine knows them: when one began, and the dbt that outlived the run which started it."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

END_SECONDS = 30


def process_started(pid: int) -> str | None:
    """When a living process began, in a form that survives neither a restart nor a reuse of its number."""
    try:
        # The name, in brackets, may hold spaces; the first field after it is the state, the 20th the start in ticks.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        # A zombie is dead and holds no file any more; nobody has asked for its exit code yet.
        return None if fields[0] == "Z" else f"{boot}/{fields[19]}"
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return None
    asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip() or None


@contextmanager
def known_child(note: Path, pid: int) -> Iterator[None]:
    """Note a child for as long as the block lasts; where we are killed in it, the note stays."""
    note.write_text(json.dumps({"pid": pid, "process_started": process_started(pid)}))
    yield
    note.unlink(missing_ok=True)


def end_orphan(note: Path) -> None:
    """End the child of a run that was killed, if it still works: it would write the same tables as we do."""
    try:
        child = json.loads(note.read_text())
    except (FileNotFoundError, ValueError):
        return
    pid, started = int(child["pid"]), child["process_started"]
    if started is not None and process_started(pid) == started:
        os.kill(pid, signal.SIGKILL)
        _await_end(pid, started)
    note.unlink(missing_ok=True)


def _await_end(pid: int, started: str) -> None:
    until = time.monotonic() + END_SECONDS
    while process_started(pid) == started:
        if time.monotonic() > until:
            raise OSError(f"process {pid} of an interrupted run does not end; stop it, then run `duet refresh` again")
        time.sleep(0.05)
