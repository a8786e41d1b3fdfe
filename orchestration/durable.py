"""Files that survive a power cut: written beside their place, flushed to disk, then renamed."""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from orchestration import disk


def write_text(path: Path, text: str) -> None:
    """Replace a file in one step; readers see the old text or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    with disk.about(fresh), fresh.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync(path.parent)


def write_json(path: Path, content: Any) -> None:
    """Replace a JSON file in one step."""
    write_text(path, json.dumps(content, indent=2, default=str, ensure_ascii=False) + "\n")


def write_model(path: Path, content: BaseModel) -> None:
    """Replace a JSON file in one step by what a model says; whoever reads it can make the model again."""
    write_json(path, content.model_dump(mode="json"))


def sync(path: Path) -> None:
    """Flush a file, or a folder's list of names, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        with disk.about(path):
            os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Flush every file below a folder, then the folders that name them."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def replace_with(source: Path, place: Path) -> None:
    """Put the same bytes at another path in one step: a second name where the disk can, else a copy."""
    fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        os.link(source, fresh)
    except OSError:
        shutil.copy2(source, fresh)
        sync(fresh)
    os.replace(fresh, place)
    # rename() keeps both names when they already mean the same file.
    with suppress(FileNotFoundError):
        fresh.unlink()
    sync(place.parent)


def remove_tree(folder: Path) -> None:
    """Take a folder out of sight in one step, then delete it."""
    if folder.exists():
        gone = folder.with_name(f".gone-{folder.name.lstrip('.')}-{os.getpid()}")
        os.rename(folder, gone)
        shutil.rmtree(gone)
