"""What believable data looks like: one suite per published table or landed stream, as data that needs no library."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from expectations.believable import Believable

NOT_SUITES = {"__init__", "believable", "validate"}


@lru_cache(maxsize=1)
def suites() -> dict[str, list[Believable]]:
    """Every suite by what it speaks of: a published table, or `landed.` and a view of the lake; one module each."""
    folder = Path(__file__).parent
    tables = sorted(path.stem for path in folder.glob("*.py") if path.stem not in NOT_SUITES)
    landed = sorted(path.stem for path in (folder / "landed").glob("*.py") if path.stem not in NOT_SUITES)
    modules = [*tables, *(f"landed.{name}" for name in landed)]
    return {name: import_module(f"expectations.{name}").SUITE for name in modules}
