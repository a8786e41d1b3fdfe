"""Puts finished files in their places: after a power cut each is as it was or as it is now, and none is half there."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from orchestration import disk, durable

Move = tuple[Path, Path]


class Commit:
    """Files of one or many readings, and the seals without which they do not count.

    Everything waits for the disk together: the first wait takes the others along, file by file they would take minutes.
    """

    def __init__(self) -> None:
        self._files: list[Move] = []
        self._seals: list[Move] = []

    def put(self, temporary: Path, target: Path) -> None:
        """Move a finished file to its name."""
        self._files.append((temporary, target))

    def put_json(self, target: Path, content: Any) -> None:
        """Write a small file beside what it speaks of."""
        self._files.append((_write(target, content), target))

    def seal(self, target: Path, content: Any) -> None:
        """Write what makes the files count, once all of them are in their places."""
        self._seals.append((_write(target, content), target))

    def finish(self) -> None:
        """Do it."""
        _sync(temporary for temporary, _ in [*self._files, *self._seals])
        for moves in (self._files, self._seals):
            for temporary, target in moves:
                temporary.replace(target)
            _sync({target.parent for _, target in moves})


def put(temporary: Path, target: Path) -> None:
    """Move one finished file to its name."""
    commit = Commit()
    commit.put(temporary, target)
    commit.finish()


def _write(target: Path, content: Any) -> Path:
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    with disk.about(temporary), temporary.open("wb") as file:
        file.write(json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True).encode())
    return temporary


def _sync(paths: Iterable[Path]) -> None:
    for path in paths:
        durable.sync(path)
