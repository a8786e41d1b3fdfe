"""When what lies in the landing folder is finished and new: seen twice the same, and not what the last run knew."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace

from orchestration.ingest.landing.folder import LandedFile, Ledger
from orchestration.ingest.landing.staging import is_still_written

NAMED = 3  # files in one line


@dataclass(frozen=True)
class Sighting:
    """One look at the folder: a digest of names, sizes and times, since when (seconds) it is so, and what was asked."""

    digest: str
    since: float
    is_asked: bool = False

    def to_cursor(self) -> str:
        """As text, for whoever looks next."""
        return json.dumps(asdict(self))

    @property
    def run_key(self) -> str:
        """The name of this state; a folder that is again as it was long ago is a new state."""
        return f"{self.digest[:16]}-{self.since:.0f}"


def read_cursor(text: str | None) -> Sighting | None:
    """The look before this one; None where there was none."""
    return Sighting(**json.loads(text)) if text else None


def look(files: Collection[LandedFile], before: Sighting | None, now: float) -> Sighting:
    """What is there now: the sighting before where nothing moved, else one that begins now."""
    seen = sorted((file.name, file.size, file.modified) for file in files)
    digest = hashlib.sha256(json.dumps(seen).encode()).hexdigest()
    return before if before and before.digest == digest else Sighting(digest, now)


def reason_to_wait(
    files: Collection[LandedFile], ledger: Ledger, sighting: Sighting, now: float, settle_seconds: float
) -> str | None:
    """Why nothing is to be read yet; None where a run is due."""
    fresh = [file for file in files if not (file.name in ledger.files and ledger.files[file.name].is_same(file))]
    gone = ledger.files.keys() - {file.name for file in files}
    if not fresh and not gone:
        return "nothing new"
    if sighting.is_asked:
        return "a run was asked for what lies there, and nothing moved since"
    if sighting.since == now or now - sighting.since < settle_seconds:
        return f"{_told(fresh, gone)}; read when the folder has been still for {settle_seconds:g} s"
    if written := [file for file in fresh if file.is_regular and is_still_written(file.path)]:
        return f"still being written: {_named(file.name for file in written)}"
    return None


def asked(sighting: Sighting) -> Sighting:
    """The same, with a run under way."""
    return replace(sighting, is_asked=True)


def _told(fresh: Collection[LandedFile], gone: Collection[str]) -> str:
    parts = [f"new or changed: {_named(file.name for file in fresh)}"] * bool(fresh)
    return "; ".join([*parts, *[f"taken away: {_named(sorted(gone))}"] * bool(gone)])


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - NAMED} more" if len(listed) > NAMED else ""
    return ", ".join(listed[:NAMED]) + more
