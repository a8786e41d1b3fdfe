"""Writes records that name their own columns as one table below a header of all their keys."""

import csv
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text.delimited import LARGEST_CELL
from orchestration.ingest.unpacking import tables
from orchestration.ingest.unpacking.flatten import flat
from orchestration.ingest.unpacking.tables import Table

MOST_COLUMNS = 10_000
AGAIN = "Export it again, or as CSV (UTF-8)."


class KeyTwice(ValueError):
    """A record that has a key twice: one value would replace the other in silence."""


def check_keys(pairs: Sequence[tuple[str, Any]]) -> None:
    """KeyTwice where a name comes twice."""
    if len(dict(pairs)) < len(pairs):
        names = [name for name, _ in pairs]
        raise KeyTwice(next(name for name in names if names.count(name) > 1))


def write(records: Iterable[Any], container: str, target: Path) -> Table | None:
    """Write records as a table; None where one of them is no object, or where there are none."""
    columns: dict[str, int] = {}
    widths: set[int] = set()
    body, count = target.with_suffix(".body"), 0
    with body.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for record in records:
            if not isinstance(record, dict):
                return None
            writer.writerow(_cells(record, columns))
            widths.add(len(columns))
            count += 1
    if not columns:
        return None
    if len(widths) == 1:
        tables.write(target, [list(columns)])
        with target.open("ab") as whole, body.open("rb") as rows:
            shutil.copyfileobj(rows, whole)
    else:
        tables.write(target, _padded(body, list(columns)))
    body.unlink()
    lines, starts = tables.starts_of(target, count + 1)
    return Table(target, lines, container, has_made_header=True, has_typed_cells=True, records=count, starts=starts)


def _cells(record: dict[str, Any], columns: dict[str, int]) -> list[str]:
    """The cells of a record in the order of the columns; a key that was not met before makes a column more."""
    texts = list(flat(record))
    check_keys(texts)
    cells = [""] * len(columns)
    for name, text in texts:
        if name in columns:
            cells[columns[name]] = text
        elif len(columns) < MOST_COLUMNS:
            columns[name] = len(columns)
            cells.append(text)
        else:
            raise Unreadable(f"records of more than {MOST_COLUMNS:,} keys", "an export", AGAIN)
    return cells


def _padded(body: Path, columns: list[str]) -> Iterator[list[str]]:
    """The records once more, below the header, each as wide as it."""
    yield columns
    csv.field_size_limit(LARGEST_CELL)
    with body.open(encoding="utf-8", errors="surrogatepass", newline="") as file:
        for cells in csv.reader(file):
            yield cells + [""] * (len(columns) - len(cells))
