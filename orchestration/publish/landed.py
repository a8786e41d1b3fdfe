"""The lake as views in a scratch file, so that what speaks SQL to a database can look at streams as they landed."""

import glob
from pathlib import Path

from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.settings import Settings

# Streams that several sources deliver in one form are one view; every other stream is named <source>_<stream>.
SHARED = ("campaign_days",)


def lake_views(settings: Settings) -> Path:
    """Write the file anew; its schema is `landed`."""
    file = settings.state / "lake.duckdb"
    file.unlink(missing_ok=True)
    with connect(file) as conn:
        conn.execute("create schema landed")
        for name, streams in _views().items():
            parts = " union all by name ".join(
                f"select '{source}' as source, * from read_parquet('{_parts(settings, source, stream)}', "
                "union_by_name = true)"
                for source, stream in streams
            )
            conn.execute(f"create view landed.{name} as {parts}")
    return file


def _views() -> dict[str, list[tuple[str, str]]]:
    views: dict[str, list[tuple[str, str]]] = {}
    for source in load_sources().values():
        for stream in source.streams:
            name = stream if stream in SHARED else f"{source.source}_{stream}"
            views.setdefault(name, []).append((source.source, stream))
    return views


def _parts(settings: Settings, source: str, stream: str) -> str:
    return f"{glob.escape(str(settings.lake / source / stream))}/*.parquet".replace("'", "''")
