"""The SQL that reads one file: where each column of the stream comes from and when a row is clean."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from orchestration.ingest.cells import conditions, values
from orchestration.ingest.cells.texts import Locale, quoted, trimmed
from orchestration.ingest.contracts.formats import Binding
from orchestration.ingest.contracts.sources import ColumnType
from orchestration.ingest.recognition.candidates import Recognised
from orchestration.ingest.recognition.marks import Facts
from orchestration.ingest.text.dayorder import Doubt

# Their fast path reads the cell itself; a trimmed copy would cost more than the parsing.
READ_UNTRIMMED = {"money", "number", "count", "date", "id", "account_id", "currency"}
# A delivery or cost outside these days is a placeholder or a slip of the keyboard.
FIRST_DAY, LAST_DAY = "date '1990-01-01'", "date '2099-12-31'"


@dataclass(frozen=True)
class Bound:
    """One column of the stream that the file has."""

    column: str
    kind: ColumnType
    namespace: str | None
    binding: Binding
    place: int
    header: str
    twin: int | None = None
    follower: int | None = None

    @property
    def cell(self) -> str:
        """The text as it stands in the file."""
        return f"c{self.place}"

    @property
    def is_read_untrimmed(self) -> bool:
        """Whether most of its cells are read without trimming them."""
        return not self.is_composed and bool({self.kind, self.binding.rule} & READ_UNTRIMMED)

    @property
    def is_composed(self) -> bool:
        """Whether its text is not simply that of its cell."""
        return bool(self.binding.where) or self.follower is not None

    @property
    def shown_as(self) -> str:
        """What kind of text it is, for messages."""
        return "currency" if self.binding.rule == "currency" else self.kind

    @property
    def can_fail(self) -> bool:
        """Whether some text is no value of this column."""
        is_text = self.kind in ("text", "key", "key_list")
        is_id = self.kind == "key" or self.binding.rule in ("id", "account_id", "salesforce_id", "urn", "currency")
        return not is_text or is_id


@dataclass(frozen=True)
class Plan:
    """How one file becomes rows of the lake."""

    found: Recognised
    locale: Locale
    parameters: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    doubt: Doubt | None = None  # a date that the file does not tell from another
    is_for_few: bool = False  # rows so few that planning the statement takes longer than running it

    @cached_property
    def bound(self) -> list[Bound]:
        """The columns that the file has, in the order of the stream."""
        match, columns = self.found.match, self.found.match.form.columns
        single = [
            Bound(
                name, column.type, column.namespace, columns[name], match.mapping[name],
                match.cells[match.mapping[name]].strip(), match.same_as.get(name), match.followed_by.get(name),
            )
            for name, column in match.stream.columns.items()
            if name in match.mapping
        ]  # fmt: skip
        several = [
            Bound(f"{name}_{place}", "timestamp", None, columns[name], place, match.cells[place].strip())
            for name, places in match.repeated.items()
            for place in places
        ]
        return single + several

    @property
    def width(self) -> int:
        """How many cells a record has."""
        return len(self.found.match.cells)

    def bare(self, bound: Bound) -> str:
        """The trimmed text of a column."""
        return f"({trimmed(bound.cell, self.locale)})" if self._trims_late(bound) else f"t_{bound.column}"

    def _trims_late(self, bound: Bound) -> bool:
        """Whether a text is trimmed where its fast path fails, each time anew: a long statement, and a fast one."""
        return bound.is_read_untrimmed and not self.is_for_few

    def texts(self) -> Iterator[str]:
        """First layer: trimmed texts; of rows that speak of something else a text is not even looked at."""
        cells = {bound.column: bound.cell for bound in self.bound}
        for bound in self.bound:
            if not self._trims_late(bound):
                text = trimmed(bound.cell, self.locale)
                if bound.follower is not None:
                    text = f"nullif(concat_ws(' ', {text}, {trimmed(f'c{bound.follower}', self.locale)}), '')"
                if bound.binding.where:
                    text = f"case when {conditions.met(bound.binding.where, cells, self.locale)} then {text} end"
                yield f"{text} as t_{bound.column}"

    def values(self) -> Iterator[str]:
        """Second layer: typed values."""
        for bound in self.bound:
            cell = self.bare(bound) if bound.is_composed else bound.cell
            value = self._parsed(bound, cell)
            if bound.twin is not None:
                twin = trimmed(f"c{bound.twin}", self.locale)
                value = f"case when coalesce({twin}, {self.bare(bound)}) = {self.bare(bound)} then {value} end"
            yield f"{value} as v_{bound.column}"

    def _parsed(self, bound: Bound, cell: str) -> str:
        currency = self._currency if bound.binding.rule == "minor_units" else "null"
        kind, binding, namespace = bound.kind, bound.binding, bound.namespace
        return values.parsed(cell, self.bare(bound), kind, binding, self.locale, namespace, currency)

    @cached_property
    def _currency(self) -> str:
        """The money of a row, which says how many of its minor units make one."""
        for bound in self.bound:
            if bound.column == "currency":
                return f"({self._parsed(bound, bound.cell)})"
        constant = self.constants().get("currency")
        return quoted(constant.upper()) if constant else "cast(null as varchar)"

    def is_good(self, bound: Bound) -> str:
        """Whether a row's value of this column can be loaded."""
        is_empty = "false" if bound.binding.filled else f"{self.bare(bound)} is null"
        return f"case when v_{bound.column} is not null then {self._is_value(bound)} else {is_empty} end"

    def _is_value(self, bound: Bound) -> str:
        """Whether a value is one: asked of it and not of its text, which would be worked out twice."""
        is_day = bound.column == self.found.match.stream.day
        return f"v_{bound.column} between {FIRST_DAY} and {LAST_DAY}" if is_day else f"v_{bound.column} is not null"

    @property
    def is_clean(self) -> str:
        """Whether a row can be loaded; most rows have every value, of the others it is asked why one is not there."""
        asked = [bound for bound in self.bound if bound.can_fail or bound.binding.filled]
        is_whole, is_good = (" and ".join(map(test, asked)) for test in (self._is_value, self.is_good))
        return f"case when {is_whole} then true else {is_good} end" if asked else "true"

    @property
    def said_account(self) -> str | None:
        """The account that the export names beside its rows."""
        binding = self.found.match.form.columns.get("account_id")
        if binding is None or binding.fact is None or "account_id" in self.found.match.mapping:
            return None
        said = self.facts.text(binding.fact)
        return said.replace("-", "") if said and binding.rule == "account_id" else said

    def constants(self) -> dict[str, str | None]:
        """Values that hold for every row of the file."""
        match = self.found.match
        bindings = match.form.columns.items()
        constants = {name: binding.default for name, binding in bindings}
        facts = {name: self.facts.text(binding.fact) for name, binding in bindings if binding.fact}
        constants |= {name: text for name, text in facts.items() if text is not None}
        constants["breakdown"] = match.breakdown_name
        if match.currency is not None:
            constants["currency"] = match.currency
        return constants

    def all_cells(self) -> list[str]:
        """The names of all cells."""
        return [f"c{place}" for place in range(self.width)]

    def needed_cells(self) -> list[str]:
        """The cells that loading reads; the others are skipped by the scan."""
        places = {bound.place for bound in self.bound} | set(self.found.match.unknown)
        places |= {beside for bound in self.bound for beside in (bound.twin, bound.follower) if beside is not None}
        places |= set(self.found.match.member_places)
        if self.found.match.form.totals and self.found.match.stream.day is None:
            places.add(0)  # whether it is the label of a total
        return [f"c{place}" for place in sorted(places)]

    def rows(self, cells: list[str], is_numbered: bool) -> str:
        """A subquery of all records with their texts and values; the row number keeps filters above the parsing."""
        extra = ["file_row", "file_line"] if is_numbered else []
        columns = "{" + ", ".join(f"'{name}': 'varchar'" for name in [*self.all_cells(), *extra]) + "}"
        file_row = "cast(n_row as bigint)" if is_numbered else "row_number() over () + $first_row"
        line = ["cast(file_line as bigint) as n_line", "file_row as n_row"] if is_numbered else []
        first = ", ".join([*cells, *self.texts(), *line])
        second = ", ".join(["*", *self.values()])
        delimiter = quoted(self.found.dialect.delimiter)
        breaks = r", new_line = '\n'" if is_numbered else ""  # else told by the first break, be it inside a cell
        scan = (
            f"read_csv($path, columns = {columns}, auto_detect = false, header = false, delim = {delimiter}, "
            f"quote = '\"', escape = '\"', skip = $skip{breaks})"
        )
        return f"(select {file_row} as file_row, * from (select {second} from (select {first} from {scan})))"
