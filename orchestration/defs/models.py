"""The dbt project: one asset per model and seed, one asset check per test."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets
from packaging.version import Version

from orchestration.defs.columns import column_metadata
from orchestration.defs.locking import RunLock
from orchestration.engine.dbt import dbt_environment, dbt_variables, prepare_build
from orchestration.engine.lineage import read_lineage
from orchestration.engine.manifest import load_manifest, reuse_parse
from orchestration.engine.process import end_orphan, known_child
from orchestration.publish.build import begin_build, dbt_targets, keep_build
from orchestration.publish.checks import fact_of
from orchestration.publish.unit_tests import WITHOUT, kept_results
from orchestration.rules import load_rules
from orchestration.settings import DBT_PROJECT_DIR, get_settings

LINEAGE = read_lineage(get_settings())
MANIFEST = load_manifest(get_settings(), load_rules(get_settings().config))
# The environment's own dbt, whether or not its folder is on PATH.
DBT = Path(sys.executable).with_name("dbt")


def teams(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """The teams that tests name as owners of what a table says, by table."""
    found: dict[str, set[str]] = {}
    for node in manifest["nodes"].values():
        owner = (node["config"].get("meta") or {}).get("owner", "")
        tables = node["depends_on"]["nodes"] if node["resource_type"] == "test" and owner else []
        for table in tables:
            found.setdefault(table, set()).update(map(_team, owner.split(" and ")))
    return {table: sorted(names - {"team:analytics"}) for table, names in found.items()}


def _team(owner: str) -> str:
    return f"team:{owner.strip().removesuffix(' team').replace(' ', '_')}"


TEAMS = teams(MANIFEST)


class Translator(DagsterDbtTranslator):
    """Groups by layer; a check carries its fact in words."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """staging, intermediate, marts or seeds."""
        return str(dbt_resource_props["schema"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str]:
        """Who answers for a table: analytics, and the teams that the identities on it name."""
        return ["team:analytics", *TEAMS.get(dbt_resource_props["unique_id"], [])]

    def get_tags(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, str]:
        """Its layer, and its subject: the folder that it stands in."""
        layer, subject = str(dbt_resource_props["schema"]), dbt_resource_props["fqn"][-2]
        return {"layer": layer} | ({"subject": subject} if subject not in (layer, "duet") else {})

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        """Its columns, each with what it is and which columns it is made of."""
        told = dict(super().get_metadata(dbt_resource_props))
        origins = LINEAGE.get(dbt_resource_props["unique_id"])
        return told | (column_metadata(dbt_resource_props, origins) if origins else {})

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        """dbt's test, described by the fact that must hold."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec and spec._replace(description=fact_of(manifest["nodes"][unique_id]))


class Dbt(DbtCliResource):
    """dbt without two starts of dbt that are for others: to print its version, and to count rows of tables."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        return None


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=Translator(), name="models")
def models(context: dg.AssetExecutionContext, dbt: Dbt, run_lock: RunLock) -> Iterator[Any]:
    """Build and test everything; what dbt found is kept for the audit, also when it failed."""
    settings = get_settings()
    os.environ.update(dbt_environment(settings))
    child = settings.state / "dbt_process.json"
    end_orphan(child)
    begin_build(settings)
    rules = load_rules(settings.config)
    prepare_build(settings, rules)
    target = dbt_targets(settings) / context.run_id
    reuse_parse(target, settings, rules)
    variables = json.dumps(dbt_variables(settings, rules))
    asked = WITHOUT if kept_results(settings) else ()
    build = ["build", "--target", settings.engine, "--vars", variables, *asked]
    try:
        invocation = dbt.cli(build, context=context, target_path=target)
        with known_child(child, invocation.process.pid):
            yield from invocation.stream()
    finally:
        keep_build(settings, context.run_id, target)


@dg.definitions
def defs() -> dg.Definitions:
    """The models and the dbt that builds them."""
    dbt = Dbt(
        project_dir=os.fspath(DBT_PROJECT_DIR), profiles_dir=os.fspath(DBT_PROJECT_DIR), dbt_executable=os.fspath(DBT)
    )
    return dg.Definitions(assets=[models], resources={"dbt": dbt})
