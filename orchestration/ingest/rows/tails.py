"""The lines behind the table: set aside before the scan, because they are not as wide as its records."""

import csv
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest.contracts.formats import Mark
from orchestration.ingest.recognition import marks

TAIL_BYTES = 64 * 1024
FOOTER_LINES = 50
CHUNK = 1 << 16


@dataclass(frozen=True)
class Tail:
    """What stands behind the last record: the texts of its lines, the blank ones among them, and where it begins."""

    lines: tuple[str, ...] = ()
    blank: int = 0
    begins_at: int | None = None  # byte; None: the file ends with its table


def find_tail(path: Path, footer: Sequence[Mark], delimiter: str) -> Tail:
    """The lines at the end of a UTF-8 file that a contract knows as its footer, with the blank ones between them."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - TAIL_BYTES, 0))
        raw = file.read().splitlines(keepends=True)
    found: list[str] = []
    blank, position, begins_at = 0, end, None
    for line in reversed(raw[-FOOTER_LINES:]):
        position -= len(line)
        text = _text(line, delimiter)
        if text and not marks.is_marked(footer, text):
            break
        found += [text] if text else []
        blank += not text
        begins_at = position if found else None
    return Tail(tuple(reversed(found)), blank, begins_at) if found else Tail()


def is_open(path: Path) -> bool:
    """Whether the last line of a file has no end, as in a file that was cut off."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 1, 0))
        return file.read() not in (b"\n", b"\r", b"")


def _text(line: bytes, delimiter: str) -> str:
    try:
        decoded = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = line.decode("cp1252", errors="replace")  # the © of a footer may be all that is not ASCII
    try:
        cells = next(csv.reader([decoded.rstrip("\r\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return "\ufffd"  # no line of a footer
    return marks.line_text(cells, delimiter)


def cut(path: Path, tail: Tail, target: Path) -> Path:
    """A copy of the file without its tail."""
    shutil.copyfile(path, target)
    os.truncate(target, int(tail.begins_at or 0))
    return target


def last_lines(path: Path, count: int) -> bytes:
    """The last lines of a file, read from its end."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        size = CHUNK
        while True:
            file.seek(max(end - size, 0))
            lines = file.read().splitlines(keepends=True)
            if len(lines) > count or size >= end:
                return b"".join(lines[-count:])
            size *= 2
