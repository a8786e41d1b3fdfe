"""What was found in the rows of one file: their fates, and those that were not loaded."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orchestration.ingest.rows.evening import UnevenRecord


@dataclass(frozen=True)
class FaultyRow:
    """A record that cannot be loaded: where it is, and the column that says no."""

    file_row: int
    line: int | None
    place: int | None
    text: str | None


@dataclass
class Reading:
    """What the scan found: rows by fate, and the rows that were not loaded."""

    rows: dict[str, int]
    faulty: list[FaultyRow] = field(default_factory=list)
    uneven: list[UnevenRecord] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)
    rejected_weight: Decimal = Decimal(0)
    is_by_month: bool = False  # an ad report whose days are all the first of a month
    second_headers: list[int] = field(default_factory=list)  # lines where another report begins
    is_open: bool = False  # the last line has no end, and nothing else proves that the file is whole
    repeats: int = 0  # rows that repeat an earlier one, counted among the notes
    clashes: list[tuple[int | None, int | None]] = field(default_factory=list)  # lines of rows that contradict others

    @property
    def records(self) -> int:
        """Every record of the file."""
        return sum(self.rows.values())
