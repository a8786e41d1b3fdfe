"""Checks the totals that an export prints against its rows: the export's own checksum."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from orchestration.ingest.formats import Totals

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
        role = role_of(rules, str(total["label"] or ""))
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


def is_word(rules: Totals, cell: str) -> bool:
    """Whether a first cell is that of a total row which has no colon."""
    return any(re.fullmatch(word, cell.strip(), re.IGNORECASE) for word in (*rules.words, *rules.partial))


def is_labelled(rules: Totals, cell: str) -> bool:
    """Whether a first cell is that of a total row."""
    word, colon, _ = cell.partition(":")
    return is_word(rules, cell) or (
        bool(colon) and word.strip().casefold() in {label.strip().casefold() for label in rules.labels}
    )


def rows_said(rules: Totals, label: str) -> int | None:
    """How many rows a total row says that there are."""
    for word in rules.words:
        found = re.fullmatch(word, label.strip(), re.IGNORECASE)
        if found and found.groupdict().get("rows"):
            return int(re.sub(r"\D", "", found["rows"]))
    return None


def role_of(rules: Totals, label: str) -> str | None:
    """Whether a total must equal the rows, may differ, or says something else."""
    if any(re.fullmatch(word, label.strip(), re.IGNORECASE) for word in rules.partial):
        return None
    if not rules.labels or is_word(rules, label):
        return "checked"
    subject = label.split(":", 1)[-1].strip().casefold()
    if not rules.checked or subject in {name.casefold() for name in rules.checked}:
        return "checked"
    return "compared" if subject in {name.casefold() for name in rules.compared} else None


def label_patterns(rules: Totals) -> list[str]:
    """What the first cell of a total row looks like: a word before a colon, or all of it an expression."""
    words = "|".join(re.escape(label) for label in rules.labels)
    whole = "|".join((*rules.words, *rules.partial))
    patterns = [rf"(?i)^\s*({words})[\s\x{{00a0}}\x{{202f}}]*:"] if words else []
    return [*patterns, rf"(?i)^\s*({whole})\s*$"] if whole else patterns
