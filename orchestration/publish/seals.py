"""Seals: whether a certified version still is, byte for byte, what was certified."""

import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from orchestration import durable

MANIFEST = "manifest.json"
SETTLED_NS = 2 * 10**9
_known: dict[tuple[int, ...], str] = {}


class Damaged(RuntimeError):
    """Files are not what was certified; the message names them and what to do."""


def digest_of(path: Path) -> str:
    """The sha256 of a file as it is now; a process reads a file again whenever anything has written to it."""
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        # The kernel's time of change cannot be set back, but its clock is coarse: what is that young is read each time.
        settled = time.time_ns() - stat.st_ctime_ns > SETTLED_NS
        key = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        if settled and key in _known:
            return _known[key]
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if settled:
        _known[key] = digest
    return digest


def files_of(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in files}


def seal(path: Path) -> None:
    """Write the hash of a file beside it, as `sha256sum --check` reads it."""
    durable.write_text(seal_of(path), f"{digest_of(path)}  {path.name}\n")


def seal_of(path: Path) -> Path:
    """Where the hash of a file stands."""
    return path.with_name(f"{path.name}.sha256")


def sealed_bytes(path: Path) -> bytes | None:
    """What a file says, where that is what its seal says; None where either is missing or has changed."""
    try:
        content, stands = path.read_bytes(), seal_of(path).read_bytes()
    except OSError:
        return None
    return content if stands == f"{hashlib.sha256(content).hexdigest()}  {path.name}\n".encode() else None


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a version, where it is the one that was sealed and speaks of this folder."""
    content = sealed_bytes(folder / MANIFEST)
    if content is None:
        return None
    manifest: dict[str, Any] = json.loads(content)
    return manifest if manifest["version"] == folder.name else None


def damage_of(folder: Path) -> str | None:
    """What is wrong with the folder of a version, in words; None where every byte is as it was certified."""
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            return f"{MANIFEST} is not the one that was sealed"
        certified: dict[str, str] = manifest["files"]
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
        found -= {MANIFEST, seal_of(folder / MANIFEST).name}
        wrong = [f"{name} is missing" for name in sorted(certified.keys() - found)]
        # A stray write-ahead log would be played into the tables by whoever opens them.
        wrong += [f"{name} was not certified" for name in sorted(found - certified.keys())]
        there = sorted(certified.keys() & found)
        wrong += [f"{name} has changed" for name in there if digest_of(folder / name) != certified[name]]
    except OSError as error:
        return f"it cannot be read: {error}"
    return "; ".join(wrong) or None
