"""Counts the physical lines of a file while it passes by, whichever line breaks it uses."""

from pathlib import Path


class LineCount:
    """Counts lines in chunks of bytes: LF, CRLF and CR each end one, and so does the end of the file."""

    def __init__(self) -> None:
        self._ends = 0
        self._last = b""

    def add(self, chunk: bytes) -> None:
        """Count the breaks of the next chunk."""
        if not chunk:
            return
        self._ends += chunk.count(b"\n")
        if b"\r" in chunk:
            self._ends += chunk.count(b"\r") - chunk.count(b"\r\n")
        if self._last == b"\r" and chunk.startswith(b"\n"):
            self._ends -= 1
        self._last = chunk[-1:]

    @property
    def lines(self) -> int:
        """Lines so far; the last one may lack its break."""
        return self._ends + (self._last not in (b"\n", b"\r"))


def blank_lines(path: Path, after: int) -> int:
    """How many empty lines a file has behind its first lines."""
    with path.open(encoding="latin-1") as file:  # every byte is a sign; every kind of break ends a line
        return sum(1 for number, line in enumerate(file, start=1) if line == "\n" and number > after)
