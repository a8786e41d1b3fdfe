"""What each export looks like and what the lake promises: the files in sources/, validated."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from orchestration.settings import SOURCES_DIR

ColumnType = Literal["text", "key", "key_list", "date", "timestamp", "money", "number", "count", "boolean"]

LAKE_TYPES: dict[ColumnType, str] = {
    "text": "varchar",
    "key": "varchar",
    "key_list": "varchar",
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


class Column(BaseModel):
    """One typed column of a stream."""

    model_config = ConfigDict(extra="forbid")

    type: ColumnType
    description: str
    namespace: str | None = None


class Stream(BaseModel):
    """One table of the lake: its grain, its schema and how a newer export replaces an older one."""

    model_config = ConfigDict(extra="forbid")

    description: str
    kind: Literal["window", "snapshot", "event", "document"]
    columns: dict[str, Column]
    partition: list[str] = []
    day: str | None = None
    key: list[str] = []
    version: str | None = None

    def lake_schema(self) -> dict[str, str]:
        """Column names and DuckDB types of every part, in order."""
        return {name: LAKE_TYPES[column.type] for name, column in self.columns.items()} | LINEAGE_COLUMNS


class Source(BaseModel):
    """One system that people export from."""

    model_config = ConfigDict(extra="forbid")

    source: str
    title: str
    streams: dict[str, Stream]


@lru_cache(maxsize=4)
def load_sources(folder: Path = SOURCES_DIR) -> dict[str, Source]:
    """Every source that Duet can read, by name."""
    sources = (Source.model_validate(yaml.safe_load(path.read_text())) for path in sorted(folder.glob("*.yml")))
    return {source.source: source for source in sources}
