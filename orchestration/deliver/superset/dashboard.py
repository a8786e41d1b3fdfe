"""What the dashboard shows: its datasets, and its charts row by row."""

from dataclasses import dataclass
from typing import Literal

from orchestration.deliver.superset.measures import Measure

TITLE = "Sales and marketing KPIs"
CELLS = (
    "kpi, variant, value, numerator, denominator, is_complete, is_mature from marts.kpi_values where grain = 'month'"
)


@dataclass(frozen=True)
class Dataset:
    """A table for Superset: a query, its columns with their types, and the metrics over it."""

    name: str
    sql: str
    columns: dict[str, str]
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart: of what kind, of which metrics by month, cut by which column, and how wide in twelfths of the page."""

    title: str
    kind: Literal["big_number", "echarts_timeseries_line", "echarts_timeseries_bar", "table"]
    dataset: Dataset
    measures: tuple[Measure, ...] = ()
    cut: str = ""
    width: int = 6
    stacked: bool = False

    @property
    def format(self) -> str:
        """How numbers are written: as the first metric's are."""
        return str(self.measures[0].as_yaml()["d3format"]) if self.measures else ""


def _cells(name: str, dimension: str, *measures: Measure) -> Dataset:
    """Cells of months of one cut: whatever is added up here may be added up."""
    kinds = {"period": "DATE"} | ({dimension: "TEXT"} if dimension else {}) | {"kpi": "TEXT", "variant": "TEXT"}
    kinds |= dict.fromkeys(("value", "numerator", "denominator"), "NUMERIC")
    kinds |= dict.fromkeys(("is_complete", "is_mature"), "BOOLEAN")
    member = f"member as {dimension}, " if dimension else ""
    return Dataset(name, f"select period, {member}{CELLS} and dimension = '{dimension}'", kinds, measures)


SPEND, LEADS, MQLS, SALS, SQLS = (Measure(kpi) for kpi in ("spend", "leads", "mqls", "sals", "sqls"))
OPPORTUNITIES, PIPELINE, WIN_RATE = (Measure(kpi) for kpi in ("opportunities", "pipeline_created", "win_rate"))
NEW_CUSTOMERS, OPEN_PIPELINE = Measure("won", "new_customers"), Measure("open_pipeline")
MEDIA_CAC, PAID_CAC = Measure("cac_blended_media"), Measure("cac_paid", "last_touch")
LOADED_CAC, CHANNEL_CAC = Measure("cac_fully_loaded"), Measure("cac_channel", "last_touch")
REVENUE, CM1, CM2, CM3 = (Measure(kpi, "order_basis") for kpi in ("net_revenue", "cm1", "cm2", "cm3"))
SLA, COMMITMENTS, BREAK_EVEN = Measure("sla_attainment"), Measure("alignment_commitments"), Measure("break_even_cac")

MONTHS = _cells(
    "duet_months", "", SPEND, LEADS, MQLS, SALS, SQLS, OPPORTUNITIES, PIPELINE, WIN_RATE, NEW_CUSTOMERS, OPEN_PIPELINE,
    MEDIA_CAC, PAID_CAC, LOADED_CAC, REVENUE, CM1, CM2, CM3, SLA, COMMITMENTS, BREAK_EVEN,
)  # fmt: skip
CHANNELS = _cells(
    "duet_channel_months", "channel", SPEND, LEADS, MQLS, SQLS, NEW_CUSTOMERS, CHANNEL_CAC, BREAK_EVEN, REVENUE, CM2,
)  # fmt: skip
VERSION = Dataset(
    "duet_version_online",
    "select version, cast(as_of as varchar) as as_of, cast(date_trunc('minute', certified_at) as varchar) "
    "as certified_utc, checks_passed, checks_warned from marts.ops_versions "
    "where version = (select max(version) from marts.ops_versions)",
    {
        "version": "TEXT", "as_of": "TEXT", "certified_utc": "TEXT", "checks_passed": "BIGINT",
        "checks_warned": "BIGINT",
    },
)  # fmt: skip
DATASETS = (MONTHS, CHANNELS, VERSION)

ROWS: tuple[tuple[Chart, ...], ...] = (
    tuple(
        Chart(measure.label, "big_number", MONTHS, (measure,), width=2)
        for measure in (SPEND, MQLS, NEW_CUSTOMERS, LOADED_CAC, REVENUE, CM3)
    ),
    (
        Chart("CAC", "echarts_timeseries_line", MONTHS, (MEDIA_CAC, PAID_CAC, LOADED_CAC, BREAK_EVEN)),
        Chart("CAC by channel", "echarts_timeseries_line", CHANNELS, (CHANNEL_CAC,), "channel"),
    ),
    (
        Chart("From lead to opportunity", "echarts_timeseries_bar", MONTHS, (LEADS, MQLS, SALS, SQLS, OPPORTUNITIES)),
        Chart("Media spend by channel", "echarts_timeseries_bar", CHANNELS, (SPEND,), "channel", stacked=True),
    ),
    (
        Chart("Revenue and contribution margins", "echarts_timeseries_bar", MONTHS, (REVENUE, CM1, CM2, CM3)),
        Chart("Pipeline", "echarts_timeseries_line", MONTHS, (PIPELINE, OPEN_PIPELINE)),
    ),
    (
        Chart("What the teams promised", "echarts_timeseries_line", MONTHS, (SLA, COMMITMENTS, WIN_RATE)),
        Chart("Customers by channel", "echarts_timeseries_bar", CHANNELS, (NEW_CUSTOMERS,), "channel", stacked=True),
    ),
    (Chart("Version", "table", VERSION, width=12),),
)  # fmt: skip
CHARTS = tuple(chart for row in ROWS for chart in row)
