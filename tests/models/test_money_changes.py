"""Why numbers of the shop change from month to month, and from one version to the next; worked out by hand."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.publish.restated.numbers import parts_of_kpis
from orchestration.publish.restated.step import Side, write_step
from orchestration.rules import Cac
from orchestration.settings import Settings, get_settings
from tests.models.dbt_runs import build, dbt, query
from tests.models.lake_parts import write_lake
from tests.models.money_rows import HOUSE, Rows
from tests.models.restated_rows import RESTATED
from tests.publish.small_build import serve

TABLES = ("build", "--quiet", "--resource-type", "seed", "--resource-type", "model")
JANUARY, FEBRUARY = dt.date(2026, 1, 1), dt.date(2026, 2, 1)


def tables(data: Path, rows: Rows, as_of: str) -> Settings:
    """Seeds and models alone; test_money_house tests the same rows."""
    settings = Settings(data_dir=data, as_of=as_of, engine="duckdb")
    write_lake(settings.lake, rows)
    build(settings, command=TABLES)
    return settings


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = tables(tmp_path_factory.mktemp("march"), HOUSE, "2026-03-31")
    serve(settings, settings.warehouse)
    return settings


@pytest.fixture(scope="module")
def moved(march: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[Any, dict[str, float]]:
    """Causes of each monthly total that a month of news has moved."""
    april = tables(tmp_path_factory.mktemp("april"), RESTATED, "2026-04-30")
    known = {"rules": {}, "code_hash": "the same"}
    before = Side(version="v1", as_of=dt.date(2026, 3, 31), files={"test"}, **known)
    after = Side(version="v2", as_of=dt.date(2026, 4, 30), files={"test", "late"}, **known)
    place = april.data_dir / "step.parquet"
    assert write_step((before, march.warehouse), (after, april.warehouse), (), place)
    found: dict[Any, dict[str, float]] = {}
    for *number, delta, cause, part in query(march.warehouse, f"""
        select kpi, variant, period, delta, cause, contribution from '{place}' where grain = 'month' and dimension = ''
    """):  # fmt: skip
        found.setdefault(tuple(number), {"delta": delta})[cause] = part
    return found


def test_a_restated_day_and_a_corrected_rate_move_spend(moved: dict[Any, dict[str, float]]) -> None:
    # Google 70 instead of 61; Meta 50 EUR at 1.3 instead of 1.2.
    assert moved["spend", "", JANUARY] == {"delta": 14, "restatement": 9, "rate": 5}


def test_a_late_order_moves_its_month_and_wins_its_customer(moved: dict[Any, dict[str, float]]) -> None:
    assert moved["net_revenue", "order_basis", JANUARY] == {"delta": 80, "late_data": 80}
    assert moved["cm2", "transaction_basis", JANUARY] == {"delta": 50, "late_data": 50}
    assert moved["won", "new_customers", JANUARY] == {"delta": 1, "late_data": 1}
    # CM2 + 50, media + 14.
    assert moved["cm3", "order_basis", JANUARY] == {"delta": 36, "late_data": 50, "restatement": -9, "rate": -5}


def test_a_ratio_moves_by_its_numerator_and_its_denominator(moved: dict[Any, dict[str, float]]) -> None:
    # 161 / 2 = 80.50, then 175 / 3 = 58.33. Spend: (9 + 5) * (1/2 + 1/3) / 2; one customer more: (161 + 175) / 2 *
    # (1/3 - 1/2).
    assert moved["cac_blended_media", "", JANUARY] == pytest.approx(
        {"delta": -22.16666667, "late_data": -28, "restatement": 3.75, "rate": 2.08333333}, abs=1e-8
    )


def test_what_follows_from_cost_moves_by_the_same_causes(moved: dict[Any, dict[str, float]]) -> None:
    # All that January spent is what was expected of it; two leads before and after, so half of it each.
    assert moved["forecast_eop", "", JANUARY] == {"delta": 14, "restatement": 9, "rate": 5}
    assert moved["cpl", "", JANUARY] == {"delta": 7, "restatement": 4.5, "rate": 2.5}
    # Net revenue 50 of 161 media and 120 other cost, then 130 of 295. The late order: 80 * (1/281 + 1/295) / 2; the
    # cost: (50 + 130) / 2 * (1/295 - 1/281), of which 9 parts of 14 are restated and 5 are the rate.
    causes = {"late_data": 0.277942, "restatement": -0.009771, "rate": -0.005429}
    delta = 130 / 295 - 50 / 281
    assert moved["mer", "all_marketing", JANUARY] == pytest.approx({"delta": delta} | causes, abs=1e-6)


def test_lagged_cac_moves_by_what_the_month_before_has_spent(moved: dict[Any, dict[str, float]]) -> None:
    # February won one customer; what it is held against is January's media.
    assert moved["cac_lagged", "lag_1_media", FEBRUARY] == {"delta": 14, "restatement": 9, "rate": 5}
    assert ("cac_lagged", "lag_1_media", JANUARY) not in moved


def test_a_refund_of_a_later_month_moves_the_month_of_its_order(moved: dict[Any, dict[str, float]]) -> None:
    assert moved["net_revenue", "order_basis", FEBRUARY] == {"delta": -50, "refund": -50}
    # On transaction basis it is April's.
    assert ("net_revenue", "transaction_basis", FEBRUARY) not in moved


def test_a_merge_moves_the_month_of_the_later_half(moved: dict[Any, dict[str, float]]) -> None:
    assert moved["mqls", "", FEBRUARY] == moved["mql_cycles", "", FEBRUARY] == {"delta": -1, "merge": -1}
    assert ("mqls", "", JANUARY) not in moved


def test_causes_of_every_number_add_up_and_the_unknown_is_shown(moved: dict[Any, dict[str, float]]) -> None:
    # A number that appears or vanishes has no delta to share.
    for number, causes in moved.items():
        if causes["delta"] is not None:
            assert sum(part for cause, part in causes.items() if cause != "delta") == pytest.approx(causes["delta"])
            unnamed = causes.keys() & {"unexplained", "maturing"}
            assert bool(unnamed) == (number[:2] not in parts_of_kpis(Cac())), number


@pytest.fixture
def published(march: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUET_DATA_DIR", str(march.data_dir))
    get_settings.cache_clear()


def why(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["why", *arguments])


def test_why_tells_of_any_two_months_what_the_mart_tells_of_neighbours(march: Settings, published: None) -> None:
    # 161 / 2 = 80.50, then 30 / 1. Spend (30 - 161) * (1/2 + 1) / 2 = -98.25; volume (161 + 30) / 2 * (1 - 1/2).
    told = json.loads(why("cac_blended_media", "--from", "2026-01", "--to", "2026-02", "--json").output)
    parts = {(row["effect"], row["member"]): row["contribution"] for row in told}
    assert sum(part for (effect, _), part in parts.items() if effect == "spend") == -98.25
    assert sum(part for (effect, _), part in parts.items() if effect == "volume") == 47.75
    # Of what won somebody, the mean is (60 / 2 + 0 / 1) / 2 = 15. Social wins 1 of 2 for 60, then nobody: its rate
    # stays 60. The event, which is new, wins one of one for nothing.
    assert (parts["mix", "paid_social"], parts["mix", "event"]) == (-0.5 * (60 - 15), 1 * (0 - 15))
    assert {(*effect, part) for effect, part in parts.items()} == set(query(march.warehouse, """
        select effect, member, contribution from marts.kpi_variance
        where kpi = 'cac_blended_media' and grain = 'month' and period = date '2026-02-01'
    """))  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cac_blended_media", "--from", "2026-02", "--to", "2026-03"), "no value in the later period"),
        (("cac_blended_media", "--from", "2026-01-12", "--to", "2026-01-26", "--grain", "week"), "no effect"),
        (("cac",), "those of cac_blended_media"),
        (("cac_paid", "--from", "2026-Q1", "--to", "2026-02"), "use --grain"),
        (("cac_paid", "--from", "2020-01", "--to", "2026-02"), "there are those from 2026-01-01"),
        (("cac_paid", "--from", "May", "--to", "2026-02"), "write a month as 2026-05"),
    ],
)
def test_why_says_what_it_cannot_compare(published: None, arguments: tuple[str, ...], words: str) -> None:
    result = why(*arguments)
    assert words in result.output
    assert result.exit_code == int("Error" in result.output)


def test_v1_fails_where_a_channel_is_missing(march: Settings, tmp_path: Path) -> None:
    spoilt = Settings(data_dir=tmp_path, as_of="2026-03-31", engine="duckdb")
    shutil.copytree(march.lake, spoilt.lake)
    shutil.copyfile(march.warehouse, spoilt.warehouse)
    with duckdb.connect(str(spoilt.warehouse)) as conn:
        conn.execute("delete from marts.kpi_variance_inputs where member = 'podcast' and kpi = 'cac_blended_media'")
    identity = "assert_effects_add_up_to_the_change"
    outcome = dbt(
        ["build", "--quiet", "--select", "kpi_variance", identity, "--exclude-resource-type", "unit_test"], spoilt
    )
    assert {one.node.name for one in outcome.result if one.status == "fail"} == {identity}
