"""Says why a file cannot be read: what is missing, what the header should have been, which reader is the nearest."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence

from orchestration.ingest.cells.currencies import CURRENCIES
from orchestration.ingest.problems import Problem
from orchestration.ingest.recognition import containers
from orchestration.ingest.recognition.candidates import Recognised, Refused
from orchestration.ingest.recognition.headers import Match, normalised
from orchestration.ingest.text.dialect import Dialect, Record

DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
FIGURE = re.compile(r"-?[\d.,]*\d")
MOST_COLUMNS = 5_000
HALF = 0.5  # of what a reader needs: where less is there its name helps nobody


def headless(name: str, readings: Sequence[tuple[Dialect, list[Record]]]) -> Refused | None:
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


def refused_download(name: str, start: bytes) -> Refused | None:
    """The refusal of what arrived instead of an export."""
    if failed := containers.failed_download(start):
        return Refused(Problem(name, failed[0], "an export with a header row", failed[1]), is_rejected=True)
    return None


def checked(name: str, found: Recognised) -> Recognised | Refused:
    """The file, or why its header cannot be trusted."""
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


def refusal(name: str, candidates: Sequence[Recognised]) -> Refused:
    """What is wrong with a file that no format can read: an export with a column missing, or nobody's file."""
    broken = [candidate for candidate in candidates if candidate.match.is_this_export_broken]
    if broken:
        best = max(broken, key=lambda candidate: candidate.match.rank)
        return Refused(_missing(name, best), is_rejected=True, nearest=best.match)
    near = [candidate for candidate in candidates if share_there(candidate.match) >= HALF]
    if not near:
        remedy = "See what it is; `duet sources` lists what can be read."
        problem = Problem(name, "no header that any reader knows", "one of the exports that Duet reads", remedy)
        return Refused(problem, is_rejected=False)
    best = max(near, key=lambda candidate: nearness(candidate.match))
    return Refused(_unknown(name, best), is_rejected=False, nearest=best.match)


def share_there(found: Match) -> float:
    """How much of what the reader needs is there."""
    wanted = found.form.required()
    return (len(wanted) - len(found.missing)) / len(wanted) if wanted else 0.0


def nearness(found: Match) -> tuple[float, int]:
    """How much of what the reader needs is there, and how much of the file the reader knows."""
    return share_there(found) + found.known_share - 0.1 * bool(found.forbidden) - 0.5 * found.lacks_marker, len(
        found.mapping
    )


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
