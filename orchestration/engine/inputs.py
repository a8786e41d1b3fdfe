"""What a build is made of, written down for dbt: with it a build finds what is new since the last one that ended."""

import csv
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from orchestration.engine.project import project_files
from orchestration.rules import Rules
from orchestration.settings import DBT_PROJECT_DIR, Settings

COLUMNS = ("kind", "name", "stamp")
LIBRARIES = ("duckdb", "dbt-core", "dbt-duckdb")
# Written anew whenever a file is loaded: its stream changes, none of its files went away.
REWRITTEN = "duet/exports"


def inputs_file(settings: Settings) -> Path:
    """Where the macros find it (dbt_project/macros/changes.sql)."""
    return settings.state / "build_inputs.csv"


def note_inputs(settings: Settings, rules: Rules) -> None:
    """Note the parts of the lake, the rules with engine and code, and the day; call it before every build."""
    path = inputs_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerow(("as_of", "as_of", settings.as_of_date(rules.reporting_timezone).isoformat()))
        writer.writerow(("rules", "rules", _rules_hash(settings, rules)))
        writer.writerows(_parts(settings.lake))


def rules_stamp(settings: Settings) -> str | None:
    """The rules, models and libraries of the build at hand, as noted before it; None where nothing was noted."""
    try:
        with inputs_file(settings).open(newline="", encoding="utf-8") as file:
            return next((row["stamp"] for row in csv.DictReader(file) if row["kind"] == "rules"), None)
    except FileNotFoundError:
        return None


def _parts(lake: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(lake.glob("*/*/*.parquet")):
        stat = path.stat()
        stream = path.parent.relative_to(lake).as_posix()
        kind = "rewritten" if stream == REWRITTEN else "part"
        yield kind, f"{stream}/{path.stem}", f"{stat.st_size}/{stat.st_mtime_ns}"


def _rules_hash(settings: Settings, rules: Rules) -> str:
    parts = [
        rules.model_dump_json(),
        settings.engine,
        str(settings.lake),
        *(f"{name}=={version(name)}" for name in LIBRARIES),
    ]
    for path in project_files():
        name = path.relative_to(DBT_PROJECT_DIR).as_posix()
        parts.append(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
