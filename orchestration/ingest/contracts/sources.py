"""What each export looks like and what the lake promises: the files in sources/, validated."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, model_validator

from orchestration.ingest.contracts.click_ids import kept_parameters
from orchestration.ingest.contracts.formats import Format, Words
from orchestration.settings import SOURCES_DIR

ColumnType = Literal["text", "key", "key_list", "stamps", "date", "timestamp", "money", "number", "count", "boolean"]

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

SHARED = "shared"  # what formats of one source repeat, written once for YAML to copy
SHAPES = "shapes.yml"  # streams that several sources deliver in the same form


class Column(Words):
    """One typed column of a stream."""

    type: ColumnType
    description: str
    namespace: str | None = None


class Stream(Words):
    """One table of the lake: its grain, its schema and how a newer export replaces an older one."""

    description: str
    kind: Literal["window", "period", "snapshot", "event", "document", "derived"]
    columns: dict[str, Column]
    partition: list[str] = Field(default_factory=list)
    day: str | None = None
    key: list[str] = Field(default_factory=list)
    version: str | None = None

    def lake_schema(self) -> dict[str, str]:
        """Column names and DuckDB types of every part, in order."""
        columns = {name: LAKE_TYPES[column.type] for name, column in self.columns.items()}
        return columns if self.kind == "derived" else columns | LINEAGE_COLUMNS


class Source(Words):
    """One system that people export from."""

    source: str
    title: str
    streams: dict[str, Stream]
    formats: dict[str, Format] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _formats_speak_of_streams(self) -> "Source":
        for name, form in self.formats.items():
            if form.stream not in self.streams:
                raise ValueError(f"format {name}: no stream {form.stream!r}")
            columns = set(self.streams[form.stream].columns)
            named = {column for columns_ in form.identified_by for column in columns_}
            named |= {column for binding in form.columns.values() for column in binding.where}
            unknown = (set(form.columns) | set(form.unique) | named) - columns
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
    return {key: value for key, value in content.items() if key != SHARED} | {"streams": streams}


def _completed(shape: dict[str, Any], stream: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in stream.items() if key != "shape"}
    return shape | own | {"columns": shape["columns"] | own.get("columns", {})}
