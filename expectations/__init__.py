"""What believable data looks like: one suite per published table, as plain data that needs no library to read."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from expectations.believable import Believable

NOT_SUITES = {"__init__", "believable", "validate"}


@lru_cache(maxsize=1)
def suites() -> dict[str, list[Believable]]:
    """Every suite by the table that it speaks of: one module per table."""
    tables = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_SUITES)
    return {table: import_module(f"expectations.{table}").SUITE for table in tables}
