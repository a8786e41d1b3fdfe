"""Keeps the original bytes of every export that was read, named by their sha256."""

import datetime as dt
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

CHUNK = 1 << 18


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


class FileChanged(Exception):
    """The file was written to while it was read."""


def store(path: Path, name: str, archive: Path) -> tuple[Archived, bool]:
    """Copy a file into the archive, and say whether it is new there; an older copy keeps its first name and date."""
    archive.mkdir(parents=True, exist_ok=True)
    temporary = archive / f".incoming-{os.getpid()}"
    try:
        sha256, lines, stat = _copy(path, temporary)
        target = archive / sha256
        is_new = not sidecar(archive, sha256).exists()
        if is_new:
            landed = dt.datetime.fromtimestamp(stat.st_mtime, dt.UTC).replace(tzinfo=None)
            entry = Archived(sha256, name, landed.isoformat(sep=" "), stat.st_size, lines)
            temporary.chmod(0o440)
            temporary.replace(target)
            write_json(sidecar(archive, sha256), asdict(entry))
        return read_entry(archive, sha256), is_new
    finally:
        temporary.unlink(missing_ok=True)


def _copy(path: Path, target: Path) -> tuple[str, int, os.stat_result]:
    digest, lines, last = hashlib.sha256(), 0, b""
    with path.open("rb", buffering=0) as source, target.open("wb", buffering=0) as copy:
        before = os.fstat(source.fileno())
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            copy.write(chunk)
            lines += chunk.count(b"\n")
            last = chunk
        copy.flush()
        os.fsync(copy.fileno())
        after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileChanged(str(path))
    return digest.hexdigest(), lines + (not last.endswith(b"\n")), before


def digest_of(path: Path) -> str:
    """The sha256 of a file that is not kept."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sidecar(archive: Path, sha256: str) -> Path:
    """Where the archive says what it knows of a file."""
    return archive / f"{sha256}.json"


def read_entry(archive: Path, sha256: str) -> Archived:
    """What the archive knows of a file."""
    return Archived(**json.loads(sidecar(archive, sha256).read_text(encoding="utf-8")))


def entries(archive: Path) -> list[Archived]:
    """Every file of the archive, by hash."""
    if not archive.exists():
        return []
    return [read_entry(archive, path.stem) for path in sorted(archive.glob("*.json")) if path.with_suffix("").exists()]


def forget(archive: Path, sha256: str) -> None:
    """Take back a file that turned out unreadable: it stays where it landed."""
    sidecar(archive, sha256).unlink(missing_ok=True)
    (archive / sha256).unlink(missing_ok=True)


def write_json(path: Path, content: object) -> None:
    """Write a small JSON file so that it is there whole or not at all."""
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1, ensure_ascii=False, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
