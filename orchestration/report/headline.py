"""The few numbers that a meeting starts with, for the last complete months, read from the published file."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from orchestration.report.kpi import query
from orchestration.settings import Settings

MONTHS = 3
# Ratios that are no shares: revenue per unit of money spent.
MULTIPLES = {"mer", "break_even_roas"}


@dataclass(frozen=True)
class Line:
    """One headline: what it is called and where it stands in kpi_values."""

    label: str
    kpi: str
    variant: str = ""
    dimension: str = ""
    member: str = ""


LINES = [
    Line("Media spend", "spend"),
    Line("Leads", "leads"),
    Line("MQLs", "mqls"),
    Line("MQL to SQL, by cohort", "stage_conversion_rate", "cohort_person", "stage_pair", "mql>sql"),
    Line("MQL to SQL, same month", "throughput_ratio", "", "stage_pair", "mql>sql"),
    Line("New customers", "won", "new_customers"),
    Line("CAC, blended media", "cac_blended_media"),
    Line("CAC, paid channels", "cac_paid", "last_touch"),
    Line("CAC, fully loaded", "cac_fully_loaded"),
    Line("Net revenue", "net_revenue", "order_basis"),
    Line("CM1", "cm1", "order_basis"),
    Line("CM2", "cm2", "order_basis"),
    Line("CM3", "cm3", "order_basis"),
    Line("Break-even orders", "break_even_units_date", "units"),
    Line("Break-even revenue", "break_even_units_date", "revenue"),
    Line("Margin of safety", "break_even_units_date", "margin_of_safety"),
    Line("Break-even CAC", "break_even_cac"),
    Line("Break-even ROAS", "break_even_roas"),
]


@dataclass(frozen=True)
class Headline:
    """A table: months as columns, one row per headline that the version has."""

    months: list[date]
    rows: list[tuple[Line, str, list[tuple[Decimal | None, bool]]]]


def read_headline(settings: Settings) -> Headline:
    """The headline KPIs of the last complete months; a KPI without any row is left out."""
    months = [
        row[0]
        for row in query(
            settings,
            """
            select distinct period from marts.kpi_values where grain = 'month' and is_complete
            order by period desc limit ?
            """,
            (MONTHS,),
        ).rows
    ][::-1]
    found = {
        row[:5]: row[5:]
        for row in query(
            settings,
            """
            select kpi, variant, dimension, member, period, value, unit, coalesce(is_mature, true)
            from marts.kpi_values
            where grain = 'month' and is_complete and (dimension = '' or dimension = 'stage_pair')
            """,
        ).rows
    }
    return Headline(months, [row for line in LINES if (row := _row(line, months, found)) is not None])


def _row(
    line: Line, months: list[date], found: dict[tuple[Any, ...], tuple[Any, ...]]
) -> tuple[Line, str, list[tuple[Decimal | None, bool]]] | None:
    cells = [found.get((line.kpi, line.variant, line.dimension, line.member, month)) for month in months]
    units = [cell[1] for cell in cells if cell is not None]
    if not units:
        return None
    return line, units[0], [(cell[0], bool(cell[2])) if cell else (None, True) for cell in cells]


def shown(value: Decimal | None, unit: str, kpi: str = "") -> str:
    """A value as people write it: shares in per cent, counts whole, money and multiples to the cent."""
    if value is None:
        return "-"
    if unit == "ratio" and kpi not in MULTIPLES:
        return f"{value * 100:.1f} %"
    if unit == "count":
        return f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_UP):,}"
    return f"{Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
