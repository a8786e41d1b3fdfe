"""The candidate: the marts of this build in the file that BI tools will open, not yet certified."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
from pydantic import BaseModel

from orchestration import durable
from orchestration.engine.connection import connect
from orchestration.publish.build import Build, Mart, NoBuild, read_build, warehouse_state
from orchestration.publish.content import TableContent, combined_hash, content_of
from orchestration.publish.fingerprint import fingerprint
from orchestration.rules import Rules
from orchestration.settings import Settings

SERVING = "kpi_serving.duckdb"
# BI tools embed DuckDB 1.x; files of this storage version open from 1.0 on.
STORAGE_VERSION = "v1.0.0"


class Candidate(BaseModel):
    """What lies in the candidate folder."""

    run: str
    fingerprint: str
    as_of: date
    engine: str
    built_at: datetime
    tables: dict[str, TableContent]

    @property
    def content_hash(self) -> str:
        """One hash for all marts."""
        return combined_hash(self.tables)


def candidate_folder(settings: Settings) -> Path:
    """Where the candidate waits for its audit."""
    return settings.published / ".candidate"


def build_candidate(settings: Settings, rules: Rules) -> Candidate:
    """Copy the marts of the last build into a fresh candidate."""
    build = read_build(settings)
    if build.warehouse_state != warehouse_state(settings):
        raise NoBuild("the working tables changed after they were tested; run `duet refresh`")
    folder = candidate_folder(settings)
    durable.remove_tree(folder)
    (folder / "parquet").mkdir(parents=True)
    candidate = Candidate(
        run=build.run,
        fingerprint=fingerprint(settings, rules),
        as_of=settings.as_of_date(rules.reporting_timezone),
        engine=settings.engine,
        built_at=datetime.now(UTC),
        tables=_copy_marts(settings, build, folder),
    )
    durable.write_model(folder / "candidate.json", candidate)
    return candidate


def read_candidate(settings: Settings) -> Candidate:
    """The candidate that waits; NoBuild when there is none."""
    path = candidate_folder(settings) / "candidate.json"
    if not path.exists():
        raise NoBuild(f"{path}: no candidate; run `duet refresh`")
    return Candidate.model_validate(json.loads(path.read_bytes()))


def open_serving(conn: duckdb.DuckDBPyConnection, file: Path, read_only: bool = False) -> None:
    """Attach a serving file as `serving`."""
    mode = "read_only" if read_only else f"storage_version '{STORAGE_VERSION}'"
    conn.execute(f"attach '{_quoted(file)}' as serving ({mode})")


def write_parquet(conn: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    """Write a table of the serving file to Parquet, rows in a fixed order."""
    target = folder / "parquet" / f"{table}.parquet"
    conn.execute(
        f"copy (from serving.marts.{table} order by all) to '{_quoted(target)}' (format parquet, compression zstd)"
    )


def hash_again(folder: Path, tables: list[str]) -> dict[str, TableContent]:
    """Rows and hashes as they are on disk now; a table whose two files differ, or cannot be read, has no hash."""
    found = {}
    for table in tables:
        try:
            with connect() as conn:
                open_serving(conn, folder / SERVING, read_only=True)
                served = content_of(conn, f"serving.marts.{table}")
                parquet = content_of(conn, f"read_parquet('{_quoted(folder / 'parquet' / f'{table}.parquet')}')")
        except duckdb.Error as error:
            served, parquet = TableContent(rows=0, content_hash=f"unreadable: {error}"), None
        found[table] = served if parquet in (None, served) else TableContent(rows=0, content_hash="two files differ")
    return found


def _copy_marts(settings: Settings, build: Build, folder: Path) -> dict[str, TableContent]:
    with connect() as conn:
        open_serving(conn, folder / SERVING)
        conn.execute("create schema serving.marts")
        if settings.engine == "duckdb":
            conn.execute(f"attach '{_quoted(settings.warehouse)}' as warehouse (read_only)")
        tables = {}
        for mart in build.marts():
            _copy_mart(conn, settings, mart)
            write_parquet(conn, mart.name, folder)
            tables[mart.name] = content_of(conn, f"serving.marts.{mart.name}")
        conn.execute("detach serving")
    return tables


def _copy_mart(conn: duckdb.DuckDBPyConnection, settings: Settings, mart: Mart) -> None:
    """Cast to the contract's types, so that both engines give the same file."""
    columns = ", ".join(
        f'cast("{name}" as {"varchar" if kind == "string" else kind}) as "{name}"'
        for name, kind in mart.columns.items()
    )
    place = f"warehouse.marts.{mart.name}"
    if settings.engine == "spark":
        place = f"read_parquet('{_quoted(settings.state / 'spark' / mart.name / '*.parquet')}')"
    conn.execute(f"create table serving.marts.{mart.name} as select {columns} from {place} order by all")
    comments = {f"table serving.marts.{mart.name}": mart.description} | {
        f'column serving.marts.{mart.name}."{name}"': comment for name, comment in mart.comments.items()
    }
    for place, comment in comments.items():
        conn.execute(f"comment on {place} is '{_quoted(comment.strip())}'")


def _quoted(text: Path | str) -> str:
    return str(text).replace("'", "''")
