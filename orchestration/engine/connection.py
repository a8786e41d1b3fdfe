"""How DuckDB is opened here: two optimizers off that make it wrong, no extension fetched, always UTC."""

import os
import sys
from pathlib import Path

import duckdb

# DuckDB 2.0 doubles or drops rows of a window over several Parquet files with these on (tests/test_engine_canary.py).
DISABLED_OPTIMIZERS = "top_n_window_elimination,late_materialization"


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


def end_quietly() -> None:
    """For atexit: DuckDB's client lists leaked objects, pages of them, on stderr when the interpreter ends."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
