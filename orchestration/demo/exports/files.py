"""What an export file is: where it lands, when it was written and its bytes."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HEADERS = Path(__file__).parent / "headers"
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file for the landing folder; written_at orders exports that carry no date of their own."""

    path: str
    written_at: dt.datetime
    content: bytes


def csv_text(rows: Iterable[Sequence[str]], delimiter: str = ",", newline: str = "\n", quote_all: bool = False) -> str:
    """Rows as CSV."""
    out = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return out.getvalue()


def money(cents: int) -> str:
    """Cents as units with two decimals."""
    return f"{cents // 100}.{cents % 100:02}"


def header(name: str) -> list[str]:
    """The header of an export whose columns nobody chooses, as the system writes it."""
    return (HEADERS / f"{name}.csv").read_text().rstrip("\n").split(",")
