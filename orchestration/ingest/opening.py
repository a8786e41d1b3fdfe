"""Opens a file: unpacks it, and finds the one table in it that a reader knows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.ingest.books.reshape import reshape
from orchestration.ingest.problems import Problem, Unreadable
from orchestration.ingest.recognition.candidates import Recognised, Refused
from orchestration.ingest.recognition.recognise import Reader, recognise
from orchestration.ingest.recognition.refusals import refused_download
from orchestration.ingest.unpacking.tables import Table
from orchestration.ingest.unpacking.unpack import unpack


@dataclass(frozen=True)
class Opened:
    """A table, and what it was recognised as."""

    table: Table
    found: Recognised


def open_export(path: Path, name: str, lines: int, folder: Path, readers: Sequence[Reader]) -> Opened | Refused:
    """The table of a file; what is unpacked lies in the folder as long as it is read."""
    try:
        tables = [reshape(table, folder) for table in unpack(path, lines, folder)]
    except Unreadable as error:
        return Refused(error.problem(name), is_rejected=True)
    results = [(table, _recognised(table, name, readers)) for table in tables]
    opened = [Opened(table, found) for table, found in results if isinstance(found, Recognised)]
    if len(opened) > 1:
        return _several(name, opened)
    return opened[0] if opened else _refused(name, results)


def _recognised(table: Table, name: str, readers: Sequence[Reader]) -> Recognised | Refused:
    found = recognise(table.path, name, readers)
    if isinstance(found, Refused) and table.has_made_header and table.records == 1 and found.nearest is None:
        return refused_download(name, b"{") or found  # one object that nobody knows is an error message
    return found


def _several(name: str, opened: Sequence[Opened]) -> Refused:
    sheets = ", ".join(repr(one.table.member) for one in opened)
    remedy = "Save each sheet as a file of its own and drop those."
    return Refused(Problem(name, f"several sheets that are exports ({sheets})", "one", remedy), is_rejected=True)


def _refused(name: str, results: Sequence[tuple[Table, Recognised | Refused]]) -> Refused:
    """Of several sheets, the one that says most of what is wrong."""
    refusals = [(table, found) for table, found in results if isinstance(found, Refused)]
    table, refused = max(refusals, key=lambda pair: (pair[1].is_rejected, pair[1].nearest is not None))
    sheet = f"in the sheet {table.member!r}: " if len(results) > 1 else ""
    problem = replace(refused.problem, found=sheet + refused.problem.found, line=table.place(refused.problem.line))
    return replace(refused, problem=problem)
