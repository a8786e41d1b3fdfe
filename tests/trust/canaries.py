"""Fifty made-up people in every personal column of an export, and a search for them in everything that Duet leaves."""

import csv
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from orchestration.settings import Settings

COUNT = 50
# Columns of the lake that hold what people wrote, and whatever no contract knows; nothing after the lake reads them.
FREE_TEXT = {"extra", "note", "note_attributes", "description"}
# Columns that hold people's names, addresses and numbers, or what somebody wrote about them.
PERSONAL = re.compile(
    r"^name$|(first|last|full|assistant|user|deal|billing|shipping|nick)[ _]?name|alias|e-?mail$|^email_(from|to)|"
    r"phone|fax|street|address\d?$|description|notes?$|^note attributes$|subject|body|title|birthdate|owner$|bcc|cc$",
    re.IGNORECASE,
)
# Ids, flags and dates that only sound like it.
IMPERSONAL = re.compile(r"id$|date$|optedout|unsubscribed|^accepts|^is", re.IGNORECASE)
# Names that are a campaign's or an order's, and the notes that teams write for the published lists of what they
# promised and decided.
NOT_OF_PEOPLE = {
    ("Campaign.csv", "Name"), ("orders_export_1.csv", "Name"), ("orders_export_2.csv", "Name"),
    ("commitments.csv", "note"), ("decisions.csv", "note"),
}  # fmt: skip
TEXT = "qzxcanary{:02d}"
DIGITS = "99000{:02d}99"


def tokens() -> list[str]:
    """What is searched for: a word that is in no language and digits that are nobody's number."""
    return [form.format(number) for number in range(COUNT) for form in (TEXT, DIGITS)]


def plant(landing: Path, rows_kept: int | None = None) -> dict[str, int]:
    """Put canaries into the personal columns of every CSV below a folder; how many cells, by file and column.

    Of each file the first rows are kept, or all of them; a bounded number is planted, from the first row on.
    """
    planted: dict[str, int] = {}
    for path in sorted(landing.rglob("*.csv")):
        raw = path.read_bytes()
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue  # the UTF-16 report is of campaigns, and names nobody
        text = raw.decode("utf-8-sig")
        lines = list(csv.reader(text.splitlines(keepends=True)))
        header = next((number for number, line in enumerate(lines) if len(line) > 2), None)
        if header is None:
            continue
        places = [i for i, name in enumerate(lines[header]) if is_personal(path.name, name)]
        if path.parent.name in ("google_ads", "meta_ads") or not places:
            continue
        body = lines[header + 1 :][:rows_kept]
        for number, line in enumerate(body[:COUNT]):
            for place in places:
                if line[place:]:
                    line[place] = canary(lines[header][place], number)
                    key = f"{path.relative_to(landing)}: {lines[header][place]}"
                    planted[key] = planted.get(key, 0) + 1
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*lines[: header + 1], *body])
    return planted


def is_personal(file: str, column: str) -> bool:
    """Whether a column of an export names people or is written about them."""
    named = PERSONAL.search(column) and not IMPERSONAL.search(column)
    return bool(named) and (file, column) not in NOT_OF_PEOPLE


def canary(column: str, number: int) -> str:
    """A name, an address or a number of the made-up person, as the column has it."""
    if re.search("mail|username", column, re.IGNORECASE):
        return f"{TEXT.format(number)}@canary.example"
    if re.search("phone|fax", column, re.IGNORECASE):
        return f"+31 6 {DIGITS.format(number)}"
    return f"Ann {TEXT.format(number).title()}"


def found_in(folder: Path, words: Iterable[str], left_out: Iterable[Path] = ()) -> tuple[int, list[str]]:
    """How many files were searched below a folder, and where a canary sings."""
    pattern = re.compile("|".join(words).encode(), re.IGNORECASE)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not set(path.parents) & set(left_out)]
    sings = []
    for path in files:
        for place, content in contents(path):
            if match := pattern.search(content):
                sings.append(f"{path.relative_to(folder)}{place}: {match.group().decode()}")
                break
    return len(files), sings


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file, and what they say where they are packed: Parquet, DuckDB, Dagster's SQLite."""
    raw = path.read_bytes()
    if raw.startswith(b"PAR1"):
        free = FREE_TEXT if "lake" in path.parts else set()
        with duckdb.connect() as conn:
            relation = f"read_parquet('{path}')"
            yield from _cells(conn, relation, free)
            if free & {row[0] for row in conn.execute(f"describe from {relation}").fetchall()}:
                return
    elif raw[8:12] == b"DUCK":
        with duckdb.connect() as conn:
            conn.execute(f"attach '{path}' as file (read_only)")
            tables = conn.execute("select schema_name, table_name from duckdb_tables() where database_name = 'file'")
            for schema, table in tables.fetchall():
                yield from _cells(conn, f'file."{schema}"."{table}"', set())
    elif raw.startswith(b"SQLite format 3"):
        yield from _sqlite_cells(path)
    yield "", raw


def _cells(conn: duckdb.DuckDBPyConnection, relation: str, left_out: set[str]) -> Iterator[tuple[str, bytes]]:
    """One column after the other."""
    for column in (row[0] for row in conn.execute(f"describe from {relation}").fetchall()):
        if column not in left_out:
            [(text,)] = conn.execute(
                f"""select string_agg(distinct cast("{column}" as varchar), chr(10)) from {relation}"""
            ).fetchall()
            yield f" {column}", (text or "").encode()


def _sqlite_cells(path: Path) -> Iterator[tuple[str, bytes]]:
    with sqlite3.connect(path) as conn:
        for (table,) in conn.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in conn.execute(f'select * from "{table}"'):
                for cell in row:
                    yield f" {table}", _unpacked(cell)


def _unpacked(cell: object) -> bytes:
    if not isinstance(cell, bytes):
        return str(cell).encode()
    try:
        return zlib.decompress(cell)
    except zlib.error:
        return cell


def left_out(settings: Settings) -> list[Path]:
    """What holds people by its purpose: the files as they landed, and their originals."""
    return [settings.landing, settings.archive]
