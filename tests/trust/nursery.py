"""A process that has imported everything and forks one child an order: a refresh that meets a fault.

Starting Python and its imports takes a second, a fork a hundredth; DuckDB is never opened here, so nothing is shared.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from orchestration.settings import ROOT
from tests.trust.faults import Fault

WORKERS = 2
# Long enough for a machine under load; a child that hangs is a fault of its own.
PATIENCE = 120.0


@dataclass(frozen=True)
class Ended:
    """How a child ended: killed by itself or by us, or with an exit code; what it said; how it used the disk."""

    killed: bool
    code: int
    said: str
    seconds: float
    calls: dict[str, int]


class Nursery:
    """Several processes that fork children to order."""

    def __init__(self) -> None:
        self._idle: list[subprocess.Popen[str]] = [self._start() for _ in range(WORKERS)]
        self._free = threading.Semaphore(WORKERS)
        self.pool = ThreadPoolExecutor(WORKERS)

    @staticmethod
    def _start() -> subprocess.Popen[str]:
        program = [sys.executable, "-c", "from tests.trust.nursery import serve; serve()"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return subprocess.Popen(program, cwd=ROOT, env=environment, **pipes)

    def refresh(self, folder: Path, fault: Fault | None = None) -> Ended:
        """`duet refresh` in the house of this folder."""
        order = {"folder": str(folder), "fault": asdict(fault or Fault())}
        with self._free:
            worker = self._idle.pop()
            try:
                assert worker.stdin is not None
                assert worker.stdout is not None
                worker.stdin.write(json.dumps(order) + "\n")
                worker.stdin.flush()
                return Ended(**json.loads(worker.stdout.readline()))
            finally:
                self._idle.append(worker)

    def close(self) -> None:
        """Send everybody home."""
        self.pool.shutdown()
        for worker in self._idle:
            assert worker.stdin is not None
            worker.stdin.close()
            worker.wait(PATIENCE)


@contextlib.contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery for a module of tests."""
    made = Nursery()
    try:
        yield made
    finally:
        made.close()


def serve() -> None:
    """What a worker does: an order a line, an answer a line."""
    # A shell that starts the tests in its background ignores the one, and Dagster then the other.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from orchestration import cli
    from orchestration.ingest.contracts.sources import load_sources
    from orchestration.publish.fingerprint import code_hash
    from tests.trust.house import without_dbt

    without_dbt()
    # What every refresh of one installation finds the same is worked out once.
    code_hash()
    load_sources()
    for line in sys.stdin:
        order = json.loads(line)
        ended = _run(cli, Path(order["folder"]), Fault(**order["fault"]))
        print(json.dumps(asdict(ended)), flush=True)


def _run(cli: Any, folder: Path, fault: Fault) -> Ended:
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        said, calls = Path(scratch, "said"), Path(scratch, "calls")
        child = os.fork()
        if child == 0:
            _child(cli, folder, fault, said, calls)
        status = _wait(child, fault.after_seconds)
        return Ended(
            killed=os.WIFSIGNALED(status),
            code=os.waitstatus_to_exitcode(status),
            said=said.read_text() if said.exists() else "",
            seconds=time.monotonic() - started,
            calls=json.loads(calls.read_text()) if calls.exists() else {},
        )


def _wait(child: int, after_seconds: float | None) -> int:
    until = time.monotonic() + (PATIENCE if after_seconds is None else after_seconds)
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        if time.monotonic() > until:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            return os.waitpid(child, 0)[1]
        time.sleep(0.001)


def _child(cli: Any, folder: Path, fault: Fault, said: Path, calls: Path) -> None:
    from orchestration.settings import get_settings
    from tests.trust.faults import arm
    from tests.trust.house import environment

    code, log = 70, os.open(said, os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        os.environ.update(environment(folder))
        get_settings.cache_clear()
        counts = arm(fault)
        try:
            cli.main(["refresh"])
        except SystemExit as end:
            code = int(end.code or 0)
        os.write(os.open(calls, os.O_WRONLY | os.O_CREAT), json.dumps(counts).encode())
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
