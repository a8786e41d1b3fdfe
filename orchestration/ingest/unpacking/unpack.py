"""Finds the plain tables in what people drop: archives, workbooks, JSON documents and Parquet files are unpacked."""

from dataclasses import replace
from pathlib import Path

from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text import dialect
from orchestration.ingest.text.encoding import to_utf8
from orchestration.ingest.unpacking import compressed, enriched_events, json_records, parquet_files, workbooks
from orchestration.ingest.unpacking.tables import Table

GZIP, ZIP, PARQUET = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06"), b"PAR1"
# An archive may hold a workbook, but not archives without end.
MOST_LAYERS = 3


def unpack(path: Path, lines: int, folder: Path) -> list[Table]:
    """The tables of a file: itself where it is plain text, several where it is a workbook; Unreadable says why none."""
    layers: list[str] = []
    while True:
        head = dialect.read_head(path)
        target = folder / f"unpacked{len(layers)}"
        if len(layers) == MOST_LAYERS:
            raise Unreadable("archives inside archives", "an export", "Unpack it and drop the table alone.")
        if head.startswith(GZIP):
            path, lines = target, compressed.gunzip(path, target)
            layers.append("gzip")
        elif head.startswith(ZIP):
            members = compressed.members(path)
            if workbooks.is_workbook(members):
                return _inside(layers, workbooks.sheets(path, members, folder))
            only = compressed.only_member(members)
            path, lines = target, compressed.unzip(path, only, target)
            layers.append("ZIP")
        else:
            return _inside(layers, [_table(path, head, lines, folder)])


def _inside(layers: list[str], found: list[Table]) -> list[Table]:
    return [
        replace(table, container=" in ".join(filter(None, [table.container, *reversed(layers)])) or None)
        for table in found
    ]


def _table(path: Path, head: bytes, lines: int, folder: Path) -> Table:
    """One table of a file that is no archive."""
    if head.startswith(PARQUET):
        return parquet_files.table(path, folder / "parquet.csv")
    encoding = dialect.find_encoding(head)
    if encoding is None:
        return Table(path, lines)  # the reader says what is wrong with it
    start = dialect.decode_head(head, encoding)
    if json_records.looks_like_json(start):
        document = path
        if not encoding.startswith("utf-8"):
            document = folder / "document.json"
            to_utf8(path, encoding, document)
        if found := json_records.table(document, start, folder / "json.csv"):
            return found
    if enriched_events.looks_enriched(start):
        return enriched_events.table(path, folder / "enriched.csv")
    return Table(path, lines)
