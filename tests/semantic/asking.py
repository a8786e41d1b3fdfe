"""MetricFlow in this process: it writes the SQL, and a read-only connection of ours runs it.

The engine has no documented interface, so that only this module knows it; its version is pinned.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator
from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

DATABASE = re.compile(r'\\"\w+\\"\.\\"marts\\"')
Rows = list[tuple[Any, ...]]


class Dialect:
    """What MetricFlow asks of a client that only has to name its SQL; it never runs any."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()

    def render_bind_parameter_key(self, bind_parameter_key: str) -> str:
        return f"${bind_parameter_key}"

    def close(self) -> None:
        """There is nothing to close."""


def problems(semantic_manifest: str) -> list[str]:
    """What MetricFlow's own validation (`mf validate-configs`) finds wrong."""
    found = SemanticManifestValidator().validate_semantic_manifest(read(semantic_manifest))
    return [issue.message for issue in found.all_issues]


def read(semantic_manifest: str) -> PydanticSemanticManifest:
    """What dbt wrote, with the schema alone: dbt names its working database, and the published file has another."""
    return parse_manifest_from_dbt_generated_manifest(DATABASE.sub(r"\"marts\"", semantic_manifest))


class Metrics:
    """Metrics of a semantic manifest, asked of a published file."""

    def __init__(self, semantic_manifest: str, serving: Path) -> None:
        self._engine = MetricFlowEngine(SemanticManifestLookup(read(semantic_manifest)), Dialect())  # type: ignore[arg-type]
        self._conn = duckdb.connect(str(serving), read_only=True)

    def sql(self, metric: str, group_by: Sequence[str] = ()) -> str:
        """What MetricFlow would run."""
        request = MetricFlowQueryRequest.create(metric_names=[metric], group_by_names=list(group_by))
        return self._engine.explain(request).sql_statement.sql

    def ask(self, metric: str, group_by: Sequence[str] = ()) -> Rows:
        """Rows of the metric: what it is grouped by, in that order, then its value."""
        found = self._conn.execute(self.sql(metric, group_by))
        columns = [column[0] for column in found.description or []]
        places = [columns.index(name) for name in (*group_by, metric)]
        return [tuple(row[place] for place in places) for row in found.fetchall()]
