"""One registry: the dictionary, metrics, pack, docs and dbt say the same of every KPI."""

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.dictionary.generated import generated
from orchestration.dictionary.registry import entries, kpis, metrics, not_built
from orchestration.dictionary.semantic import grain_of, group_by, measures, metrics_yml
from orchestration.report.pack.measures import MEASURES
from orchestration.report.pack.page import read_pack
from orchestration.settings import ROOT
from tests.models.dbt_runs import read_manifest
from tests.report.pack_house import ABOUT, write_serving
from tests.semantic.asking import problems
from tests.semantic.cells import Cell, apart
from tests.semantic.manifest import read_semantic_manifest


@pytest.mark.parametrize("file", sorted(generated()), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_made_of_the_registry_is_as_it_was_made(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == generated()[file], "run `make generated`"


def test_every_kpi_is_a_metric_or_says_why_not() -> None:
    assert {entry.kpi for entry in entries()} == set(kpis())
    assert [(entry.kpi, entry.variant) for entry in entries() if not (entry.name or entry.because)] == []
    # Whoever adds up cells of a model says which model built them.
    built = [metric for metric in metrics() if metric.cells]
    assert [metric.name for metric in built if not re.search(r"built in|added up|a deal counts", metric.because)] == []


def test_what_the_pack_says_of_a_kpi_is_what_the_registry_says(tmp_path: Path) -> None:
    said = read_pack(write_serving(tmp_path), ABOUT)["meanings"]
    assert {kpi: (one["name"], one["formula"], one["unit"], one["better"]) for kpi, one in said.items()} == {
        kpi.id: (kpi.name, kpi.formula, kpi.unit, kpi.better) for kpi in kpis().values()
    }
    assert {measure.kpi for measure in MEASURES} <= set(said)


def test_what_dbt_says_of_a_metric_is_what_the_registry_says() -> None:
    found = {metric["name"]: metric for metric in json.loads(read_semantic_manifest())["metrics"]}
    for metric in metrics():
        said = found[metric.name]
        assert said["description"].startswith(kpis()[metric.kpi].formula), metric.name
        assert said["label"].startswith(kpis()[metric.kpi].name), metric.name
        assert said["config"]["meta"] == {"kpi": metric.kpi, "variant": metric.variant}


def test_metricflow_finds_nothing_wrong_with_the_semantic_layer() -> None:
    assert problems(read_semantic_manifest()) == []


def test_the_mart_of_a_kpi_quotes_the_registry() -> None:
    models = read_manifest()["nodes"]
    silent = {
        kpi.id
        for kpi in kpis().values()
        for columns in [models[f"model.duet.{kpi.mart}"]["columns"].values()]
        if not any(kpi.formula[1:] in column["description"] for column in columns)
    }
    # These have no mart of their own.
    assert silent == {kpi.id for kpi in kpis().values() if kpi.mart == "kpi_values"}


def test_what_is_not_built_is_not_in_the_dictionary() -> None:
    assert {kpi for kpi, *_ in not_built()} & set(kpis()) == set()


def test_every_chapter_of_the_page_is_a_kpi_in_the_order_of_business() -> None:
    page = (ROOT / "docs/kpis.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (.+)$", page, re.MULTILINE) == [kpi.name for kpi in kpis().values()]
    assert re.findall(r"^`(\w+)` · ", page, re.MULTILINE) == list(kpis())


def test_a_cost_that_is_booked_by_month_gives_a_metric_no_days() -> None:
    grains = {metric.name: grain_of(metric) for metric in metrics()}
    assert (grains["ad_spend"], grains["spend"], grains["cm3"], grains["leads"]) == ("day", "month", "month", "day")


def test_a_cut_is_called_as_its_semantic_model_calls_it() -> None:
    names = {metric.name: metric for metric in metrics()}
    assert group_by(names["leads"], "segment") == ["person__segment"]
    assert group_by(names["stage_conversion_rate"], "stage_pair+channel") == ["kpi_day__stage_pair", "channel"]


def test_a_measure_is_used_or_gone() -> None:
    used = {name.removesuffix("@paid") for metric in metrics() for name in metric.measures}
    assert set(measures()) == used


def test_paid_channels_are_a_filter_of_the_metric() -> None:
    said: list[dict[str, Any]] = yaml.safe_load(metrics_yml())["metrics"]
    filters = {metric["name"]: metric.get("filter") for metric in said}
    assert {name for name, condition in filters.items() if condition} == {
        "ad_spend_paid", "booked_media_paid", "customers_won_paid",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "published", "said", "is_wrong"),
    [
        ("spend", "100.10", "100.10", False),
        ("spend", "100.10", "100.11", True),
        # Without rows a sum is 0 and a ratio is nothing.
        ("spend", "0", None, False),
        ("spend", "1", None, True),
        ("spend", None, None, False),
        ("spend", None, "0", True),
        ("ctr", None, None, False),
        ("ctr", "0", None, True),
        ("ctr", None, "0", True),
        # 1 / 3 is published with eight decimals.
        ("ctr", "0.33333333", "0.3333333333333333", False),
        ("ctr", "0.33333333", "0.33333335", True),
    ],
)
def test_a_cell_beside_its_metric(name: str, published: str | None, said: str | None, is_wrong: bool) -> None:
    [metric] = [metric for metric in metrics() if metric.name == name]
    cell: Cell = (dt.date(2026, 1, 1), "")
    shown = {cell: None if published is None else Decimal(published)}
    answered: dict[Cell, Any] = {}
    if said is not None:
        answered[cell] = float(said) if metric.is_ratio else Decimal(said)
    assert bool([*apart(metric, shown, answered)]) == is_wrong
