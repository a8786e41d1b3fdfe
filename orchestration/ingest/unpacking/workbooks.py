"""Reads the sheets of an Excel workbook as the texts that their cells show: values, never formulas."""

import datetime as dt
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine

from orchestration import disk
from orchestration.ingest.problems import Unreadable
from orchestration.ingest.unpacking import compressed, tables
from orchestration.ingest.unpacking.tables import Table

# The sheets of a workbook are read into memory; Excel itself ends at a million rows.
LARGEST_SHEET = 1 << 30
# Excel keeps 15 digits; what has more was an id and has lost its end.
EXACT_BELOW = 10**15
UNREADABLE = Unreadable(
    "an Excel workbook that cannot be read", "a workbook that Excel opens", "Save it again in Excel, or as CSV (UTF-8)."
)


def is_workbook(members: list[zipfile.ZipInfo]) -> bool:
    """Whether a ZIP archive is an Excel workbook."""
    names = {info.filename for info in members}
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def sheets(path: Path, members: list[zipfile.ZipInfo], folder: Path) -> list[Table]:
    """Every sheet with something in it as a table, in the order of the workbook."""
    compressed.check_size(sum(info.file_size for info in members), path.stat().st_size)
    if sum(info.file_size for info in members) > LARGEST_SHEET:
        raise Unreadable(
            "an Excel workbook of more than a gigabyte", "a smaller one", "Export it as CSV and drop that."
        )
    for info in members:
        compressed.unzip(path, info, None)
    try:
        with calamine.CalamineWorkbook.from_path(path) as book:
            kinds = {sheet.name: sheet.typ for sheet in book.sheets_metadata}
            names = [name for name in book.sheet_names if kinds[name] == calamine.SheetTypeEnum.WorkSheet]
            found = [_table(book.get_sheet_by_name(name), folder / f"sheet{i}.csv") for i, name in enumerate(names)]
    except (calamine.CalamineError, OSError, ValueError) as error:
        if disk.is_refusal(error):
            raise
        raise UNREADABLE from error
    filled = [table for table in found if table is not None]
    if not filled:
        raise Unreadable(
            "an Excel workbook without any cell", "an export", "Export it again; the last good figures stay."
        )
    return filled


def _table(sheet: calamine.CalamineSheet, target: Path) -> Table | None:
    if not sheet.height or not sheet.width:
        return None
    has_figures = False

    def rows() -> Iterator[list[str]]:
        nonlocal has_figures
        for row in sheet.iter_rows():
            has_figures = has_figures or any(type(cell) in (float, int) for cell in row)
            yield [_text(cell) for cell in row]

    tables.write(target, rows())
    lines, starts = tables.starts_of(target, sheet.total_height)
    return Table(target, lines, "Excel workbook", sheet.name, has_typed_cells=has_figures, starts=starts)


def _text(cell: Any) -> str:
    """A cell as text: figures in full, days in ISO 8601, midnight left out."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, (int, float)):
        return _figure(cell)
    if isinstance(cell, dt.datetime):
        return str(cell.date()) if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell)


def _figure(number: float) -> str:
    """The shortest text of the same number; with an exponent where a spreadsheet has lost digits."""
    if abs(number) >= EXACT_BELOW:
        return f"{number:.5E}"
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")
