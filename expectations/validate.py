"""Runs every suite on a serving file and on the lake, read-only; an expectation that cannot be computed has failed."""

import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from expectations import suites
from expectations.believable import Believable


class Finding(BaseModel):
    """What one expectation saw."""

    table: str
    name: str
    passed: bool
    observed: str


# GX closes a connection before it fetches, and DuckDB then loses the result: one connection, no pool, no rollback.
ENGINE_OPTIONS: dict[str, Any] = {
    "isolation_level": "AUTOCOMMIT",
    "pool_reset_on_return": None,
    "skip_autocommit_rollback": True,
    "connect_args": {"read_only": True},
}

NO_SAMPLES = {"result_format": "BASIC", "partial_unexpected_count": 0}


def validate(file: Path, lake: Path) -> list[Finding]:
    """Run the suites of published tables on a serving file, and those of landed streams on a file of views."""
    context = _context()
    findings: list[Finding] = []
    for schema, place in (("marts", file), ("landed", lake)):
        chosen = {name: suite for name, suite in suites().items() if name.startswith("landed.") is (schema == "landed")}
        findings += _validate(context, place, schema, chosen)
    return findings


def _validate(context: Any, file: Path, schema: str, chosen: dict[str, list[Believable]]) -> list[Finding]:
    source = context.data_sources.add_sql(schema, connection_string=f"duckdb:///{file}", kwargs=dict(ENGINE_OPTIONS))
    findings: list[Finding] = []
    try:
        for table, suite in chosen.items():
            findings += _run(context, source, schema, table, suite)
    finally:
        # The publish step writes to this file next, and DuckDB lets nobody write while a reader holds it.
        source.get_execution_engine().close()
        source.get_engine().dispose()
    return findings


def _context() -> Any:
    # Great Expectations takes three CPU seconds to import; only a run should pay for it.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    say_where_this_process_began()
    with warnings.catch_warnings():
        # Where pyspark is installed as well, it comments on the version of pandas.
        warnings.simplefilter("ignore")
        import great_expectations as gx

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def say_where_this_process_began() -> None:
    """Give the main module a file: pyspark, which Great Expectations tries, takes one without for a doctest and exits.

    Processes that Dagster's daemon starts, and workers of pytest, have none.
    """
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        main.__file__ = __file__


def _run(context: Any, source: Any, schema: str, table: str, suite: list[Believable]) -> list[Finding]:
    import great_expectations as gx

    try:
        asset = source.add_table_asset(table, table_name=table.rpartition(".")[2], schema_name=schema)
        batch = asset.add_batch_definition_whole_table("all").get_batch()
    except Exception as error:
        # Whatever keeps a suite from running (a table that is not there) fails all of it: nothing passes unseen.
        return [Finding(table=table, name=belief.name, passed=False, observed=_line(error)) for belief in suite]
    expectations = [
        getattr(gx.expectations, belief.kind)(**belief.arguments, meta={"name": belief.name}) for belief in suite
    ]
    outcome = batch.validate(gx.ExpectationSuite(name=table, expectations=expectations), result_format=NO_SAMPLES)
    return [_finding(table, result) for result in outcome.results]


def _finding(table: str, result: Any) -> Finding:
    """Numbers only: values of rows never leave the file."""
    name = result.expectation_config.meta["name"]
    # One failed metric gives {"exception_message": …}, several give a dict of those.
    raised = result.exception_info or {}
    messages = [raised] if "raised_exception" in raised else list(raised.values())
    errors = [
        str(one["exception_message"]) for one in messages if isinstance(one, dict) and one.get("raised_exception")
    ]
    if errors:
        return Finding(table=table, name=name, passed=False, observed=f"could not be computed: {_line(errors[0])}")
    content = result.result
    unexpected = content.get("unexpected_count")
    if unexpected is not None:
        return Finding(
            table=table,
            name=name,
            passed=bool(result.success),
            observed=f"{unexpected} of {content['element_count']} rows outside" if unexpected else "no row outside",
        )
    return Finding(table=table, name=name, passed=bool(result.success), observed=f"{content.get('observed_value')}")


def _line(error: object) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
