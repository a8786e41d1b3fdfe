"""Recognises a file by its content: which format's header cells stand in its first kilobytes."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest import containers, dialect, headers, marks
from orchestration.ingest.contracts import Source, Stream
from orchestration.ingest.currencies import CURRENCIES
from orchestration.ingest.dialect import Dialect, Record
from orchestration.ingest.formats import Format
from orchestration.ingest.headers import Match, match, normalised
from orchestration.ingest.problems import Problem

DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
FIGURE = re.compile(r"-?[\d.,]*\d")
HEADER_RECORDS = 30
MOST_COLUMNS = 5_000


@dataclass(frozen=True)
class Recognised:
    """A file that a format can read."""

    match: Match
    dialect: Dialect
    records: list[Record]
    header_index: int  # among the records of the file, blank ones counted; behind the last where there is none

    @property
    def has_header(self) -> bool:
        """Whether there is a header; an empty report of some platforms has none."""
        return self.header_index < len(self.records)

    @property
    def preamble(self) -> list[str]:
        """The lines before the header."""
        return marks.preamble_lines(self.records[: self.header_index], self.dialect.delimiter)

    @property
    def header(self) -> Record:
        """The header record."""
        return self.records[self.header_index]

    @property
    def sample(self) -> list[list[str]]:
        """The first records behind the header."""
        return [record.cells for record in self.records[self.header_index + 1 :] if any(record.cells)]


@dataclass(frozen=True)
class Refused:
    """A file that cannot be read: rejected where it is an export gone wrong, else nobody's file."""

    problem: Problem
    is_rejected: bool
    nearest: Match | None = None


@dataclass(frozen=True)
class Reader:
    """One format, and the required headers that make it worth a closer look."""

    source: str
    name: str
    form: Format
    stream: Stream
    required: frozenset[str]


def readers_of(sources: dict[str, Source]) -> list[Reader]:
    """Every format of every source."""
    return [
        Reader(source.source, name, form, source.streams[form.stream], _required_names(form))
        for source in sources.values()
        for name, form in source.formats.items()
    ]


def _required_names(form: Format) -> frozenset[str]:
    columns = {*form.required(), *(column for columns in form.identified_by for column in columns)}
    return frozenset(normalised(header) for column in columns for header in form.columns[column].headers)


def recognise(path: Path, name: str, readers: Sequence[Reader]) -> Recognised | Refused:
    """Say what a file is, from its first kilobytes alone."""
    head = dialect.read_head(path)
    if foreign := containers.foreign_container(head):
        return Refused(Problem(name, foreign[0], "an export", foreign[1]), is_rejected=False)
    encoding = dialect.find_encoding(head)
    if encoding is None:
        remedy = "Save it as CSV (UTF-8), or export it again."
        problem = Problem(name, "UTF-16 text without its byte order mark", "UTF-8, or UTF-16 with it", remedy)
        return Refused(problem, is_rejected=True)
    text = dialect.decode_head(head, encoding)
    if failed := refused_download(name, text.encode()):
        return failed
    return _by_header(name, text, encoding, len(head) < dialect.HEAD_BYTES, readers)


def refused_download(name: str, start: bytes) -> Refused | None:
    """The refusal of what arrived instead of an export."""
    if failed := containers.failed_download(start):
        return Refused(Problem(name, failed[0], "an export with a header row", failed[1]), is_rejected=True)
    return None


def _by_header(name: str, text: str, encoding: str, is_whole: bool, readers: Sequence[Reader]) -> Recognised | Refused:
    readings = []
    for delimiter in dialect.DELIMITERS:
        if delimiter in text:
            records = dialect.head_records(text, delimiter, is_whole)
            readings.append((Dialect(encoding, delimiter), records))
    if not readings:
        readings.append((Dialect(encoding, ","), dialect.head_records(text, ",", is_whole)))
    candidates = [
        Recognised(found, spoken, records, index)
        for spoken, records in readings
        for index, found in _matches(records, spoken.delimiter, readers)
    ]
    if is_whole:
        candidates += _empty_exports(readings, readers)
    fitting = [candidate for candidate in candidates if candidate.match.fits]
    if fitting:
        return _checked(name, max(fitting, key=lambda candidate: candidate.match.rank))
    if not candidates and (headless := _headless(name, readings)):
        return headless
    return _refusal(name, candidates)


def _headless(name: str, readings: Sequence[tuple[Dialect, list[Record]]]) -> Refused | None:
    """A table that begins with its first row: a day and a figure stand where the names should be."""
    for _, records in readings:
        rows = [record for record in records if any(record.cells)][:2]
        cells = [cell.strip() for cell in rows[0].cells] if rows else []
        is_row = any(DAY.match(cell) for cell in cells) and any(FIGURE.fullmatch(cell) for cell in cells)
        if is_row and len(cells) > 2 and all(len(row.cells) == len(cells) for row in rows):
            remedy = "Export it again with the column names in the first line."
            problem = Problem(name, "no header: the first line is already data", "a header line", remedy, 1)
            return Refused(problem, is_rejected=True)
    return None


def _matches(records: Sequence[Record], delimiter: str, readers: Sequence[Reader]) -> Iterator[tuple[int, Match]]:
    worth = set().union(*(reader.required for reader in readers))
    for index, record in enumerate(records[:HEADER_RECORDS]):
        names = {normalised(cell) for cell in record.cells}
        for reader in readers if not names.isdisjoint(worth) else ():
            if names & reader.required:
                lines = marks.preamble_lines(records[:index], delimiter) if reader.form.preamble else []
                if marks.say_another(reader.form.preamble, lines):
                    continue
                facts = marks.facts_of(reader.form, lines)
                found = match(reader.source, reader.name, reader.form, reader.stream, record.cells, facts.said)
                rows = (below.cells for below in records[index + 1 :])
                found.is_other_rows = headers.rows_are_others(found, rows, facts)
                yield index, found


def _empty_exports(readings: Sequence[tuple[Dialect, list[Record]]], readers: Sequence[Reader]) -> Iterator[Recognised]:
    """Exports without a header: every line is one of those that stand around the table, and none is missing."""
    for reader in readers:
        for spoken, records in readings if reader.form.without_header else ():
            lines = [line for line in marks.preamble_lines(records, spoken.delimiter) if line]
            known = [*reader.form.preamble, *reader.form.footer]
            is_known = lines and all(marks.is_marked(known, line) for line in lines)
            if is_known and not marks.missing_marks(reader.form.preamble, lines):
                found = Match(reader.source, reader.name, reader.form, reader.stream, [])
                yield Recognised(found, spoken, records, len(records))


def _checked(name: str, found: Recognised) -> Recognised | Refused:
    if not found.has_header:
        return found
    form, line = found.match.form, found.header.first_line
    if len(found.match.cells) > MOST_COLUMNS:
        what = f"{len(found.match.cells):,} columns"
        problem = Problem(name, what, f"at most {MOST_COLUMNS:,}", "Export only what you need.", line)
        return Refused(problem, is_rejected=True, nearest=found.match)
    if form.refused:
        problem = Problem(name, f"a {form.title}", "an export that can be read row by row", form.refused, line)
        return Refused(problem, is_rejected=False, nearest=found.match)
    allowed = {normalised(header) for header in form.doubled}
    names = Counter(cell for cell in found.match.names if cell and cell not in allowed)
    if doubles := [cell for cell, times in names.items() if times > 1]:
        problem = Problem(
            name,
            f"the header {doubles[0]!r} more than once",
            "each header once",
            "Rename one of them.",
            line,
            doubles[0],
        )
        return Refused(problem, is_rejected=True, nearest=found.match)
    if found.match.currency is not None and found.match.currency not in CURRENCIES:
        problem = Problem(
            name,
            f"the currency {found.match.currency!r} in the header",
            "a currency code of ISO 4217 such as EUR",
            "Export again with the account's own currency.",
            line,
        )
        return Refused(problem, is_rejected=True, nearest=found.match)
    return found


def _refusal(name: str, candidates: Sequence[Recognised]) -> Refused:
    broken = [candidate for candidate in candidates if candidate.match.is_this_export_broken]
    if broken:
        best = max(broken, key=lambda candidate: candidate.match.rank)
        return Refused(_missing(name, best), is_rejected=True, nearest=best.match)
    if not candidates:
        problem = Problem(
            name, "no header that any reader knows", "one of the exports that Duet reads", "Open it and see what it is."
        )
        return Refused(problem, is_rejected=False)
    best = max(candidates, key=lambda candidate: _nearness(candidate.match))
    return Refused(_unknown(name, best), is_rejected=False, nearest=best.match)


def _nearness(found: Match) -> tuple[float, int]:
    """How much of what the reader needs is there, and how much of the file the reader knows."""
    wanted = found.form.required()
    share = (len(wanted) - len(found.missing)) / len(wanted) if wanted else 0.0
    return share + found.known_share - 0.1 * bool(found.forbidden) - 0.5 * found.lacks_marker, len(found.mapping)


def _missing(name: str, found: Recognised) -> Problem:
    column = found.match.missing[0]
    binding = found.match.form.columns[column]
    remedy = binding.remedy or f"Export it again with this column, or rename its header to {binding.headers[0]!r}."
    more = [found.match.form.columns[other].headers[0] for other in found.match.missing[1:]]
    also = f" (also missing: {', '.join(more)})" if more else ""
    near = nearest_header(binding.headers, [found.header.cells[i] for i in found.match.unknown])
    what = f"no such header{also}" + (f"; the nearest is {near!r}" if near else "")
    return Problem(
        name, what, f"the column {binding.headers[0]!r} of a {found.match.form.title}", remedy,
        found.header.first_line, binding.headers[0],
    )  # fmt: skip


def nearest_header(wanted: Sequence[str], cells: Sequence[str]) -> str | None:
    """The header in the file that looks most like one of the wanted."""
    by_name = {normalised(cell): cell for cell in cells}
    for header in wanted:
        if close := difflib.get_close_matches(normalised(header), by_name, n=1, cutoff=0.5):
            return by_name[close[0]]
    return None


def _unknown(name: str, found: Recognised) -> Problem:
    form, source = found.match.form, found.match.source
    missing = [form.columns[column].headers[0] for column in found.match.missing]
    lacks = f"it lacks {', '.join(map(repr, missing))}" if missing else "too few of its headers are known"
    if found.match.forbidden:
        lacks = f"it is at another level: it has {', '.join(map(repr, found.match.forbidden))}"
    return Problem(
        name,
        f"headers that no reader knows; the nearest reader is {source}/{form.stream} ({form.title}), but {lacks}",
        "one of the exports that Duet reads",
        "Export the right report, or leave the file: nothing else waits for it.",
    )
