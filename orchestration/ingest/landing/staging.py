"""Takes a private copy of a landed file: all that follows reads the copy, so nobody can change it meanwhile."""

import datetime as dt
import errno
import fcntl
import hashlib
import os
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from orchestration import disk
from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text.counting import LineCount

CHUNK = 1 << 18


@dataclass(frozen=True)
class Staged:
    """The copy, and what is known of its bytes."""

    path: Path
    sha256: str
    bytes: int
    lines: int
    landed_at: str

    @property
    def file_id(self) -> str:
        """The short name of the file in the lake."""
        return self.sha256[:16]


class Unavailable(Unreadable):
    """A file that cannot be had: for now, where its time has not come, or at all."""

    is_rejected = True


class NotYet(Unavailable):
    """The next run looks again."""

    is_rejected = False


CHANGED = ("a file that is still being written", "a finished file", "The next run reads it.")
GONE = ("nothing: it was taken away while it was read", "a file", "Nothing to do.")
STRANGERS = (
    "a second name of somebody else's file (a hard link)",
    "a file of its own",
    "Copy the file, do not link it.",
)
NO_FILE = ("a link, a pipe or a device", "a file", "Copy the file itself into the landing folder.")


def stage(path: Path, target: Path) -> Staged:
    """Copy a file and hash it on the way; Unavailable where it is no file, may not be read or is not finished."""
    digest, lines = hashlib.sha256(), LineCount()
    with _opened(path) as source, disk.about(target), target.open("wb") as copy:
        before = os.fstat(source)
        while chunk := _read(source, path):
            digest.update(chunk)
            lines.add(chunk)
            copy.write(chunk)
        after = os.fstat(source)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise NotYet(*CHANGED)
    landed = dt.datetime.fromtimestamp(before.st_mtime, dt.UTC).replace(tzinfo=None)
    return Staged(target, digest.hexdigest(), before.st_size, lines.lines, landed.isoformat(sep=" "))


def _read(source: int, path: Path) -> bytes:
    with disk.about(path):
        return os.read(source, CHUNK)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A descriptor of a regular file that no link led to; opening never waits for the other end of a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Unavailable(*NO_FILE)
        if found.st_nlink > 1 and found.st_uid != os.geteuid():
            raise Unavailable(*STRANGERS)
        if _is_being_written(handle):
            raise NotYet(*CHANGED)
        yield handle
    finally:
        os.close(handle)


def _refusal(path: Path, error: OSError) -> Exception:
    if error.errno in (errno.ELOOP, errno.ENXIO):
        return Unavailable(*NO_FILE)
    if isinstance(error, FileNotFoundError):
        return NotYet(*GONE)
    if isinstance(error, PermissionError):
        mode = stat.filemode(path.lstat().st_mode)
        return Unavailable(f"a file that may not be read ({mode})", "read permission", "Run chmod u+r on it.")
    return error


def is_still_written(path: Path) -> bool:
    """Whether a program has a landed file open for writing; False where it cannot be opened, which a run will say."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return _is_being_written(handle)
    finally:
        os.close(handle)


def _is_being_written(handle: int) -> bool:
    """Whether a program has the file open for writing; where the system cannot tell, nobody is assumed to."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)  # ignored by default, should the lease be broken at once
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    with suppress(OSError):
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
