"""The few numbers that a meeting starts with, for the last complete months, read from the published file."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from orchestration.report.kpi import query
from orchestration.settings import Settings

MONTHS = 3
# Ratios that are no shares: revenue or margin per unit of money spent, spent per planned, claims per win.
MULTIPLES = {
    "amer", "break_even_roas", "budget_pacing", "ltv_to_cac", "mer", "platform_overclaim", "roas", "roas_platform",
}  # fmt: skip


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
    Line("SQLs / MQLs, same month", "throughput_ratio", "", "stage_pair", "mql>sql"),
    Line("Speed-to-lead, working minutes", "speed_to_lead", "business_median"),
    Line("Answered within the SLA", "sla_attainment"),
    Line("Pipeline created", "pipeline_created"),
    Line("Open pipeline at the end", "open_pipeline"),
    Line("Win rate", "win_rate"),
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
    Line("Commitments kept", "alignment_commitments"),
]


@dataclass(frozen=True)
class Headline:
    """A table: months as columns, one row per headline that the version has; the youngest cohort that is mature; and
    how many of the deals of two CRMs have one partner, and how many of the pairs agree, each as share, part and whole.
    """

    months: list[date]
    rows: list[tuple[Line, str, list[Decimal | None]]]
    mature: tuple[date, Decimal, int, int] | None
    crms: list[tuple[Decimal, int, int]]


def read_headline(settings: Settings) -> Headline:
    """The headline KPIs of the last complete months; a KPI that says nothing of them is left out."""
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
            select kpi, variant, dimension, member, period, value, unit
            from marts.kpi_values
            where grain = 'month' and is_complete and (dimension = '' or dimension = 'stage_pair')
            """,
        ).rows
    }
    rows = [row for line in LINES if (row := _row(line, months, found)) is not None]
    return Headline(months, rows, _mature_cohort(settings), _crms(settings))


def _crms(settings: Settings) -> list[tuple[Decimal, int, int]]:
    """Match rate and agreement of the deals; empty where there is one CRM."""
    return query(
        settings,
        """
        select value, cast(numerator as bigint), cast(denominator as bigint)
        from marts.kpi_values
        where dimension = 'object' and member = 'deals' and grain = 'all' and value is not null
            and (kpi = 'match_rate' and variant = 'dice' or kpi = 'agreement_rate' and variant = '')
        order by kpi desc
        """,
    ).rows


def _mature_cohort(settings: Settings) -> tuple[date, Decimal, int, int] | None:
    """The youngest month of MQLs that had its whole window: month, rate, how many converted, of how many."""
    rows = query(
        settings,
        """
        select period, value, cast(numerator as bigint), cast(denominator as bigint)
        from marts.kpi_values
        where kpi = 'stage_conversion_rate' and variant = 'cohort_person' and dimension = 'stage_pair'
            and member = 'mql>sql' and grain = 'month' and is_mature and value is not null
        order by period desc limit 1
        """,
    ).rows
    return rows[0] if rows else None


def _row(
    line: Line, months: list[date], found: dict[tuple[Any, ...], tuple[Any, ...]]
) -> tuple[Line, str, list[Decimal | None]] | None:
    cells = [found.get((line.kpi, line.variant, line.dimension, line.member, month)) for month in months]
    units = [cell[1] for cell in cells if cell is not None]
    values = [cell[0] if cell else None for cell in cells]
    return (line, units[0], values) if any(value is not None for value in values) else None


def shown(value: Decimal | None, unit: str, kpi: str = "") -> str:
    """A value as people write it: shares in per cent, counts and times whole, money and multiples to the cent."""
    if value is None:
        return "-"
    if unit == "ratio" and kpi not in MULTIPLES:
        return f"{value * 100:.1f} %"
    if unit in ("count", "days", "minutes"):
        return f"{Decimal(value).quantize(Decimal(1), ROUND_HALF_UP):,}"
    return f"{Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
