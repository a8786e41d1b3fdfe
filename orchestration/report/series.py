"""Values of a KPI as series: one per variant and member, period after period, with what is to be said of each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sparklines import sparklines

from orchestration.report.headline import shown
from orchestration.report.limits import natural_limits

KEY = ("kpi", "variant", "member", "unit", "grain", "as_of")
MARKS = {
    "…": "the period is not over",
    "~": "the cohort is still being followed",
    "!": "outside the limits that the earlier periods draw (XmR)",
}
FORMATS = {"day": "%d %b %y", "week": "%d %b %y", "month": "%b %Y", "year": "%Y", "fiscal_year": "from %b %Y"}


@dataclass(frozen=True)
class Series:
    """One line of a KPI: its published rows by period, oldest first; `all` has the period None."""

    kpi: str
    variant: str
    member: str
    unit: str
    grain: str
    as_of: date
    rows: dict[date | None, dict[str, Any]]

    def shown(self, period: date | None) -> str:
        """The value as people write it; empty where nothing is published."""
        return shown(self.rows[period]["value"], self.unit, self.kpi) if period in self.rows else ""

    def trend(self, periods: Sequence[date | None]) -> str:
        """The values as bars, between the lowest and the highest of them; a gap where there is none."""
        values = [self.rows[period]["value"] if period in self.rows else None for period in periods]
        known = [value for value in values if value is not None]
        return str(sparklines([None if value is None else float(value) for value in values])[0]) if known else ""

    def marks(self, period: date | None, multiplier: float) -> str:
        """What a reader must know before trusting the value of the period; empty where there is nothing to say."""
        row = self.rows.get(period)
        if row is None:
            return ""
        doubts = "" if row["is_complete"] else "…"
        doubts += "~" if row["is_mature"] is False else ""
        limits = natural_limits(list(self._counted_before(period)), multiplier) if not doubts else None
        is_outside = limits and row["value"] is not None and not limits[0] <= row["value"] <= limits[1]
        return doubts + ("!" if is_outside else "")

    def _counted_before(self, period: date | None) -> Iterator[Decimal | None]:
        for earlier, row in self.rows.items():
            if earlier == period:
                return
            yield row["value"] if row["is_complete"] and row["is_mature"] is not False else None


def series_of(records: Sequence[dict[str, Any]]) -> list[Series]:
    """The series in rows of kpi_values of one cut and grain, ordered by period."""
    found: dict[tuple[Any, ...], dict[date | None, dict[str, Any]]] = defaultdict(dict)
    for record in records:
        found[tuple(record[name] for name in KEY)][record["period"]] = record
    return [Series(**dict(zip(KEY, key, strict=True)), rows=rows) for key, rows in found.items()]


def period_name(period: date | None, grain: str) -> str:
    """A period as people write it: Jun 2026, 2026-Q2, 29 Jun 26 for the week from that day."""
    if period is None:
        return "all"
    if grain == "quarter":
        return f"{period.year}-Q{(period.month + 2) // 3}"
    return f"{period:{FORMATS.get(grain, '%Y-%m-%d')}}"
