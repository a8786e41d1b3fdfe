"""The registry: every KPI as the seeds define it, and every metric that says it to MetricFlow and to BI tools."""

import csv
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from orchestration.settings import DBT_PROJECT_DIR

SEEDS = DBT_PROJECT_DIR / "seeds"
METRICS = Path(__file__).with_name("metrics.csv")
NOT_BUILT = Path(__file__).with_name("not_built.csv")
ABOVE_ZERO = "both sides above 0"
NAME = re.compile(r"[a-z][a-z0-9_]*(?:@paid)?")


@dataclass(frozen=True)
class Kpi:
    """A KPI as the seeds kpi_dictionary and kpi_directions define it."""

    id: str
    family: str
    name: str
    unit: str
    additivity: str
    formula: str
    mart: str
    better: str

    @property
    def is_ratio(self) -> bool:
        """Whether a value is recomputed from numerator and denominator; else it is a sum."""
        return self.additivity == "N"


@dataclass(frozen=True)
class Cells:
    """Cells of kpi_values that a metric adds up: their grain, and the dimension that they are cut by."""

    grain: str
    dimension: str


@dataclass(frozen=True)
class Metric:
    """A KPI, or one variant of it, as a metric; without a name it is none, and `because` says why.

    `known_by` is "these of those": the value is unknown where there are some of those and none of these. Or it is
    "both sides above 0": below that a ratio means nothing. A metric of days stands for days and weeks alone: there the
    media that are booked by month are in no cell.
    """

    name: str
    kpi: str
    variant: str
    of_days: bool
    numerator: str
    denominator: str
    known_by: str
    cells: Cells | None
    cuts: tuple[str, ...]
    has_total: bool
    because: str

    @property
    def is_ratio(self) -> bool:
        """Whether it divides a sum by a sum."""
        return bool(self.denominator) or (self.cells is not None and not self.numerator)

    @property
    def measures(self) -> list[str]:
        """Measures of the semantic models that it is made of, those of paid channels with @paid."""
        counts = "" if self.known_by == ABOVE_ZERO else self.known_by.replace(" of ", " ")
        return [] if self.cells else sorted(set(NAME.findall(f"{self.numerator} {self.denominator} {counts}")))

    def speaks_of(self, kpi: str, variant: str) -> bool:
        """Whether it stands for this variant of a KPI."""
        return self.kpi == kpi and fnmatchcase(variant, self.variant)

    @property
    def text(self) -> str:
        """What people read about it: the definition of its KPI, and the variant where there is one."""
        variant = f" ({self.variant.strip('_*')})" if self.variant.strip("_*") else ""
        return f"{kpis()[self.kpi].formula}{variant}"

    @property
    def label(self) -> str:
        """What people call it: the name of its KPI, the variant, and its own name where there are two of them."""
        named = self._named
        others = [other for other in metrics() if other._named == named and other.kpi == self.kpi]
        return named if others[-1] is self else f"{named} ({self.name})"

    @property
    def _named(self) -> str:
        variant = self.variant.strip("_*").replace("_", " ")
        return f"{kpis()[self.kpi].name}{f', {variant}' if variant else ''}"


@cache
def kpis() -> dict[str, Kpi]:
    """Every KPI by id, in the order in which people read them."""
    better = {row["kpi"]: row["better"] for row in _rows(SEEDS / "kpi_directions.csv")}
    return {
        row["id"]: Kpi(
            **{name: row[name] for name in ("id", "family", "name", "unit", "additivity", "formula", "mart")},
            better=better.get(row["id"], "neither"),
        )
        for row in _rows(SEEDS / "kpi_dictionary.csv")
    }


@cache
def entries() -> tuple[Metric, ...]:
    """Every line of the registry of metrics: metrics, and variants that are none with the reason."""
    return tuple(_metric(row) for row in _rows(METRICS))


def metrics() -> list[Metric]:
    """Those that are metrics."""
    return [entry for entry in entries() if entry.name]


def not_built() -> list[tuple[str, str, str]]:
    """KPIs that Duet does not know yet: id, name, and what to make do with."""
    return [(row["id"], row["name"], row["because"]) for row in _rows(NOT_BUILT)]


@cache
def units() -> dict[tuple[str, str], str]:
    """Units of variants that differ from their KPI's."""
    return {(row["kpi"], row["variant"]): row["unit"] for row in _rows(SEEDS / "kpi_variant_units.csv")}


def _metric(row: dict[str, str]) -> Metric:
    cuts = row["cuts"].split()
    return Metric(
        name=row["metric"],
        kpi=row["kpi"],
        variant=row["variant"],
        of_days=row["grains"] == "days",
        numerator=row["numerator"],
        denominator=row["denominator"],
        known_by=row["known_by"],
        cells=_cells(row["cells"]) if row["cells"] else None,
        cuts=tuple(cut for cut in cuts if cut != "only"),
        has_total="only" not in cuts,
        because=row["because"],
    )


def _cells(text: str) -> Cells:
    grain, _, dimension = text.partition(" ")
    return Cells(grain, dimension)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
