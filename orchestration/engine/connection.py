"""How DuckDB is opened here: two optimizers off that make it wrong, no extension fetched, always UTC."""

import os
import sys
from pathlib import Path

import duckdb

# DuckDB 2.0 doubles or drops rows of a window over several Parquet files with these on (tests/test_engine_canary.py).
DISABLED_OPTIMIZERS = "top_n_window_elimination,late_materialization"
# What docs/connect-bi.md recommends to every reader of the published file; locked afterwards, nobody can take it back.
READERS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


def connect(path: Path | None = None, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a database file, or to memory; use it in a `with` block."""
    connection = duckdb.connect(
        str(path) if path else ":memory:",
        read_only=read_only,
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    connection.execute(f"set disabled_optimizers = '{DISABLED_OPTIMIZERS}'")
    connection.execute("set timezone = 'UTC'")
    return connection


def connect_to_published(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection for whoever asks the published file: it reads that file and nothing else of this machine."""
    connection = duckdb.connect(str(path), read_only=True, config=READERS)
    connection.execute(f"set disabled_optimizers = '{DISABLED_OPTIMIZERS}'")
    connection.execute("set timezone = 'UTC'")
    connection.execute("set lock_configuration = true")
    return connection


def end_quietly() -> None:
    """For atexit: DuckDB's client lists leaked objects, pages of them, on stderr when the interpreter ends."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
