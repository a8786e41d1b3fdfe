"""Which targets were met: what the figures say over what was aimed at."""

from collections.abc import Iterable, Iterator

from orchestration.demo.company import Company
from orchestration.demo.truth_values import TruthValue, quotient

# The variant and the cut that a target of a KPI means where it names none.
MEANT = {
    "net_revenue": ("order_basis", ""),
    "cac_channel": ("last_touch", ""),
    "stage_conversion_rate": ("cohort_person", "mql>sql"),
}


def target_truth(company: Company, figures: Iterable[TruthValue]) -> Iterator[TruthValue]:
    """Every month of the demo is over, so all of a target is due."""
    months = {(row.kpi, row.variant, row.member, row.period): row for row in figures if row.grain == "month"}
    for target in company.targets:
        variant, member = MEANT.get(target.kpi, ("", ""))
        figure = months.get((target.kpi, variant, target.channel or member, target.month))
        if figure is not None:
            yield TruthValue(
                "target_attainment", f"{target.kpi}:{variant}", "month", target.month, figure.dimension, figure.member,
                quotient(figure.value, target.value), figure.value, target.value,
            )  # fmt: skip
