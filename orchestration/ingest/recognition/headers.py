"""Matches the header cells of a file with the headers that a format knows."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cached_property, lru_cache

from orchestration.ingest.cells import unpivot
from orchestration.ingest.contracts.formats import Format
from orchestration.ingest.contracts.sources import Stream
from orchestration.ingest.recognition.marks import Facts
from orchestration.ingest.text.dates import read_day

LEAST_ALIKE = 2


@lru_cache(maxsize=65536)
def normalised(header: str) -> str:
    """One spelling of a header: case, spaces of every kind and full-width letters do not count."""
    return " ".join(unicodedata.normalize("NFKC", header).replace("\ufeff", "").casefold().split())


@lru_cache(maxsize=4096)
def _with_currency(header: str) -> re.Pattern[str]:
    return re.compile(re.escape(normalised(header)).replace(re.escape("{currency}"), r"([^()]+)"))


@lru_cache(maxsize=4096)
def _any_of(globs: tuple[str, ...]) -> re.Pattern[str]:
    """All globs of a form at once; fnmatch forgets its patterns when there are more than 256."""
    return re.compile("|".join(translate(normalised(glob)) for glob in globs) or r"(?!)")


@dataclass
class Match:
    """What one format finds in one record: which cell feeds which column, and what is missing."""

    source: str
    name: str
    form: Format
    stream: Stream
    cells: list[str]
    mapping: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)  # column -> which of its headers was met
    same_as: dict[str, int] = field(default_factory=dict)
    followed_by: dict[str, int] = field(default_factory=dict)
    dimension_cells: set[int] = field(default_factory=set)
    breakdown: dict[str, int] = field(default_factory=dict)  # dimension -> the cell of its member
    said: frozenset[str] = frozenset()  # facts that the lines before the header state
    is_other_rows: bool = False  # the first rows belong to another format with the same headers
    repeated: dict[str, dict[int, str]] = field(default_factory=dict)  # column -> cell -> whose time it holds
    forbidden: list[str] = field(default_factory=list)
    lacks_marker: bool = False  # none of the headers is there that tell it from other exports
    currency: str | None = None

    @cached_property
    def names(self) -> list[str]:
        """The header cells in one spelling."""
        return [normalised(cell) for cell in self.cells]

    @property
    def missing(self) -> list[str]:
        """Required columns without a header."""
        if not self.cells:
            return []
        bindings, absent = self.form.columns, (one for one in self.form.required() if one not in self.mapping)
        return [column for column in absent if bindings[column].fact not in self.said]

    @property
    def member_places(self) -> list[int]:
        """The cells that say which member of the breakdown a row is of."""
        return [self.breakdown[name] for name in sorted(self.breakdown)]

    @property
    def breakdown_name(self) -> str | None:
        """What the rows split an account's day by; None where the stream does not ask or the file has no header."""
        if "breakdown" not in self.stream.columns or not self.cells:
            return None
        campaign = ["campaign"] if {"campaign_id", "campaign_name"} & set(self.mapping) else []
        return "+".join(sorted({*self.breakdown, *campaign})) or "account"

    @property
    def _used(self) -> set[int]:
        several = {place for places in self.repeated.values() for place in places}
        beside = {*self.same_as.values(), *self.followed_by.values()}
        return {*self.mapping.values(), *beside, *self.dimension_cells, *several}

    @cached_property
    def ignored(self) -> list[int]:
        """Cells that are known and not used."""
        used = self._used
        ignores = _any_of(tuple(self.form.ignore))
        rest = [(i, name) for i, name in enumerate(self.names) if i not in used]
        return [i for i, name in rest if not name or ignores.match(name)]

    @property
    def unknown(self) -> list[int]:
        """Cells that no one declared; they go to `extra`."""
        known = self._used | set(self.ignored)
        return [i for i in range(len(self.cells)) if i not in known]

    @property
    def known_share(self) -> float:
        """How much of the header the format knows."""
        return 1 - len(self.unknown) / len(self.cells) if self.cells else 1.0

    @property
    def fits(self) -> bool:
        """Whether the file can be read with this format."""
        is_whole = not self.missing and not self.is_another
        return is_whole and self.known_share >= self.form.known_share

    @property
    def is_another(self) -> bool:
        """Whether its headers or its first rows say that it is another export."""
        return bool(self.forbidden) or self.lacks_marker or self.is_other_rows

    @property
    def is_this_export_broken(self) -> bool:
        """Whether it is this export with a column missing, rather than something else."""
        if self.is_another or not self.missing:
            return False
        if self.form.identified_by:
            is_met = any(all(column in self.mapping for column in columns) for columns in self.form.identified_by)
            return is_met and self.known_share >= max(self.form.known_share, 0.5)
        present = len(self.form.required()) - len(self.missing)
        return len(self.missing) == 1 and present > 2 and self.known_share >= 0.6

    @property
    def rank(self) -> tuple[int, bool, int, float]:
        """The more it asks for and finds, the better it fits; also of the first rows."""
        found = len(self.form.required()) - len(self.missing)
        return found, self.form.when is not None, len(self.mapping), self.known_share


def match(
    source: str, name: str, form: Format, stream: Stream, cells: Sequence[str], said: Collection[str] = ()
) -> Match:
    """Find the columns of a format among the cells."""
    found = Match(source, name, form, stream, list(cells), said=frozenset(said))
    places = {cell: i for i, cell in reversed(list(enumerate(found.names))) if cell}
    for column, binding in form.columns.items():
        for nth, header in enumerate(binding.headers):
            place = _place(header, places, found)
            if place is not None and (binding.where or place not in found.mapping.values()):
                found.mapping[column], found.aliases[column] = place, nth
                break
        if column in found.mapping:
            _bind_beside(found.same_as, column, binding.same_as, places)
            _bind_beside(found.followed_by, column, binding.followed_by, places)
        if binding.matching:
            found.repeated[column] = unpivot.members(binding.matching, found.cells)
    _bind_breakdown(found, places)
    found.forbidden = [header for header in form.without if normalised(header) in places]
    found.lacks_marker = bool(form.having) and not any(normalised(header) in places for header in form.having)
    return found


def _place(header: str, places: dict[str, int], found: Match) -> int | None:
    if "{currency}" not in header:
        return places.get(normalised(header))
    for cell, place in places.items():
        if hit := _with_currency(header).fullmatch(cell):
            found.currency = hit[1].strip().upper()
            return place
    return None


def _bind_beside(bound: dict[str, int], column: str, headers: Sequence[str], places: dict[str, int]) -> None:
    for header in headers:
        place = places.get(normalised(header))
        if place is not None:
            bound[column] = place
            return


def _bind_breakdown(found: Match, places: dict[str, int]) -> None:
    """Every header of a dimension is known; the first one found says which member a row is of."""
    for dimension, headers in sorted(found.form.breakdown.items()):
        hits = [places[normalised(header)] for header in headers if normalised(header) in places]
        if hits:
            found.breakdown[dimension] = hits[0]
            found.dimension_cells.update(hits)


def rows_are_others(found: Match, rows: Iterable[Sequence[str]], facts: Facts) -> bool:
    """Whether the first rows tell that they belong to another format with the same headers."""
    when = found.form.when
    if when is None:
        return False
    sample = [cells for cells in rows if any(cells) and not _is_total(found, cells)]
    if when.coarse and not _are_coarse(found, sample, facts):
        return True
    same, differ = places_of(found, when.same), places_of(found, when.differ)
    if same and not _are_equal(same, sample):
        return True
    return bool(when.differ) and (not differ or _are_equal(differ, sample))


def _are_coarse(found: Match, rows: Sequence[Sequence[str]], facts: Facts) -> bool:
    """Whether every row stands for the whole of a declared window of several days: all are dated on its first."""
    when, form = found.form.when, found.form
    places = [place for place, name in enumerate(found.names) if when and name in map(normalised, when.coarse)]
    if not places or not rows or facts.window is None or facts.window[0] == facts.window[1]:
        return False
    cells = [row[places[0]].strip() for row in rows if len(row) > places[0]]
    return all(read_day(cell, form.languages, form.dates) == facts.window[0] for cell in cells)


def is_second(found: Match, cells: Sequence[str]) -> bool:
    """Whether a record looks like the header of another report: it names at least half of its cells like the first."""
    own = {name for name in found.names if name}
    filled = [normalised(cell) for cell in cells if cell.strip()]
    alike = sum(cell in own for cell in filled)
    return alike >= LEAST_ALIKE and 2 * alike >= len(filled)


def places_of(found: Match, sides: Sequence[Sequence[str]]) -> list[int]:
    """The cell of each set of headers; nothing where one of them is not there."""
    places = {name: place for place, name in reversed(list(enumerate(found.names)))}
    hits = [[places[normalised(header)] for header in side if normalised(header) in places] for side in sides]
    return [hit[0] for hit in hits] if hits and all(hits) else []


def _are_equal(pair: Sequence[int], rows: Iterable[Sequence[str]]) -> bool:
    first, second = pair
    return all(cells[first].strip() == cells[second].strip() for cells in rows if len(cells) > max(pair))


def _is_total(found: Match, cells: Sequence[str]) -> bool:
    columns = found.form.totals.blank if found.form.totals else []
    places = [found.mapping[column] for column in columns if column in found.mapping]
    return bool(places) and not any(cells[place].strip() for place in places if place < len(cells))
