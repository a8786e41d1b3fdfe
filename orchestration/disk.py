"""What a disk, or memory, says when it refuses, and what to do about it."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REMEDIES = {
    errno.ENOSPC: "free some space on that disk",
    errno.EDQUOT: "free some space, or ask for a larger quota",
    errno.EROFS: "make that disk writable again",
    errno.EACCES: "let the user who runs Duet read and write there",
    errno.EPERM: "let the user who runs Duet change files there",
    errno.EIO: "look at the machine's log: the disk itself fails",
    errno.ENFILE: "allow the machine more open files",  # before the next one, whose words it begins with
    errno.EMFILE: "allow more open files (ulimit -n)",
}

# DuckDB's words; what lacks memory is the machine, and no file is to blame.
NO_MEMORY = "Out of Memory Error"


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Errors of the block name the file that they speak of; a write or a flush does not by itself."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def remedy(said: str) -> str | None:
    """What to do about an error of the disk, from its text: engines pass on what the system says; None for others."""
    if NO_MEMORY in said:
        return _and_again("close other programs, or allow DuckDB more memory (DUET_MEMORY_LIMIT)")
    return next((remedy_of(number) for number in REMEDIES if os.strerror(number) in said), None)


def remedy_of(number: int) -> str:
    """What to do about an error of the disk, from its number."""
    return _and_again(REMEDIES[number])


def is_refusal(error: Exception) -> bool:
    """Whether the disk or memory is at fault and not the file that was read."""
    return isinstance(error, MemoryError) or remedy(str(error)) is not None


def _and_again(advice: str) -> str:
    return f"{advice}, then run `duet refresh` again; what was online before still is"
