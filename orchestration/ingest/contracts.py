"""What each export looks like and what the lake promises: the files in sources/, validated."""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from orchestration.ingest.urls import kept_parameters
from orchestration.settings import SOURCES_DIR

ColumnType = Literal["text", "key", "key_list", "stamps", "date", "timestamp", "money", "number", "count", "boolean"]

# What the lines around a table say: the days that it covers, when it was made, a checksum, whose figures they are.
Fact = Literal[
    "window_start",
    "window_end",
    "exported_at",
    "rows",
    "account_id",
    "account_name",
    "incomplete",
    "currency",
]

LAKE_TYPES: dict[ColumnType, str] = {
    "text": "varchar",
    "key": "varchar",
    "key_list": "varchar",
    "stamps": "varchar",
    "date": "date",
    "timestamp": "timestamp",
    "money": "decimal(24, 8)",
    "number": "decimal(24, 8)",
    "count": "bigint",
    "boolean": "boolean",
}

# Every part carries where its rows come from; exported_at decides which export is the newest.
LINEAGE_COLUMNS: dict[str, str] = {
    "file_id": "varchar",
    "file_row": "bigint",
    "exported_at": "timestamp",
    "extra": "varchar",
}

# Raise it when the reader reads the same bytes differently: every archived file is read again.
READER_VERSION = 3

SHAPES = "shapes.yml"  # streams that several sources deliver in the same form


class _Contract(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Column(_Contract):
    """One typed column of a stream."""

    type: ColumnType
    description: str
    namespace: str | None = None


class Stream(_Contract):
    """One table of the lake: its grain, its schema and how a newer export replaces an older one."""

    description: str
    kind: Literal["window", "period", "snapshot", "event", "document", "derived"]
    columns: dict[str, Column]
    partition: list[str] = []
    day: str | None = None
    key: list[str] = []
    version: str | None = None

    def lake_schema(self) -> dict[str, str]:
        """Column names and DuckDB types of every part, in order."""
        columns = {name: LAKE_TYPES[column.type] for name, column in self.columns.items()}
        return columns if self.kind == "derived" else columns | LINEAGE_COLUMNS


class Binding(_Contract):
    """Where an export keeps one column of the stream, and how its text is read."""

    headers: list[str] = []  # the first is the English one; "{currency}" in a header names the money of the column
    matching: list[str] = []  # headers of a column of stamps, as patterns whose group `name` says whose time it is
    required: bool = False  # the header must be there
    filled: bool = False  # and every row must have a value
    rule: (
        Literal[
            "id",
            "account_id",
            "salesforce_id",
            "urn",
            "currency",
            "lower",
            "micros",
            "minor_units",
            "rounded",
            "month",
            "local_midnight",
            "epoch_ms",
            "epoch_us",
            "first_of_list",
            "owner",
            "page_url",
            "url_host",
        ]
        | None
    ) = None
    default: str | None = None  # the value where the header is absent
    fact: Fact | None = None  # … or what a line around the table says, such as window_start
    blank: bool | None = None  # what an empty boolean cell means
    same_as: list[str] = []  # a column that must hold the same text, where the export has it
    where: dict[str, list[str]] = {}  # read only in rows whose other column holds one of these words; globs
    remedy: str | None = None


class Totals(_Contract):
    """How an export prints its own totals, and which figures must equal the rows."""

    labels: list[str] = []  # words that stand before a colon in the first cell of a total row
    words: list[str] = []  # … or expressions that its whole first cell matches; a group `rows` counts the rows
    partial: list[str] = []  # … of rows that add up a part of the file: set aside and not compared
    window: list[list[str]] = []  # headers under which a total row says the first and the last day that it covers
    blank: list[str] = []  # columns that are empty in a total row
    checked: list[str] = []  # what may stand after the colon where the figures must equal the rows; none: every total
    compared: list[str] = []  # … where a difference is worth a note: the export shows a part of the account
    exact: list[str] = []  # columns whose total is a plain sum
    rounded: list[str] = []  # columns whose rows are rounded to cents


class Mark(_Contract):
    """A line before or behind the table; its named groups are facts of the file."""

    matches: str  # a regular expression that the whole line must match
    required: bool = False  # without this line it is not this export
    refuses: bool = False  # with this line it is another one

    @model_validator(mode="after")
    def _groups_are_facts(self) -> "Mark":
        if strangers := set(re.compile(self.matches).groupindex) - set(get_args(Fact)):
            raise ValueError(f"{self.matches}: no such fact {sorted(strangers)}")
        return self


class When(_Contract):
    """What the first rows must show where two formats have the same headers."""

    same: list[list[str]] = []  # two sets of headers whose cells are equal in every row
    differ: list[list[str]] = []  # … whose cells differ in some row
    coarse: list[str] = []  # headers of a day that is the first of the declared window in all rows: each is its total


class Format(_Contract):
    """One dialect of an export: the header cells it is known by and the column each one feeds."""

    stream: str
    title: str
    columns: dict[str, Binding]
    identified_by: list[list[str]] = []  # any of these sets of columns makes it this export, even a broken one
    without: list[str] = []  # headers that make it another export
    doubled: list[str] = []  # headers that it is known to print twice; nothing may read them
    refused: str | None = None  # why it is known and not read, and what to export instead
    having: list[str] = []  # headers of which it has at least one
    ignore: list[str] = []  # headers that are known and not used; globs
    dimensions: dict[str, dict[str, list[str]]] = {}  # column -> dimension -> headers; the names found are its value
    breakdown: dict[str, list[str]] = {}  # dimension -> headers; of an ad report below account, campaign and day
    preamble: list[Mark] = []
    footer: list[Mark] = []
    without_header: bool = False  # the preamble alone is an export of no rows
    when: When | None = None
    unique: list[str] = []  # columns that tell the rows of one export apart
    languages: list[str] = []  # whose month names may stand in dates (CLDR codes)
    nulls: list[str] = []  # what stands for nothing beside an empty cell
    decimal: Literal[".", ","] | None = None  # None: told from the figures of the file
    dates: list[str] = []  # formats beside ISO 8601
    dates_beside_comma: list[str] = []  # … where decimals have a comma: nobody who writes 1,5 puts the month first
    timezone: Literal["reporting", "UTC"] = "reporting"  # of timestamps without an offset
    weight: str | None = None  # the money by which rejected rows are weighed
    known_share: float = 0.0  # the least share of headers that must be known
    totals: Totals | None = None

    def required(self) -> list[str]:
        """Columns whose header must be there."""
        return [name for name, binding in self.columns.items() if binding.required]


class Source(_Contract):
    """One system that people export from."""

    source: str
    title: str
    streams: dict[str, Stream]
    formats: dict[str, Format] = {}

    @model_validator(mode="after")
    def _formats_speak_of_streams(self) -> "Source":
        for name, form in self.formats.items():
            if form.stream not in self.streams:
                raise ValueError(f"format {name}: no stream {form.stream!r}")
            columns = set(self.streams[form.stream].columns)
            named = {column for columns_ in form.identified_by for column in columns_}
            named |= {column for binding in form.columns.values() for column in binding.where}
            unknown = (set(form.columns) | set(form.dimensions) | set(form.unique) | named) - columns
            if unknown:
                raise ValueError(f"format {name}: stream {form.stream} has no column {sorted(unknown)}")
            if read := {header for binding in form.columns.values() for header in binding.headers} & set(form.doubled):
                raise ValueError(f"format {name}: {sorted(read)} stands twice, so nobody knows which to read")
        return self

    def fingerprint(self, format_name: str, reading: dict[str, Any]) -> str:
        """Changes when the same bytes would be read differently: other contract, other reader, other circumstances."""
        form = self.formats[format_name]
        stream = self.streams[form.stream].model_dump(exclude={"description"})
        content = [READER_VERSION, form.model_dump(), stream, reading]
        if any(binding.rule == "page_url" for binding in form.columns.values()):
            content.append(kept_parameters())
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@lru_cache(maxsize=4)
def load_sources(folder: Path = SOURCES_DIR) -> dict[str, Source]:
    """Every source that Duet can read, by name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same grammar, ten times faster where it is built in
    contents = {path.name: yaml.load(path.read_bytes(), Loader=loader) for path in sorted(folder.glob("*.yml"))}
    shapes = contents.pop(SHAPES, {})
    sources = (Source.model_validate(_shaped(content, shapes)) for content in contents.values())
    return {source.source: source for source in sources}


def _shaped(content: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    """A source whose streams have the columns of their shape; a stream may say other words, and add columns."""
    streams = {
        name: _completed(shapes[stream["shape"]], stream) if "shape" in stream else stream
        for name, stream in content["streams"].items()
    }
    return content | {"streams": streams}


def _completed(shape: dict[str, Any], stream: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in stream.items() if key != "shape"}
    return shape | own | {"columns": shape["columns"] | own.get("columns", {})}
