"""The dashboard for Superset: written from the dictionary, and right over the published file and over PostgreSQL."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration.deliver.superset.bundle import FOLDER, bundle, texts
from orchestration.deliver.superset.dashboard import CHANNELS, CHARTS, MONTHS
from orchestration.dictionary.registry import metrics
from orchestration.publish.version import serving_file
from orchestration.settings import DBT_PROJECT_DIR, ROOT, Settings
from tests.deliver.postgres_server import Server
from tests.deliver.superset_server import Asked, import_dashboard, run, served, set_up
from tests.publish.small_build import change_online, lived_in, publish

MEMBERS = {MONTHS.name: [""], CHANNELS.name: ["paid_search", "(unattributed)"]}
MONTH_NAMES = ["2026-04-01", "2026-05-01", "2026-06-01"]


def test_what_lies_in_bi_is_what_the_code_writes() -> None:
    there = {str(path.relative_to(FOLDER)): path.read_text() for path in FOLDER.rglob("*.yaml")}
    assert there == texts(bundle()), "run `python -m orchestration.deliver.superset`"


def test_every_metric_is_worded_and_computed_as_the_dictionary_says() -> None:
    with (DBT_PROJECT_DIR / "seeds/kpi_dictionary.csv").open() as file:
        dictionary = {row["id"]: row for row in csv.DictReader(file)}
    for path in FOLDER.glob("datasets/duet/*.yaml"):
        for metric in yaml.safe_load(path.read_text())["metrics"]:
            kpi = dictionary[metric["metric_name"].partition("__")[0]]
            assert metric["description"] == kpi["formula"]
            assert ("denominator" in metric["expression"]) == (kpi["additivity"] == "N"), metric["metric_name"]
            assert ("count(distinct period) = 1" in metric["expression"]) == (kpi["additivity"] == "S")


def test_every_metric_is_one_of_the_registry() -> None:
    for measure in {*MONTHS.measures, *CHANNELS.measures}:
        known = [metric for metric in metrics() if metric.speaks_of(measure.kpi, measure.variant)]
        assert known, measure
        assert {metric.is_ratio for metric in known} == {"denominator" in measure.expression}, measure


def test_the_published_file_is_opened_closed() -> None:
    database = bundle("duckdb:////somewhere")["databases/duet.yaml"]
    arguments = database["extra"]["engine_params"]["connect_args"]
    assert arguments["read_only"] is True
    assert arguments["config"]["enable_external_access"] is False
    assert arguments["config"]["lock_configuration"] is True
    assert database["allow_dml"] is False


def cell(number: int, month: int, member: int) -> tuple[int, int]:
    """Numerator and denominator of a made-up KPI: each its own, no two alike."""
    return 1000 * (number + 1) + 10 * month + member, number + 2 + month


def fill(settings: Settings) -> None:
    """A cell for each metric of the dashboard, month and channel, and one of a month that is not over."""
    rows = []
    for dataset in (MONTHS, CHANNELS):
        members = MEMBERS[dataset.name]
        for number, measure in enumerate(dataset.measures):
            for month, first in enumerate([*MONTH_NAMES, "2026-07-01"]):
                for at, member in enumerate(members):
                    top, bottom = cell(number, month, at)
                    key = f"'{measure.kpi}', '{measure.variant}', 'month', date '{first}'"
                    cut = f"'{'channel' if member else ''}', '{member}'"
                    value = f"{top}::decimal(28,8) / {bottom}" if " / " in measure.expression else str(top)
                    rows.append(
                        f"({key}, {cut}, {value}, {top}, {bottom}, 1, '', {month < 3}, true, '1', date '2026-06-30')"
                    )
    # What no chart may add to them: another grain, another cut.
    rows.append(
        "('spend', '', 'week', date '2026-06-01', '', '', 1e6, 1e6, 1, 1, '', true, true, '1', date '2026-06-30')"
    )
    rows.append(
        "('spend', '', 'month', date '2026-06-01', 'campaign', 'c', 1e6, 1e6, 1, 1, '', true, true, '1', "
        "date '2026-06-30')"
    )
    change_online(settings, "delete from marts.kpi_values", f"insert into marts.kpi_values values {', '.join(rows)}")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path / "data", ROOT / "duet.yml", monkeypatch) as settings:
        publish(settings, [("2026-06-01", 1)], "run-1")
        fill(settings)
        yield settings


@pytest.fixture
def mart(settings: Settings) -> dict[tuple[str, str, str, str], float]:
    """What the mart says of complete months: value by KPI, variant, month and channel."""
    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        rows = conn.execute(
            "select kpi, variant, strftime(period, '%Y-%m-%d'), member, value::double from marts.kpi_values "
            "where grain = 'month' and dimension in ('', 'channel') and is_complete"
        ).fetchall()
    return {tuple(row[:4]): row[4] for row in rows}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("superset")
    set_up(house)
    return house


def check_every_chart(asked: Asked, mart: dict[tuple[str, str, str, str], float], version: str) -> None:
    queries = asked.charts()
    assert sorted(queries) == sorted(chart.title for chart in CHARTS)
    compared = 0
    for chart in CHARTS:
        rows = asked.rows(queries[chart.title])
        if chart.kind == "table":
            assert [(row["version"], row["as_of"]) for row in rows] == [(version, "2026-06-30")]
            continue
        # The month that is not over is not shown.
        assert len(rows) == len(MONTH_NAMES) * len(MEMBERS[chart.dataset.name]), chart.title
        for row in rows:
            month = time.strftime("%Y-%m-%d", time.gmtime(row["period"] / 1000))
            for measure in chart.measures:
                value = mart[measure.kpi, measure.variant, month, row.get("channel", "")]
                assert row[measure.name] == pytest.approx(value, rel=1e-9), (chart.title, month, measure.name)
                compared += 1
    assert compared == sum(3 * len(MEMBERS[c.dataset.name]) * len(c.measures) for c in CHARTS if c.kind != "table")


def check_several_months(asked: Asked) -> None:
    """Without a month the three become one: sums are added, ratios divide sums, a stock has no value."""
    query = asked.charts()["CAC"]
    query["queries"][0] |= {"columns": [], "metrics": ["spend", "cac_blended_media", "open_pipeline"]}
    [row] = asked.rows(query)
    order = {measure.name: number for number, measure in enumerate(MONTHS.measures)}
    spent = [cell(order["spend"], month, 0)[0] for month in range(3)]
    cells = [cell(order["cac_blended_media"], month, 0) for month in range(3)]
    assert spent == [1000, 1010, 1020]
    assert row["spend"] == 3030
    assert row["cac_blended_media"] == pytest.approx(sum(top for top, _ in cells) / sum(bottom for _, bottom in cells))
    assert row["open_pipeline"] is None


@pytest.mark.slow
def test_over_the_published_file(settings: Settings, mart: Any, installed: Path, tmp_path: Path) -> None:
    import_dashboard(installed, tmp_path)
    with served(tmp_path) as asked:
        check_every_chart(asked, mart, version_of(settings))
        check_several_months(asked)
        # An idle Superset holds nothing: the next version replaces the file, and the next question sees it.
        second = publish(settings, [("2026-06-01", 2)], "run-2")
        fill(settings)
        query = asked.charts()["Version"] | {"force": True}
        assert [row["version"] for row in asked.rows(query)] == [second]


@pytest.mark.slow
def test_over_postgresql(
    settings: Settings, mart: Any, installed: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUET_POSTGRES_URL", server.fresh())
    import_dashboard(installed, tmp_path, "--postgres")
    run(tmp_path, "duet export postgres")
    with served(tmp_path) as asked:
        check_every_chart(asked, mart, version_of(settings))
        check_several_months(asked)


def version_of(settings: Settings) -> str:
    return (settings.published / "current").read_text().strip()
