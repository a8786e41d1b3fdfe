"""Recognises a file by its content: which format's header cells stand in its first kilobytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest.contracts.formats import Format
from orchestration.ingest.contracts.sources import Source, Stream
from orchestration.ingest.problems import Problem
from orchestration.ingest.recognition import containers, headers, marks, refusals
from orchestration.ingest.recognition.candidates import Recognised, Refused
from orchestration.ingest.recognition.headers import Match, match, normalised
from orchestration.ingest.text import dialect
from orchestration.ingest.text.dialect import Dialect, Record

HEADER_RECORDS = 30
LITTLE_KNOWN = 0.3  # below it a reader has nothing to do with a file


@dataclass(frozen=True)
class Reader:
    """One format, and the required headers that make it worth a closer look."""

    source: str
    name: str
    form: Format
    stream: Stream
    required: frozenset[str]
    wanted: tuple[frozenset[str], ...]  # of each column that must be there, its headers

    def may_fit(self, names: set[str]) -> bool:
        """Whether every column that must be there has a header among the names."""
        return not any(names.isdisjoint(headers) for headers in self.wanted)


def readers_of(sources: dict[str, Source]) -> list[Reader]:
    """Every format of every source."""
    return [
        Reader(source.source, name, form, source.streams[form.stream], _required_names(form), _wanted(form))
        for source in sources.values()
        for name, form in source.formats.items()
    ]


def _required_names(form: Format) -> frozenset[str]:
    columns = {*form.required(), *(column for columns in form.identified_by for column in columns)}
    return frozenset(normalised(header) for column in columns for header in form.columns[column].headers)


def _wanted(form: Format) -> tuple[frozenset[str], ...]:
    bindings = [form.columns[column] for column in form.required() if not form.columns[column].fact]
    plain = [binding.headers for binding in bindings if not any("{currency}" in header for header in binding.headers)]
    return tuple(frozenset(map(normalised, headers)) for headers in plain)


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
    if failed := refusals.refused_download(name, text.encode()):
        return failed
    return _by_header(name, text, encoding, len(head) < dialect.HEAD_BYTES, readers)


def _by_header(name: str, text: str, encoding: str, is_whole: bool, readers: Sequence[Reader]) -> Recognised | Refused:
    readings = []
    for delimiter in dialect.DELIMITERS:
        if delimiter in text:
            records = dialect.head_records(text, delimiter, is_whole)
            readings.append((Dialect(encoding, delimiter), records))
    if not readings:
        readings.append((Dialect(encoding, ","), dialect.head_records(text, ",", is_whole)))
    nobody = _empty_exports(readings, readers) if is_whole else ()
    candidates = [*_candidates(readings, readers, all_of_them=False), *nobody]
    fitting = [candidate for candidate in candidates if candidate.match.fits]
    if fitting:
        return refusals.checked(name, max(fitting, key=lambda candidate: candidate.match.rank))
    candidates = list(_candidates(readings, readers, all_of_them=True))
    if not candidates and (headless := refusals.headless(name, readings)):
        return headless
    return refusals.refusal(name, candidates)


def runner_up(path: Path, best: Recognised, readers: Sequence[Reader]) -> Match | None:
    """The format that would read the file if the one that does were not there, or comes the nearest to it."""
    text = dialect.decode_head(dialect.read_head(path), best.dialect.encoding)
    is_whole = path.stat().st_size < dialect.HEAD_BYTES
    records = dialect.head_records(text, best.dialect.delimiter, is_whole)
    mine = (best.match.source, best.match.name)
    found = [one for _, one in _matches(records, best.dialect.delimiter, readers, all_of_them=True)]
    others = [one for one in found if (one.source, one.name) != mine and one.cells]
    near = [one for one in others if one.fits or one.known_share > LITTLE_KNOWN]
    return max(near, key=lambda one: (one.fits, one.rank if one.fits else refusals.nearness(one)), default=None)


def _candidates(
    readings: Sequence[tuple[Dialect, list[Record]]], readers: Sequence[Reader], all_of_them: bool
) -> Iterator[Recognised]:
    """What the records may be headers of; those that lack a column are only asked for when nothing fits."""
    for spoken, records in readings:
        for index, found in _matches(records, spoken.delimiter, readers, all_of_them):
            yield Recognised(found, spoken, records, index)


def _matches(
    records: Sequence[Record], delimiter: str, readers: Sequence[Reader], all_of_them: bool
) -> Iterator[tuple[int, Match]]:
    worth = set().union(*(reader.required for reader in readers))
    for index, record in enumerate(records[:HEADER_RECORDS]):
        names = {normalised(cell) for cell in record.cells}
        for reader in readers if not names.isdisjoint(worth) else ():
            if names & reader.required and (all_of_them or reader.may_fit(names)):
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
