"""Rewrites a text in the plain UTF-8 that DuckDB reads."""

import codecs
from pathlib import Path

from orchestration.ingest.text.counting import LineCount
from orchestration.ingest.text.dialect import is_windows_text

CHUNK = 1 << 20
CUT = b"\xff"  # stands for a character whose end is missing


def to_utf8(path: Path, encoding: str, target: Path) -> int:
    """Rewrite a file in UTF-8, a chunk at a time, and return its number of lines.

    What is no text, such as half of a character, is passed on as bytes that are no UTF-8: its row is rejected, not the
    file.
    """
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    decoder, lines, is_first = codecs.getincrementaldecoder(encoding)(errors), LineCount(), True
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            text = decoder.decode(chunk)
            if is_first:
                text, is_first = text.removeprefix("\ufeff"), False
            written = text.encode("utf-8", errors)
            lines.add(written)
            copy.write(written)
        if decoder.getstate()[0]:
            lines.add(CUT)
            copy.write(CUT)
    return lines.lines


def is_windows_file(path: Path) -> bool:
    """Whether a file is a Windows text rather than damaged UTF-8."""
    with path.open("rb") as file:
        return is_windows_text(iter(lambda: file.read(CHUNK), b""))
