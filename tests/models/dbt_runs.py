"""Runs dbt in a test: the project is read once a process, and every run takes a copy of what was read."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from orchestration.engine.dbt import invoke
from orchestration.engine.manifest import PARTIAL, load_manifest, parsed
from orchestration.rules import Rules, load_rules
from orchestration.settings import ROOT, Settings

# Unit tests say the same over every lake, and keys and nulls are looked at where everything is built: one build with
# them is enough. Identities need all their tables.
FIGURES = (
    "build", "--quiet", "--exclude-resource-type", "unit_test", "--exclude", "test_type:generic",
    "--indirect-selection", "cautious", "--select",
)  # fmt: skip


class House(NamedTuple):
    """A built warehouse, and the SQL of the checks that it was built with."""

    settings: Settings
    checks: dict[str, str]


def dbt(command: Sequence[str], settings: Settings, rules: Rules | None = None) -> Any:
    """The result of a command over the lake of these settings."""
    read, read_for = _project()
    project = read.deepcopy()
    for source in project.sources.values():
        place = source.config.meta["external_location"].replace(read_for, str(settings.lake))
        source.config.meta = source.meta = {**source.config.meta, "external_location": place}
    # What dbt says and writes of a build is for those who look at it afterwards, and costs as much as a small build.
    unrecorded = [*command, "--no-write-json", "--log-level", "none", "--log-level-file", "none"]
    return invoke(unrecorded, settings, rules or Rules(), settings.data_dir / "target", project)


def read_manifest() -> dict[str, Any]:
    """What dbt says of the project."""
    return load_manifest(Settings(), load_rules(ROOT / "duet.yml"))


def build_up_to(settings: Settings, *tables: str, rules: Rules | None = None) -> Path:
    """The warehouse of some tables and of all that leads to them, with every identity that they can answer."""
    return build(settings, [*FIGURES, *(f"+{table}" for table in tables)], rules)


def build(settings: Settings, command: Sequence[str] = ("build", "--quiet"), rules: Rules | None = None) -> Path:
    """The warehouse of a build in which nothing failed."""
    result = dbt(command, settings, rules)
    assert result.success, [(one.node.name, one.message) for one in result.result if one.status in ("error", "fail")]
    return settings.warehouse


def build_checked(
    settings: Settings, tables: Sequence[str], checks: Sequence[str], rules: Rules | None = None
) -> dict[str, str]:
    """Build some tables and all that leads to them, run these checks and no others; returns the SQL of each check."""
    command = ["build", "--quiet", "--indirect-selection", "empty", "--select"]
    outcome = dbt([*command, *(f"+{table}" for table in tables), *checks], settings, rules)
    wrong = [(one.node.name, one.message) for one in outcome.result or [] if one.status in ("error", "fail")]
    assert outcome.success, wrong or outcome.exception
    return {one.node.name: one.node.compiled_code for one in outcome.result if one.node.name in checks}


def found(settings: Settings, check: str, *statements: str) -> list[tuple[Any, ...]]:
    """Rows that a check finds once these statements have spoilt the warehouse, which stays as it was."""
    with duckdb.connect(str(settings.warehouse)) as conn:
        conn.execute("begin")
        for statement in statements:
            conn.execute(statement)
        rows = conn.execute(check).fetchall()
        conn.execute("rollback")
    return rows


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows in one order, with figures that can be written down by hand."""
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        rows = conn.execute(f"select * from ({sql}) order by all").fetchall()
    return [tuple(float(value) if isinstance(value, Decimal) else value for value in row) for row in rows]


def key_number(key: str) -> int:
    """The number that stands for a key; a person has the smallest one of its records."""
    return int.from_bytes(hashlib.md5(key.encode()).digest()[8:], "little") >> 4


@cache
def _project() -> tuple[Any, str]:
    """What dbt makes of the project, read at most once on this machine, and the lake that it was read for."""
    from dbt.contracts.graph.manifest import Manifest

    settings = Settings(engine="duckdb")
    load_manifest(settings, load_rules(ROOT / "duet.yml"))
    project = Manifest.from_msgpack((parsed(settings) / PARTIAL).read_bytes())
    place = project.sources["source.duet.duet.exports"].config.meta["external_location"]
    return project, place.removeprefix("read_parquet('").partition("/duet/{name}/")[0]
