"""What is wrong with a file, in words that the person who exported it can act on, without personal data."""

import re
from dataclasses import asdict, dataclass
from typing import Any

# What columns that are shifted by one put where a figure should be: a telephone number, a name with a number in it.
PHONE = re.compile(r"(?!\d{1,4}([-/])\d{1,2}\1)\+?(?:[\s()/-]*\d){9,15}[\s()/-]*")
WORD = re.compile(r"[^\W\d_]{5,}")
DAY = re.compile(r"^\d{1,2}\.?\s[^\W\d]{3,}\.?,?\s\d{4}|^[^\W\d]{3,}\s\d{1,2},?\s\d{4}")
SHOWN_TYPES = {"date", "timestamp", "money", "number", "count", "boolean", "currency"}


@dataclass(frozen=True)
class Problem:
    """One fault: where it is, what was found there, what was expected, what to do."""

    file: str
    found: str
    expected: str
    remedy: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = printable(self.file) + (f", line {self.line}" if self.line else "")
        place += f", column {self.column!r}" if self.column else ""
        return f"{place}: found {printable(self.found)}; expected {self.expected}. {self.remedy}"

    def to_json(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return asdict(self)


class Unreadable(Exception):
    """A container that is damaged, unsafe, or holds what no reader can choose from."""

    def __init__(self, found: str, expected: str, remedy: str, line: int | None = None) -> None:
        super().__init__(found)
        self.found, self.expected, self.remedy, self.line = found, expected, remedy, line

    def problem(self, name: str) -> Problem:
        """The fault as it is shown."""
        return Problem(name, self.found, self.expected, self.remedy, self.line)


def printable(text: str) -> str:
    """A text that can neither begin a line of its own nor colour a terminal: control signs are spelled out."""
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


def shown(text: str | None, kind: str) -> str:
    """The text itself where it cannot name a person, else only its shape."""
    if text is None or not text.strip():
        return "nothing"
    bare = text.strip()
    figure = len(bare) <= 40 and "@" not in bare and (any(c.isdigit() for c in bare) or len(bare) <= 4)
    figure = figure and not PHONE.fullmatch(bare) and (not WORD.search(bare) or bool(DAY.search(bare)))
    if kind == "currency":
        figure = len(bare) <= 12 and bare.isalnum()
    if kind in SHOWN_TYPES and figure:
        return repr(text)
    return f"a text of {len(text)} characters (not shown, it may be personal)"
