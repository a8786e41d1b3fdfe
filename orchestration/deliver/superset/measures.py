"""Superset's metrics: each KPI that the dashboard shows, worded and computed as the dictionary defines it."""

from dataclasses import dataclass

from orchestration.dictionary.registry import Kpi, kpis, units

FORMATS = {"currency": ",.2f", "ratio": ".1%", "count": ",d"}
# How values of several months become one, by the dictionary's additivity; a stock has no value of several months.
EXPRESSIONS = {
    "A": "sum(case when {is_it} then value end)",
    "N": "sum(case when {is_it} then numerator end) / nullif(sum(case when {is_it} then denominator end), 0)",
    "S": "case when count(distinct period) = 1 then sum(case when {is_it} then value end) end",
}


@dataclass(frozen=True)
class Measure:
    """A KPI, or one variant of it, as a metric over cells of kpi_values of one grain and one cut."""

    kpi: str
    variant: str = ""

    @property
    def entry(self) -> Kpi:
        """What the registry says of the KPI."""
        return kpis()[self.kpi]

    @property
    def name(self) -> str:
        """The name of the metric."""
        return f"{self.kpi}__{self.variant}" if self.variant else self.kpi

    @property
    def label(self) -> str:
        """What people call it; of a family whose variants are numbers of their own, the variant."""
        return self.variant.replace("_", " ").capitalize() if self.kpi == "won" else self.entry.name

    @property
    def unit(self) -> str:
        """Its unit; of a variant that has its own, that one."""
        return units().get((self.kpi, self.variant), self.entry.unit)

    @property
    def expression(self) -> str:
        """SQL over a dataset of one grain and one cut, in words that DuckDB and PostgreSQL share."""
        is_it = f"kpi = '{self.kpi}' and variant = '{self.variant}'"
        return EXPRESSIONS[self.entry.additivity].format(is_it=is_it)

    def as_yaml(self) -> dict[str, object]:
        """The metric as a dataset of Superset lists it."""
        return {
            "metric_name": self.name,
            "verbose_name": self.label,
            "description": self.entry.formula,
            "expression": self.expression,
            "d3format": FORMATS.get(self.unit, ",.2f"),
        }
