"""Faults that a process can be told to meet: killed before or after a named step, or refused by the disk."""

import builtins
import errno
import importlib
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Where each step is called, in the order of a run; a number where it is the n-th call that counts.
STEPS = {
    "the lock is taken": "orchestration.publish.lock:_claim",
    "what killed runs left is taken away": "orchestration.run.refresh:tidy",
    "an unfinished switch is completed": "orchestration.run.refresh:finish_switch",
    "the lake has every stream": "orchestration.ingest.load:lake.prepare",
    "a landed file is copied": "orchestration.ingest.load:stage",
    "another landed file is copied": "orchestration.ingest.load:stage#2",
    "a file is read": "orchestration.ingest.filing:read",
    "rejected rows are kept": "orchestration.ingest.filing:lake.write_rejected_rows",
    "bytes go to the archive": "orchestration.ingest.filing:archive.keep",
    "a part goes to the lake": "orchestration.ingest.filing:lake.add",
    "parts are flushed": "orchestration.ingest.keeping.commits:_sync",
    "parts are in their places": "orchestration.ingest.keeping.commits:_sync#2",
    "manifests are in their places": "orchestration.ingest.keeping.commits:_sync#3",
    "a commit is finished": "orchestration.ingest.keeping.commits:Commit.finish",
    "what nobody needs is taken away": "orchestration.ingest.load:forget_the_gone",
    "the table of exports is written": "orchestration.ingest.load:write_exports",
    "the ledger is written": "orchestration.ingest.landing.folder:Ledger.write",
    "outcomes are kept": "orchestration.run.refresh:keep_outcomes",
    "the models are built": "tests.publish.small_build:keep_build",
    "the marts are copied": "orchestration.publish.candidate:_copy_marts",
    "the candidate is described": "tests.publish.small_build:build_candidate",
    "findings are kept": "tests.publish.small_build:keep_findings",
    "the audit is written": "tests.publish.small_build:audit",
    "tables about the run are written": "orchestration.publish.certify:write_ops",
    "restatements are written": "orchestration.publish.certify:write_restatements",
    "files are hashed": "orchestration.publish.certify:files_of",
    "the manifest is sealed": "orchestration.publish.certify:seal",
    "the folder is flushed": "orchestration.publish.certify:durable.sync_tree",
    "the candidate becomes a version": "orchestration.publish.certify:os.rename",
    "what it reports is remembered": "orchestration.publish.certify:remember",
    "the version is verified": "orchestration.publish.version:damage",
    "the version goes online": "orchestration.publish.certify:put_online",
    "the pointer is switched": "orchestration.publish.version:durable.write_text",
    "the stable path is switched": "orchestration.publish.version:durable.replace_with",
    "old versions are retired": "orchestration.publish.certify:retire",
    "an old version is out of sight": "orchestration.durable:shutil.rmtree",
    "the outcome is written": "orchestration.run.refresh:durable.write_json",
}
DISK_CALLS = ("fsync", "replace", "rename", "link", "open", "write")


@dataclass(frozen=True)
class Fault:
    """What a process meets; nothing by default."""

    step: str = ""
    when: str = "before"
    signal: str = "SIGKILL"
    call: str = ""
    nth: int = 0
    error: str = "ENOSPC"
    after_seconds: float | None = None


def arm(fault: Fault) -> dict[str, int]:
    """Have this process meet the fault; the counts of disk calls grow as it runs."""
    if fault.step:
        _arm_step(STEPS[fault.step], fault.when, getattr(signal, fault.signal))
    return _arm_disk(fault)


def _arm_step(place: str, when: str, number_of_signal: int) -> None:
    module_name, _, rest = place.partition(":")
    path, _, number = rest.partition("#")
    holder: Any = importlib.import_module(module_name)
    *owners, name = path.split(".")
    for owner in owners:
        holder = getattr(holder, owner)
    real, calls = getattr(holder, name), [0]

    def killed(*arguments: Any, **named: Any) -> Any:
        calls[0] += 1
        if calls[0] == int(number or 1) and when == "before":
            os.kill(os.getpid(), number_of_signal)
        result = real(*arguments, **named)
        if calls[0] == int(number or 1) and when == "after":
            os.kill(os.getpid(), number_of_signal)
        return result

    setattr(holder, name, killed)


def _arm_disk(fault: Fault) -> dict[str, int]:
    counts = dict.fromkeys(DISK_CALLS, 0)

    def meets(call: str, *names: Any) -> None:
        counts[call] += 1
        if fault.call == call and counts[call] == fault.nth:
            number = getattr(errno, fault.error)
            raise OSError(number, os.strerror(number), *(name for name in names if not isinstance(name, int)))

    def failing(call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            meets(call, *arguments[:1])
            return real(*arguments, **named)

        return called

    for call in ("fsync", "replace", "rename", "link"):
        setattr(os, call, failing(call, getattr(os, call)))

    class Refusing:
        """A file whose writes can be refused; everything else is the file's own."""

        def __init__(self, file: Any) -> None:
            self._file = file

        def write(self, data: Any) -> Any:
            meets("write")
            return self._file.write(data)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        def __enter__(self) -> "Refusing":
            return self

        def __exit__(self, *raised: Any) -> None:
            self._file.close()

    def opened(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
            if "r" in mode and "+" not in mode:
                return real(file, mode, *rest, **named)
            meets("open", file)
            return Refusing(real(file, mode, *rest, **named))

        return called

    io.open = builtins.open = opened(builtins.open)
    return counts
