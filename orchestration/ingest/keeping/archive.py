"""Keeps the original bytes of every export that was read, named by their sha256."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from orchestration.ingest.keeping.commits import Commit
from orchestration.ingest.landing.staging import Staged


@dataclass(frozen=True)
class Archived:
    """One archived file: its bytes' hash, the name it first had, when it landed and how many lines it has."""

    sha256: str
    name: str
    landed_at: str
    bytes: int
    lines: int

    @property
    def file_id(self) -> str:
        """The short name of the file in the lake."""
        return self.sha256[:16]


def entry_of(staged: Staged, name: str, archive: Path) -> Archived:
    """What the archive knows of a file, or will: an older copy keeps its first name and date."""
    if sidecar(archive, staged.sha256).exists():
        return read_entry(archive, staged.sha256)
    return Archived(staged.sha256, name, staged.landed_at, staged.bytes, staged.lines)


def keep(staged: Staged, entry: Archived, archive: Path, commit: Commit) -> None:
    """Move a private copy into the archive, where it is not there yet; its bytes first, then what is known of it."""
    if sidecar(archive, entry.sha256).exists() and (archive / entry.sha256).exists():
        return
    archive.mkdir(parents=True, exist_ok=True)
    staged.path.chmod(0o440)
    commit.put(staged.path, archive / entry.sha256)
    commit.put_json(sidecar(archive, entry.sha256), asdict(entry))


def sweep(archive: Path) -> None:
    """Take away what a killed run had begun to write."""
    for path in archive.glob(".*"):
        path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """The sha256 of a file that is not kept."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sidecar(archive: Path, sha256: str) -> Path:
    """Where the archive says what it knows of a file."""
    return archive / f"{sha256}.json"


def read_entry(archive: Path, sha256: str) -> Archived:
    """What the archive knows of a file."""
    return Archived(**json.loads(sidecar(archive, sha256).read_bytes()))


def entries(archive: Path) -> list[Archived]:
    """Every file of the archive, by hash."""
    return [read_entry(archive, path.stem) for path in sorted(archive.glob("*.json")) if path.with_suffix("").exists()]


def forget(archive: Path, sha256: str) -> None:
    """Take back a file that turned out unreadable: it stays where it landed."""
    sidecar(archive, sha256).unlink(missing_ok=True)
    (archive / sha256).unlink(missing_ok=True)
