"""Rows as CSV that a spreadsheet can open: figures stay figures, and no text becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

# What makes a spreadsheet compute a cell, the wide forms of an East Asian keyboard included, or skip to what does.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def as_spreadsheet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A header and one line a row, as RFC 4180 has it; null is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe; a negative number is not a text, and 0 is never 0E-8."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
