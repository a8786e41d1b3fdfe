"""What Dagster shows: sources, lake, models, checks, published version; and that nothing goes online unchecked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml

from expectations import suites
from orchestration.definitions import defs as load
from orchestration.defs import publishing
from orchestration.defs.locking import RunLock
from orchestration.defs.publishing import check_of
from orchestration.engine.manifest import TARGET
from orchestration.ingest.contracts.sources import load_sources
from orchestration.publish.version import versions
from orchestration.run.job import prepare_dagster_home
from orchestration.settings import ROOT, get_settings
from tests.publish.small_build import SUITES, build

PUBLISHED = dg.AssetKey("published_version")
# Streams that are read and staged before the KPIs that need them exist: tests of campaigns, a shop's own visits. Who
# uses one takes it off this list.
AWAITED = {
    "hubspot": {"company_property_history", "deal_pipelines", "engagement_deals"},
    "shopify": {"order_attributes", "visits"},
    "template": {"campaign_tests"},
}  # fmt: skip


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.Definitions]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUET_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        patch.setenv("DUET_AS_OF", "2026-06-30")
        get_settings.cache_clear()
        yield load()
    get_settings.cache_clear()


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions) -> Any:
    return definitions.resolve_asset_graph()


def test_every_check_guards_an_asset_we_build(graph: Any) -> None:
    assert {check.asset_key for check in graph.asset_check_keys} <= graph.materializable_asset_keys


def test_every_dbt_test_is_an_asset_check(graph: Any) -> None:
    nodes = json.loads((TARGET / "manifest.json").read_text())["nodes"].values()
    tests = {node["name"] for node in nodes if node["resource_type"] == "test"}
    assert tests <= {check.name for check in graph.asset_check_keys}


def test_every_suite_is_a_blocking_check_of_the_candidate(graph: Any) -> None:
    for table in suites():
        check = graph.get(dg.AssetCheckKey(dg.AssetKey("candidate"), check_of(table)))
        assert check.blocking


def test_every_stream_leads_from_the_landing_folder_to_the_published_version(graph: Any) -> None:
    streams = {dg.AssetKey([source.source, name]) for source in load_sources().values() for name in source.streams}
    awaited = {dg.AssetKey([source, name]) for source, names in AWAITED.items() for name in names}
    ancestors = graph.get_ancestor_asset_keys(PUBLISHED)

    assert {dg.AssetKey("landing"), dg.AssetKey("audit_record"), *(streams - awaited)} <= ancestors
    assert all(graph.get(stream).parent_keys == {dg.AssetKey("landing")} for stream in streams)


def test_every_mart_leads_into_the_candidate(graph: Any) -> None:
    marts = {key for key in graph.materializable_asset_keys if key.path[0] == "marts"}
    assert dg.AssetKey(["marts", "kpi_values"]) in marts
    assert marts <= graph.get(dg.AssetKey("candidate")).parent_keys


def test_no_asset_stands_alone(graph: Any) -> None:
    outside = graph.materializable_asset_keys - graph.get_ancestor_asset_keys(PUBLISHED) - {PUBLISHED}
    awaited = {f"{source}/{name}" for source, names in AWAITED.items() for name in names}
    staged = {f"staging/stg_{stream.replace('/', '__')}" for stream in awaited}
    # Lake streams and models that nothing reads would be work for nobody.
    assert {key.to_user_string() for key in outside} == awaited | staged


def test_the_job_runs_everything_in_one_process(definitions: dg.Definitions, graph: Any) -> None:
    job = definitions.resolve_job_def("kpi_refresh")
    assert job.executor_def.name == "in_process"
    assert set(job.asset_layer.selected_asset_keys) == graph.materializable_asset_keys
    assert graph.asset_check_keys <= set(job.asset_layer.asset_graph.asset_check_keys)


def test_telemetry_is_off_wherever_a_run_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    home = prepare_dagster_home(get_settings())
    for folder in (ROOT, home):
        assert yaml.safe_load((folder / "dagster.yaml").read_text())["telemetry"] == {"enabled": False}


def test_a_run_without_checks_publishes_nothing(definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch) -> None:
    # Dagster lets anybody deselect the checks; every step then succeeds but the last.
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    build(get_settings(), [("2026-06-01", 10)])
    graph = definitions.resolve_asset_graph()
    assets = [graph.get(dg.AssetKey(name)).assets_def for name in ("candidate", "audit_record", "published_version")]

    unchecked = dg.AssetSelection.assets("candidate", "audit_record", "published_version").without_checks()
    result = dg.materialize(assets, selection=unchecked, raise_on_error=False)

    assert [event.step_key for event in result.get_step_failure_events()] == ["published_version"]
    assert versions(get_settings()) == []


def test_every_suite_answers_under_the_name_of_its_check(monkeypatch: pytest.MonkeyPatch) -> None:
    # Dagster ends the run where a check answers that it does not know.
    monkeypatch.setattr("expectations.validate.validate", lambda file, views: [])
    monkeypatch.setattr(publishing, "keep_findings", lambda settings, findings: None)
    monkeypatch.setattr(publishing, "lake_views", lambda settings: [])

    answers: Any = publishing.believable(run_lock=RunLock())

    assert {answer.check_name for answer in answers} == {spec.name for spec in publishing.believable.check_specs}
