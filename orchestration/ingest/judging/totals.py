"""Checks the totals that an export prints against its rows: the export's own checksum."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from orchestration.ingest.contracts import total_rows
from orchestration.ingest.contracts.formats import Totals

CENT = Decimal("0.01")


def tolerance(kind: str, rows: int) -> Decimal:
    """Nothing for plain sums; for figures rounded to cents, what rounding can add up to over so many rows."""
    return Decimal(0) if kind == "exact" else (CENT + CENT * Decimal(math.sqrt(rows)) / 2).quantize(CENT)


def compare(
    rules: Totals, totals: list[dict[str, Any]], sums: Mapping[str, Decimal | int | None], rows: int
) -> list[dict[str, Any]]:
    """One entry per total row and column: both figures, and whether the difference is a fault, a note or nothing."""
    entries = []
    for total in totals:
        role = total_rows.role_of(rules, str(total["label"] or ""))
        for kind, columns in (("exact", rules.exact), ("rounded", rules.rounded)):
            for column in columns:
                if role is None or total.get(column) is None:
                    continue
                found, summed = Decimal(total[column]), Decimal(sums.get(column) or 0)
                allowed = tolerance(kind, rows)
                entries.append(
                    {
                        "label": str(total["label"] or "").strip(),
                        "line": total["line"],
                        "column": column,
                        "total": f"{found.normalize():f}",
                        "rows": f"{summed.normalize():f}",
                        "agrees": abs(found - summed) <= allowed,
                        "is_checked": role == "checked",
                    }
                )
    return entries
