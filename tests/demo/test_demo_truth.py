"""Integration: the demo's exports, read and modelled by Duet, say what the company knows about itself."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.demo.company import DEMO_AS_OF
from orchestration.demo.truth import TruthValue, truth
from orchestration.demo.write import write_demo
from orchestration.dictionary.registry import entries, kpis
from orchestration.engine.dbt import invoke
from orchestration.ingest.load import ingest
from orchestration.report.pack.measures import MEASURES
from orchestration.rules import load_rules
from orchestration.settings import Settings
from tests.semantic.cells import compare

pytestmark = pytest.mark.slow

Key = tuple[object, ...]
# Figures of figures: SQL rounds the inner one to eight decimals.
DERIVED = ("break_even_units_date", "cif_conversion", "pipeline_velocity", "sales_cycle_days")
HAIR = Decimal("0.0000001")
# Money that is shared out to days or channels: SQL gives each a part in millionths, and the parts add up.
SHARED_OUT = ("budget_pacing", "forecast_eop", "budget_line", "cac_channel", "cac_payback")
MILLIONTHS = Decimal("0.00001")
EXACT = Decimal("0.00000001")
KPI_VALUES = """
select kpi, variant, grain, period, dimension, member, value, numerator, denominator from marts.kpi_values
"""
# What no KPI holds: what became of decisions, the parts of the bridge and of the gap.
DECISIONS = """
select 'decisions', state, 'all', null, 'owner_team', owner_team, count(*), count(*), 1
from marts.fct_decisions group by state, owner_team
"""
BRIDGE = """
select 'pipeline_bridge', part, grain, period, dimension, member, amount, amount, 1
from (
    unpivot (select * from marts.kpi_pipeline_bridge where dimension = '')
    on created, reopened, amount_changes, won, lost, deleted, open_end into name part value amount
)
"""
MRR = """
select 'mrr_bridge', part, grain, period, dimension, member, amount, amount, 1
from (
    unpivot marts.kpi_mrr_bridge on start_mrr, opening_mrr, new_mrr, expansion_mrr, reactivation_mrr, contraction_mrr,
    churned_mrr, fx_change, end_mrr into name part value amount
)
"""
LINES = """
select 'budget_line', part, 'line', period_start, 'line', line, amount, amount, 1
from (
    unpivot marts.kpi_budget_pacing on budget, planned_to_date, actual_to_date, remaining, committed, forecast_eop
    into name part value amount
)
"""
TARGETS = """
select 'target_attainment', kpi || ':' || variant, 'month', period_start, dimension, member, attainment, actual, target
from marts.kpi_target_attainment
"""
GAP = """
select 'crm_gap', part, 'all', null, 'status', status, amount, amount, 1
from (
    unpivot marts.kpi_crm_gap on marketing_amount, sales_amount, gap, only_in_marketing, only_in_sales, ambiguous,
    pending, amount_differences, status_differences into name part value amount
)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("demo")
    settings = Settings(data_dir=folder, as_of=DEMO_AS_OF, hash_key="a key for tests only, thirty-two bytes")
    write_demo(settings.landing)
    report = ingest(settings)
    assert [file.path for file in report.files if file.status != "loaded"] == []
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DUET_SEMANTIC_PATH", "semantic")
        assert invoke(["build"], settings, load_rules(folder / "none.yml"), target_path=folder / "target").success
    return settings


@pytest.fixture(scope="module")
def published(house: Settings) -> dict[Key, tuple[Decimal | None, ...]]:
    return dict(read_marts(house.warehouse))


def read_marts(warehouse: Path) -> Iterator[tuple[Key, tuple[Decimal | None, ...]]]:
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        queries = (KPI_VALUES, DECISIONS, BRIDGE, GAP, MRR, LINES, TARGETS)
        rows = [row for query in queries for row in conn.execute(query).fetchall()]
    return ((tuple(row[:6]), tuple(row[6:])) for row in rows)


def key(told: TruthValue) -> Key:
    return (told.kpi, told.variant, told.grain, told.period, told.dimension, told.member)


def agree(told: Decimal | None, published: Decimal | None, tolerance: Decimal = Decimal(0)) -> bool:
    if told is None or published is None:
        return told is published
    return abs(told - published) <= tolerance


def tolerance(told: TruthValue) -> Decimal:
    """How far a sum may be from the truth; most may not at all."""
    return MILLIONTHS if told.kpi in SHARED_OUT else HAIR if told.kpi in DERIVED else Decimal(0)


def test_every_true_value_is_published(published: dict[Key, tuple[Decimal | None, ...]]) -> None:
    assert [key(told) for told in truth() if key(told) not in published] == []


def test_every_published_value_is_true(published: dict[Key, tuple[Decimal | None, ...]]) -> None:
    wrong = []
    for told in truth():
        value, numerator, denominator = published.get(key(told), (None, None, None))
        room = tolerance(told)
        is_same = agree(told.value, value, max(room, EXACT))
        if told.value is not None:
            is_same &= agree(told.numerator, numerator, room) and agree(told.denominator, denominator, room)
        if not is_same:
            wrong.append((key(told), told.value, told.numerator, told.denominator, value, numerator, denominator))
    assert wrong == []


def test_every_channel_that_is_published_is_true(published: dict[Key, tuple[Decimal | None, ...]]) -> None:
    known = {key(told) for told in truth()}
    by_channel = {("spend", ""), ("won", "new_customers")}
    extra = [
        row
        for row, (value, *_) in published.items()
        if row[:2] in by_channel and row[2] in ("month", "all") and row[4] == "channel" and value and row not in known
    ]
    assert extra == []


def test_days_of_what_the_pack_adds_up_are_those_of_the_month(published: dict[Key, tuple[Decimal | None, ...]]) -> None:
    days: dict[Key, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for (kpi, variant, grain, period, dimension, member), (_, numerator, denominator) in published.items():
        if grain == "day" and isinstance(period, date):
            month = days[kpi, variant, period.replace(day=1), dimension, member]
            month[0] += numerator or 0
            month[1] += denominator or 0
    added_up = {(measure.kpi, measure.variant): measure for measure in MEASURES if measure.adds_up}
    wrong, compared = [], set()
    for (kpi, variant, grain, period, dimension, member), (_, numerator, denominator) in published.items():
        measure = added_up.get((str(kpi), str(variant)))
        parts = days.get((kpi, variant, period, dimension, member))
        if grain != "month" or measure is None or parts is None:
            continue
        compared.add((measure.kpi, measure.variant))
        if parts[0] != (numerator or 0) or (measure.is_ratio and parts[1] != (denominator or 0)):
            wrong.append((kpi, variant, period, dimension, member))
    assert wrong == []
    assert compared == set(added_up)


def test_every_cell_is_what_its_metric_says(house: Settings) -> None:
    manifest = (house.data_dir / "target/semantic_manifest.json").read_text(encoding="utf-8")
    found = compare(house.warehouse, manifest)
    assert found.wrong == []
    # The demo's platforms claim no values.
    assert [name for name, cells in found.compared.items() if not cells] == ["roas_platform"]


def test_every_variant_that_is_published_is_in_the_registry(published: dict[Key, tuple[Decimal | None, ...]]) -> None:
    variants = {(str(kpi), str(variant)) for kpi, variant, *_ in published if kpi in kpis()}
    strangers = [one for one in variants if sum(entry.speaks_of(*one) for entry in entries()) == 0]
    assert strangers == []
