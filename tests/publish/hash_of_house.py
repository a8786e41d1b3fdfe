"""Reads what has landed, builds marts and prints one hash of them, as a candidate has it: run by itself, anywhere."""

import sys
from pathlib import Path

from orchestration.engine.connection import connect
from orchestration.engine.dbt import invoke
from orchestration.ingest.load import ingest
from orchestration.publish.content import combined_hash, content_of
from orchestration.rules import Rules
from orchestration.settings import Settings

TABLES = ("build", "--quiet", "--resource-type", "seed", "--resource-type", "model")


def build_marts(settings: Settings, threads: str, wanted: list[str]) -> None:
    """The wanted marts with all that leads to them, or every table."""
    report = ingest(settings)
    assert [file.path for file in report.files if file.status != "loaded"] == []
    select = ["--select", *(f"+{mart}" for mart in wanted)] if wanted else []
    target = settings.data_dir / "target"
    assert invoke([*TABLES, "--threads", threads, *select], settings, Rules(), target).success


def content_hash(settings: Settings) -> str:
    """One hash of all marts that were built."""
    with connect(settings.warehouse, read_only=True) as conn:
        marts = conn.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
        return combined_hash({mart: content_of(conn, f"marts.{mart}") for (mart,) in marts})


if __name__ == "__main__":
    folder, day, workers, *names = sys.argv[1:]
    here = Settings.model_validate(
        {"data_dir": Path(folder), "as_of": day, "hash_key": "a key for tests only, thirty-two bytes"}
    )
    build_marts(here, workers, names)
    print(content_hash(here))
