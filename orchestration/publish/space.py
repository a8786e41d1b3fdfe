"""Whether the disk has room for a run, asked before the run touches anything: a full disk is found out late."""

import errno
import shutil

from orchestration import disk
from orchestration.ingest.landing.folder import ledger_path, read_ledger, walk
from orchestration.publish.version import pointed_at
from orchestration.settings import Settings

MEGABYTE = 10**6


class NoSpace(RuntimeError):
    """The disk has too little room for a run; the message says what is free, what is needed and what to do."""


def check_space(settings: Settings) -> None:
    """Nothing, where the data folder's disk has room for a run: NoSpace, where it has not. It only looks.

    A run needs `DUET_SPACE_PER_RUN` megabytes, and `DUET_SPACE_FACTOR` times the bytes of the files that are new in the
    landing folder and of the version that is online, from which the working tables and the candidate are made anew.
    """
    new, online = new_bytes(settings), _bytes_of_version(settings)
    needed = settings.space_per_run * MEGABYTE + settings.space_factor * (new + online)
    free = shutil.disk_usage(settings.data_dir).free
    if free < needed:
        raise NoSpace(
            f"{settings.data_dir}: {_told(free)} are free on its disk, and this run needs about {_told(needed)}: "
            f"{settings.space_per_run} MB for any run and {settings.space_factor:g} times {_told(new)} of new files "
            f"and {_told(online)} of the version online (DUET_SPACE_PER_RUN, DUET_SPACE_FACTOR). Nothing was touched\n"
            f"  remedy:    {disk.remedy_of(errno.ENOSPC)}"
        )


def new_bytes(settings: Settings) -> int:
    """Bytes of the files that a run has not seen yet; those of archives as they are packed."""
    seen = read_ledger(ledger_path(settings)).files
    return sum(
        file.size for file in walk(settings.landing) if file.name not in seen or not seen[file.name].is_same(file)
    )


def _bytes_of_version(settings: Settings) -> int:
    online = pointed_at(settings)
    files = (settings.published / online).rglob("*") if online else ()
    return sum(file.stat().st_size for file in files if file.is_file())


def _told(count: float) -> str:
    return f"{count / MEGABYTE:,.1f} MB"
