"""Takes back a file that should never have landed: out of the lake, then out of the archive."""

from difflib import get_close_matches

from orchestration.ingest.keeping import archive, lake
from orchestration.ingest.keeping.archive import Archived
from orchestration.ingest.landing.folder import walk
from orchestration.settings import Settings


class CannotForget(ValueError):
    """Nothing was taken back; the message says why and what to do."""


def forget(settings: Settings, name: str) -> Archived:
    """Take back the archived file of this name or id, so that the next run builds without it; else CannotForget."""
    entries = archive.entries(settings.archive)
    found = [entry for entry in entries if name in (entry.name, entry.file_id, entry.sha256)]
    if not found:
        near = get_close_matches(name, [entry.name for entry in entries], cutoff=0.4)
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise CannotForget(f"no file that was read is called {name!r}{hint}; `duet status --json` lists them")
    if len(found) > 1:
        ids = ", ".join(f"{entry.file_id} (landed {entry.landed_at[:10]})" for entry in found)
        raise CannotForget(f"{len(found)} files were called {name!r}; say which by its id: {ids}")
    [entry] = found
    for file in walk(settings.landing):
        if file.is_regular and file.size == entry.bytes and archive.digest_of(file.path) == entry.sha256:
            raise CannotForget(
                f"{file.path} still lies in the landing folder and would be read again; take it away first"
            )
    lake.withdraw(settings.lake, entry.file_id)
    archive.forget(settings.archive, entry.sha256)
    return entry
