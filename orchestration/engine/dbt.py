"""How dbt is called: its profile, its variables and the paths that it shares with the rest of the house."""

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.engine.inputs import inputs_file, note_inputs
from orchestration.rules import Rules, load_rules
from orchestration.settings import DBT_PROJECT_DIR, Settings, get_settings


def dbt_environment(settings: Settings) -> dict[str, str]:
    """The variables that profiles.yml and the sources read, so that every tool means the same files."""
    return {
        "DUET_ENGINE": settings.engine,
        "DUET_LAKE": str(settings.lake),
        "DUET_WAREHOUSE": str(settings.warehouse),
        "DUET_SPARK_DIR": str(settings.state / "spark"),
        "DUET_TEMP_DIR": str(settings.state / "temp"),
        "DUET_BUILD_INPUTS": str(inputs_file(settings)),
        "DBT_PROFILES_DIR": str(DBT_PROJECT_DIR),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "DBT_LOG_LEVEL_FILE": "info",
        # No folder: metrics cost every command a twentieth. `semantic` is for dbt docs and `mf`.
        "DUET_SEMANTIC_PATH": os.environ.get("DUET_SEMANTIC_PATH", "none"),
        # The same order of tests before models, with fewer edges to walk.
        "DBT_USE_FAST_TEST_EDGES": "true",
    }


def dbt_variables(settings: Settings, rules: Rules) -> dict[str, Any]:
    """duet.yml as dbt vars, and the day that the run speaks of."""
    as_of = settings.as_of_date(rules.reporting_timezone)
    return rules.model_dump(mode="json") | {"as_of": as_of.isoformat()}


def dbt_arguments(command: Sequence[str], settings: Settings, rules: Rules) -> list[str]:
    """A dbt command line with the target, the paths and the variables of this run."""
    return [
        *command,
        "--project-dir", str(DBT_PROJECT_DIR),
        "--profiles-dir", str(DBT_PROJECT_DIR),
        "--target", settings.engine,
        "--vars", json.dumps(dbt_variables(settings, rules)),
    ]  # fmt: skip


def prepare_build(settings: Settings, rules: Rules) -> None:
    """Note what this build is made of, and clear what an earlier one left on Spark; call it under the run's lock."""
    note_inputs(settings, rules)
    if settings.engine == "spark":
        shutil.rmtree(settings.state / "spark", ignore_errors=True)
    log = settings.warehouse.with_name(f"{settings.warehouse.name}.wal")
    if log.exists():
        # A run was killed. A log that is damaged loses rows in silence, and every table is built again from the lake.
        settings.warehouse.unlink(missing_ok=True)
        log.unlink()


def invoke(
    command: Sequence[str], settings: Settings, rules: Rules, target_path: Path | None = None, project: Any = None
) -> Any:
    """Run dbt in this process and return its result; for tests and for `python -m orchestration.engine.dbt build`.

    A project that dbt has read before, the result of `parse`, is not read again.
    """
    # dbt takes 1.5 CPU seconds to import; only a run should pay for it.
    from dbt.cli.main import dbtRunner

    os.environ.update(dbt_environment(settings))
    arguments = dbt_arguments(command, settings, rules)
    if target_path is not None:
        arguments += ["--target-path", str(target_path)]
    note_inputs(settings, rules)
    try:
        return dbtRunner(project).invoke(arguments)
    finally:
        release_warehouse()


def release_warehouse() -> None:
    """Close the database that dbt keeps open for the life of a process, so that others can open it."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager._ENV = None


if __name__ == "__main__":
    rules = load_rules(get_settings().config)
    prepare_build(get_settings(), rules)
    outcome = invoke(sys.argv[1:], get_settings(), rules)
    sys.exit(0 if outcome.success else 1)
