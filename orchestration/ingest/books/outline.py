"""The outline of a report of the books: sections inside sections, and totals that must be what stands above them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.ingest.books import ledgers
from orchestration.ingest.books.ledgers import filled
from orchestration.ingest.problems import Unreadable

TOTAL = re.compile(r"total(?: for)?(?: (?P<name>.+?))?(?: with sub-?accounts)?", re.IGNORECASE)
BALANCES = {"beginning balance", "opening balance", "closing balance", "ending balance"}
# Lines of a profit and loss that are worked out from the sections above; the first four from all of them.
RUNNING = {"gross profit", "net operating income", "operating profit", "net income", "net profit", "net earnings"}
COMPUTED = RUNNING | {"net other income", "net operating profit", "net loss"}
CLASSES = {
    "income": "income", "other income": "income", "revenue": "income", "trading income": "income", "sales": "income",
    "turnover": "income", "cost of goods sold": "cogs", "cost of sales": "cogs", "less cost of sales": "cogs",
    "expenses": "expense", "expense": "expense", "operating expenses": "expense", "less operating expenses": "expense",
    "other expenses": "expense", "other expense": "expense", "administrative costs": "expense", "overheads": "expense",
}  # fmt: skip
ROUNDING = Decimal("0.000001")
EDITED = "The report was cut or edited after the export: export it again."


@dataclass
class Entry:
    """One line of the books: where it stands, under which accounts, and its figures by column."""

    line: int
    path: tuple[str, ...]
    texts: list[str]
    figures: dict[int, Decimal]


@dataclass
class Outline:
    """What was read so far: entries, the sections that are open, and what became of the other records."""

    entries: list[Entry] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)  # name, and how many entries stood before it
    set_aside: Counter[str] = field(default_factory=Counter)
    basis: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The sections that a record stands in."""
        return tuple(name for name, _ in self.open)

    def close(self, name: str | None, line: int) -> list[Entry]:
        """The entries that a total adds up, whose section ends with it; without a name all of them."""
        if name is None:
            return self.entries
        wanted = name.casefold()
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth][0].casefold() == wanted:
                first = self.open[depth][1]
                del self.open[depth:]
                return self.entries[first:]
        for first in range(len(self.entries) - 1, -1, -1):  # an account with rows of its own and accounts below it
            if self.entries[first].texts and self.entries[first].texts[0].strip().casefold() == wanted:
                return self.entries[first:]
        raise Unreadable(f"a total of {name!r}, which does not stand above it", "a whole report", EDITED, line)

    def note(self, cells: Sequence[str]) -> None:
        """Set a line aside that is neither an entry nor a total; below the table it may name the basis."""
        self.set_aside["note"] += 1
        if ledgers.is_footer(cells) and (hit := ledgers.FOOTER.search(filled(cells)[0])):
            self.basis = hit["basis"].lower()

    def begin(self, name: str) -> None:
        """Open a section."""
        self.set_aside["note"] += 1
        self.open.append((name, len(self.entries)))

    def total(self, name: str | None, found: dict[int, Decimal], line: int) -> None:
        """Close a section whose total must be the sum of its entries."""
        self.set_aside["total"] += 1
        entries = self.close(name, line)
        for place, total in found.items():
            added = sum((entry.figures.get(place, Decimal(0)) for entry in entries), Decimal(0))
            compare(total, added, f"the total of {name!r}" if name else "the total", line)

    def profit(self, label: str, found: dict[int, Decimal], line: int) -> None:
        """Income less costs so far; where a section is of no known kind nobody can tell."""
        self.set_aside["total"] += 1
        self.open.clear()
        kinds = [CLASSES.get(entry.path[0].casefold()) if entry.path else None for entry in self.entries]
        if label.casefold() not in RUNNING or None in kinds:
            return
        for place, total in found.items():
            signed = ((1 if kind == "income" else -1, entry) for kind, entry in zip(kinds, self.entries, strict=True))
            added = sum((sign * entry.figures.get(place, Decimal(0)) for sign, entry in signed), Decimal(0))
            compare(total, added, repr(label), line)


def compare(total: Decimal, added: Decimal, what: str, line: int) -> None:
    """Unreadable where a total is not what its rows add up to; binary numbers are off by less than ROUNDING."""
    if abs(total - added) >= ROUNDING:
        raise Unreadable(
            f"{what} says {total}, the rows add up to {added}", "a total that equals its rows", EDITED, line
        )
