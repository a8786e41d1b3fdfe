"""What Dagster shows: sources, lake, models, checks, published version; and that nothing goes online unchecked."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml

from expectations import suites
from orchestration.definitions import defs as load
from orchestration.defs.locking import RunLock
from orchestration.defs.packs import PACKS
from orchestration.defs.publishing import believable, candidate, check_of, gate
from orchestration.defs.replaying import REPLAY
from orchestration.defs.steps import StepLines
from orchestration.engine.manifest import parsed
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.lake import prepare
from orchestration.publish.gate.every import EVERY
from orchestration.publish.gate.guard import Guard
from orchestration.publish.version import versions
from orchestration.run.home import prepare_dagster_home
from orchestration.settings import ROOT, get_settings
from tests.publish.small_build import SUITES, build, candidate_with_audit

PUBLISHED, COPIED = dg.AssetKey("published_version"), dg.AssetKey("postgres_marts")
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
    nodes = json.loads((parsed(get_settings()) / "manifest.json").read_text())["nodes"].values()
    tests = {node["name"] for node in nodes if node["resource_type"] == "test"}
    assert tests <= {check.name for check in graph.asset_check_keys}


def test_every_suite_is_a_blocking_check_of_the_candidate(graph: Any) -> None:
    for table in suites():
        check = graph.get(dg.AssetCheckKey(dg.AssetKey("candidate"), check_of(table)))
        assert check.blocking


@pytest.mark.parametrize("guard", EVERY, ids=lambda guard: guard.id)
def test_everything_that_the_gate_asks_is_a_check_of_the_candidate(graph: Any, guard: Guard) -> None:
    check = graph.get(dg.AssetCheckKey(dg.AssetKey("candidate"), guard.id.replace(".", "_")))
    assert check.blocking is (guard.severity == "block")


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


def test_only_what_is_published_is_copied(graph: Any) -> None:
    assert graph.get(COPIED).parent_keys == {PUBLISHED}


def test_no_asset_stands_alone(graph: Any) -> None:
    outside = graph.materializable_asset_keys - graph.get_ancestor_asset_keys(PUBLISHED) - {PUBLISHED, COPIED}
    awaited = {f"{source}/{name}" for source, names in AWAITED.items() for name in names}
    staged = {f"staging/stg_{stream.replace('/', '__')}" for stream in awaited}
    # Lake streams and models that nothing reads would be work for nobody. Packs are made of the published version.
    assert {key.to_user_string() for key in outside} == awaited | staged | set(PACKS)


def test_the_job_runs_all_that_a_version_needs_in_one_process(definitions: dg.Definitions, graph: Any) -> None:
    job = definitions.resolve_job_def("kpi_refresh")
    assert job.executor_def.name == "in_process"
    packs = {dg.AssetKey(pack) for pack in PACKS}
    assert set(job.asset_layer.selected_asset_keys) == graph.materializable_asset_keys - packs
    assert graph.asset_check_keys - {REPLAY} == set(job.asset_layer.asset_graph.asset_check_keys) - {REPLAY}
    assert [step for step in job.nodes_in_topological_order if "archive_gives" in step.name] == []


def test_every_asset_says_what_it_is_whose_it_is_and_in_which_layer_it_stands(graph: Any) -> None:
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.tags["layer"] in {"landing", "lake", "seeds", "staging", "intermediate", "marts", "publish"}, key
        assert node.kinds, key
        assert node.group_name != "default", key


def test_the_team_that_answers_for_an_identity_answers_for_its_table(graph: Any) -> None:
    # assert_cm3_is_cm2_less_marketing... name finance in their meta; every model is analytics' too.
    owners = graph.get(dg.AssetKey(["marts", "kpi_contribution_margin"])).owners
    assert {"team:analytics", "team:finance"} <= set(owners)


def test_what_runs_by_itself_starts_jobs_that_there_are(definitions: dg.Definitions) -> None:
    repository = definitions.get_repository_def()
    starts = {one.name: one.job_name for one in repository.schedule_defs}
    starts |= {"landing_folder": str(repository.get_sensor_def("landing_folder").job_name)}
    assert starts == {
        "daily_refresh_schedule": "kpi_refresh",
        "landing_folder": "kpi_refresh",
        "monthly_pack_schedule": "write_monthly_pack",
        "weekly_pack_schedule": "write_weekly_pack",
    }
    assert set(starts.values()) <= {job.name for job in repository.get_all_jobs()}
    assert repository.has_sensor_def("alerts")


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


def test_a_held_candidate_ends_its_run_and_says_why(
    definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    build(get_settings(), [("2026-06-01", 10)])
    candidate_with_audit(get_settings(), unusual=(EVERY[-1].id,))
    asset = definitions.resolve_asset_graph().get(PUBLISHED).assets_def

    result = dg.materialize([asset], selection=dg.AssetSelection.assets(PUBLISHED), raise_on_error=False)

    [failed] = result.get_step_failure_events()
    error = failed.step_failure_data.error
    assert error is not None
    assert f"gate.{EVERY[-1].id}" in error.message
    said: list[str] = []
    record = logging.LogRecord("", logging.ERROR, "", 0, "", (), None)
    record.dagster_meta = {"dagster_event": failed}
    StepLines(said.append).emit(record)
    assert [line.partition(" (")[0] for line in said] == ["certify and publish: held"]


def test_both_lookers_report_under_the_names_of_their_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expectations.validate.validate", lambda file, lake: [])
    build(get_settings(), [("2026-06-01", 10)])
    prepare(get_settings().lake, load_sources())

    result = dg.materialize([candidate, believable, gate], resources={"run_lock": RunLock()}, raise_on_error=False)

    specs = {spec.name for checks in (believable, gate) for spec in checks.check_specs}
    assert {evaluation.check_name for evaluation in result.get_asset_check_evaluations()} == specs
    assert len(specs) == len(suites()) + len(EVERY)
