"""What lies in the landing folder, and what is remembered of it, so that an unchanged folder costs almost nothing."""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.durable import write_json
from orchestration.ingest.problems import Problem
from orchestration.settings import Settings

# So many days on which a file was written are remembered.
DAYS = 12
UNFINISHED = (".part", ".crdownload", ".download", ".tmp", "~")


@dataclass(frozen=True)
class LandedFile:
    """One file that somebody dropped."""

    path: Path
    name: str
    size: int
    modified: int
    is_regular: bool

    @property
    def written_on(self) -> str:
        """The day on which it was written last, in UTC."""
        return str(datetime.fromtimestamp(self.modified / 10**9, UTC).date())


@dataclass
class Remembered:
    """What the last run knew of a file: the hash of its bytes, or why nobody reads it."""

    size: int
    modified: int
    sha256: str
    refused: dict[str, Any] | None = None
    is_rejected: bool = False
    readers: str | None = None
    days: list[str] = field(default_factory=list)  # on which it was written, with other bytes or the same

    def is_same(self, file: LandedFile) -> bool:
        """Whether the file is as it was."""
        return (self.size, self.modified) == (file.size, file.modified)

    @property
    def problem(self) -> Problem | None:
        """Why nobody reads it."""
        return Problem(**self.refused) if self.refused else None


@dataclass
class Ledger:
    """What is remembered of the landing folder; it can be lost without harm."""

    files: dict[str, Remembered] = field(default_factory=dict)

    @property
    def days(self) -> dict[str, list[str]]:
        """The last days on which each file was written, by name."""
        return {name: entry.days for name, entry in self.files.items()}

    def remember(self, file: LandedFile, entry: Remembered) -> None:
        """Keep what is known of a file now, and the last days on which it was written."""
        earlier = self.files[file.name].days if file.name in self.files else []
        entry.days = sorted({*earlier, file.written_on})[-DAYS:]
        self.files[file.name] = entry

    def write(self, path: Path) -> None:
        """Keep it for the next run."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, {name: asdict(entry) for name, entry in self.files.items()})


def ledger_path(settings: Settings) -> Path:
    """Where a run keeps what it saw in the landing folder."""
    return settings.state / "ingest_ledger.json"


def read_ledger(path: Path) -> Ledger:
    """What the last run knew; nothing where there was none or it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Ledger({name: Remembered(**entry) for name, entry in content.items()})
    except (OSError, ValueError, TypeError):
        return Ledger()


def walk(landing: Path) -> Iterator[LandedFile]:
    """Every file below the landing folder, by name; hidden and unfinished ones are not there yet."""
    for folder, folders, names in os.walk(landing):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names += [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in sorted(names):
            if name.startswith((".", "~$")) or name.endswith(UNFINISHED):
                continue
            path = Path(folder) / name
            try:
                found = path.lstat()
            except FileNotFoundError:
                continue
            regular = stat.S_ISREG(found.st_mode)
            yield LandedFile(path, str(path.relative_to(landing)), found.st_size, found.st_mtime_ns, regular)
