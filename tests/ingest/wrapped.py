"""Puts the same rows into every container that people drop: archives, workbooks, JSON, Parquet."""

import datetime as dt
import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import duckdb

Rows = Sequence[Sequence[Any]]
EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def gzipped(content: bytes | str) -> bytes:
    """A gzip archive."""
    return gzip.compress(content.encode() if isinstance(content, str) else content, mtime=0)


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An Excel workbook: texts, figures, days and truths in cells of their kinds; None leaves a cell out."""
    names = list(sheets)
    rels = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>' for i in range(len(names))
    )
    rels += f'<Relationship Id="rs" Type="{OFFICE}/styles" Target="styles.xml"/>'
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i + 1}" r:id="r{i}"/>' for i, n in enumerate(names))
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/s{i}.xml" ContentType="{KINDS}.worksheet+xml"/>' for i in range(len(names))
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        f'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KINDS}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
        f'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{rels}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
        f"</cellXfs></styleSheet>",
    }
    for i, rows in enumerate(sheets.values()):
        body = "".join(_row(number, row) for number, row in enumerate(rows, start=1))
        members[f"xl/worksheets/s{i}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    return zipped(members)


def _row(number: int, row: Sequence[Any]) -> str:
    cells = "".join(_cell(f"{chr(65 + i)}{number}", cell) for i, cell in enumerate(row) if cell is not None)
    return f'<row r="{number}">{cells}</row>' if cells else ""


def _cell(place: str, cell: Any) -> str:
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, dt.date):
        return f'<c r="{place}" s="1"><v>{(cell - EXCEL_DAY_ZERO).days}</v></c>'
    if isinstance(cell, (int, float)):
        return f'<c r="{place}"><v>{cell!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(cell))}</t></is></c>'


def records(rows: Rows) -> list[dict[str, Any]]:
    """The rows below the first as objects."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def json_lines(rows: Rows) -> str:
    """One object a line."""
    return "".join(json.dumps(record, default=str) + "\n" for record in records(rows))


def parquet(sql: str, folder: Path) -> bytes:
    """The result of a query."""
    target = folder / "made.parquet"
    with duckdb.connect() as conn:
        conn.execute(f"copy ({sql}) to '{target}' (format parquet)")
    return target.read_bytes()
