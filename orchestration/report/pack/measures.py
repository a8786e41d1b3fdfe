"""What the pack shows as tiles, in the order of the meeting, and how each adds up over days and members."""

from dataclasses import dataclass

from orchestration.dictionary.registry import kpis


@dataclass(frozen=True)
class Measure:
    """A KPI as a tile: where it stands in kpi_values, and whether its parts of days add up to those of a period.

    Medians, stocks, distinct counts and what is booked by month do not: of them the pack shows published cells only.
    `needs_some`: no tile for who never had any, as a firm without a CRM has no leads.
    """

    kpi: str
    variant: str = ""
    stage_pair: str = ""
    adds_up: bool = True
    monthly_only: bool = False
    needs_some: bool = False

    @property
    def key(self) -> str:
        """Name of the measure within a page."""
        return "/".join(part for part in (self.kpi, self.variant, self.stage_pair) if part)

    @property
    def is_ratio(self) -> bool:
        """Whether a value is recomputed from numerator and denominator; else it is the sum of numerators."""
        return kpis()[self.kpi].is_ratio


MEASURES = [
    # Spotlight: what came of it.
    Measure("net_revenue", "order_basis"),
    Measure("cm2", "order_basis"),
    # In days and weeks direct marketing is media alone.
    Measure("cm3", "order_basis", adds_up=False, monthly_only=True),
    Measure("orders"),
    Measure("won", "new_customers"),
    Measure("cac_blended_media"),
    Measure("cac_fully_loaded", adds_up=False, monthly_only=True),
    Measure("break_even_cac", adds_up=False, monthly_only=True),
    # Money out.
    Measure("spend"),
    Measure("mer"),
    Measure("budget_pacing", adds_up=False, monthly_only=True),
    # The hand-over.
    Measure("leads", needs_some=True),
    Measure("mqls", needs_some=True),
    Measure("sqls", needs_some=True),
    Measure("stage_conversion_rate", "cohort_person", "mql>sql"),
    Measure("sla_attainment"),
    Measure("speed_to_lead", "business_median", adds_up=False),
    # Pipeline.
    Measure("opportunities", needs_some=True),
    Measure("pipeline_created", needs_some=True),
    Measure("open_pipeline", adds_up=False, needs_some=True),
    Measure("win_rate"),
    # Customers and promises.
    Measure("repeat_share", adds_up=False, monthly_only=True),
    Measure("alignment_commitments", adds_up=False, monthly_only=True),
]
