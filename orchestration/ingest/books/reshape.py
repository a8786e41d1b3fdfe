"""Rewrites a report of bookkeeping software as a plain table: one row per entry, or per account and month.

Accounts stand above their rows, sections inside sections, months side by side, totals everywhere. Every record keeps
one fate: an entry becomes a row (of months: one row per cell), everything else is counted here. Totals must be what the
entries above them add up to.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from orchestration.ingest.books import ledgers
from orchestration.ingest.books.ledgers import Heading, Period, figure, filled
from orchestration.ingest.books.outline import BALANCES, CLASSES, COMPUTED, TOTAL, Entry, Outline, compare
from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text import dialect
from orchestration.ingest.text.delimited import records
from orchestration.ingest.text.encoding import to_utf8
from orchestration.ingest.text.figures import mark_of
from orchestration.ingest.unpacking import tables
from orchestration.ingest.unpacking.tables import Table

COLUMNS = [
    "{system} report", "Period start", "Period end", "Basis", "Section", "Account", "Class", "Date", "Transaction type",
    "Number", "Amount", "Currency",
]  # fmt: skip
Amount = Callable[[str], Decimal | None]
TITLE_TEXT = 2000  # characters in which the title of a report stands
NOTHING = {"", "-", "--", "–"}


def reshape(table: Table, folder: Path) -> Table:
    """The table as rows where it is a report of the books, else as it is."""
    encoding, delimiter, heading = _heading(table)
    if heading is None:
        return table
    path = table.path
    if not encoding.startswith("utf-8"):
        path = folder / f"{table.path.name}.utf8"
        to_utf8(table.path, encoding, path)
    try:
        return _rewritten(table, path, delimiter, heading, folder)
    except Unreadable as error:
        raise Unreadable(error.found, error.expected, error.remedy, table.place(error.line)) from error


def _heading(table: Table) -> tuple[str, str, Heading | None]:
    head = dialect.read_head(table.path)
    encoding = dialect.find_encoding(head)
    if encoding is None:
        return "utf-8", ",", None
    text = dialect.decode_head(head, encoding)
    if not any(title in text[:TITLE_TEXT].casefold() for title in ledgers.REPORTS):
        return encoding, ",", None
    for delimiter in dialect.DELIMITERS:
        records = dialect.head_records(text, delimiter, len(head) < dialect.HEAD_BYTES, ledgers.HEADER_RECORDS + 1)
        if heading := ledgers.heading_of([record.cells for record in records]):
            return encoding, delimiter, heading
    return encoding, ",", None


def _rewritten(table: Table, path: Path, delimiter: str, heading: Heading, folder: Path) -> Table:
    found = list(records(path, delimiter))
    outline = Outline()
    for cells, _ in found[: heading.header_index + 1]:
        outline.set_aside["note" if filled(cells) else "blank"] += 1
    header = found[heading.header_index][0]
    body = found[heading.header_index + 1 :]
    mark = "." if table.has_typed_cells else _mark(body)
    amount = partial(figure, mark=mark, is_binary=table.has_typed_cells)
    rows = _months if heading.report == "profit_and_loss" else _details
    written = list(rows(outline, heading, header, body, amount))
    target = folder / f"{table.path.name}.ledger.csv"
    title = "Xero" if heading.system == "xero" else "QuickBooks"
    columns = [COLUMNS[0].format(system=title), *COLUMNS[1:]]
    tables.write(target, [columns, *(cells for _, cells in written)])
    lines, starts = tables.starts_of(target, len(written) + 1)
    origins = [table.place(line) or 1 for line, _ in written]
    return replace(
        table, path=target, lines=lines, has_made_header=True, has_typed_cells=True, records=len(written),
        starts=starts, origins=origins, set_aside=dict(outline.set_aside),
    )  # fmt: skip


def _mark(body: Sequence[tuple[list[str], int]]) -> str:
    votes = Counter(filter(None, (mark_of(cell.strip(" $€£()")) for cells, _ in body for cell in cells)))
    return "," if votes[","] > votes["."] else "."


def _months(
    outline: Outline, heading: Heading, header: list[str], body: Sequence[tuple[list[str], int]], amount: Amount
) -> Iterator[tuple[int, list[str]]]:
    """A profit and loss: one row per account and month."""
    periods = {place: _period(cell) for place, cell in enumerate(header[1:], start=1) if cell.strip()}
    months = {place: period for place, period in periods.items() if period}
    if not months:  # one column of the whole period
        months = {place: heading.window for place in list(periods)[:1]}
    for first, last in months.values():
        if (first.year, first.month) != (last.year, last.month):
            raise Unreadable(
                f"a profit and loss whose column covers {first} to {last}",
                "a column for each month: costs of several months are not spread over them",
                "In the report choose to display its columns by month and export it again.",
            )
    for cells, line in body:
        _summary_record(outline, cells, line, list(periods), amount)
    for entry in outline.entries:
        _check_row(entry, months, periods)
        for place, (first, last) in months.items():
            text = entry.texts[place].strip() if place < len(entry.texts) else ""
            if text in NOTHING:
                outline.set_aside["blank"] += 1
                continue
            shown = str(entry.figures[place]) if place in entry.figures else text
            section = entry.path[0].casefold() if entry.path else ""
            named = [":".join(entry.path), entry.texts[0].strip(), CLASSES.get(section, "")]
            covered = [heading.report, str(first), str(last), outline.basis]
            yield entry.line, [*covered, *named, str(first), "", "", shown, ""]


def _period(cell: str) -> Period | None:
    return None if cell.strip().casefold() == "total" else ledgers.column_of(cell)


def _check_row(entry: Entry, months: Mapping[int, Period], periods: Mapping[int, Period | None]) -> None:
    """A column of totals must be the sum of its months."""
    for place, period in periods.items():
        if period is None and place in entry.figures and place not in months:
            added = sum((entry.figures.get(month, Decimal(0)) for month in months), Decimal(0))
            compare(entry.figures[place], added, f"the row {entry.texts[0].strip()!r}", entry.line)


def _summary_record(outline: Outline, cells: list[str], line: int, places: list[int], amount: Amount) -> None:
    if not filled(cells):
        outline.set_aside["blank"] += 1
        return
    label = cells[0].strip()
    found = {place: value for place in places if place < len(cells) and (value := amount(cells[place])) is not None}
    if ledgers.is_footer(cells):
        outline.note(cells)
    elif hit := TOTAL.fullmatch(label):
        outline.total(hit["name"], found, line)
    elif label.casefold() in COMPUTED:
        outline.profit(label, found, line)
    elif len(filled(cells)) == 1 and label:
        outline.begin(label)
    else:
        outline.entries.append(Entry(line, outline.path, cells, found))


def _details(
    outline: Outline, heading: Heading, header: list[str], body: Sequence[tuple[list[str], int]], amount: Amount
) -> Iterator[tuple[int, list[str]]]:
    """A general ledger: one row per entry below the account that stands above it."""
    names = {ledgers.CURRENCY.sub("", cell.strip()).strip().casefold(): place for place, cell in enumerate(header)}
    places = [names[name] for name in ("amount", "debit", "credit") if name in names]
    stated = next((hit[1] for cell in header if (hit := ledgers.CURRENCY.search(cell))), "")
    for cells, line in body:
        _detail_record(outline, cells, line, places, amount)
    days = ledgers.days_of((_cell(entry.texts, names, "date") for entry in outline.entries), heading.window)
    for entry in outline.entries:
        day = _cell(entry.texts, names, "date")
        account = _cell(entry.texts, names, "account", "distribution account") or (entry.path[-1] if entry.path else "")
        covered = [heading.report, *map(str, heading.window), outline.basis]
        document = [
            _cell(entry.texts, names, "transaction type", "type", "source"),
            _cell(entry.texts, names, "num", "number", "no.", "reference"),
        ]
        money = [_amount(entry, names), _cell(entry.texts, names, "currency") or stated]
        yield entry.line, [*covered, ":".join(entry.path[:-1]), account, "", str(days.get(day, day)), *document, *money]


def _cell(cells: Sequence[str], names: dict[str, int], *wanted: str) -> str:
    place = next((names[name] for name in wanted if name in names), None)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _amount(entry: Entry, names: dict[str, int]) -> str:
    """Debit less credit, or the amount; a text that is no figure stays one, so that its row is rejected."""
    sides = ("amount",) if "amount" in names else ("debit", "credit")
    signed, is_known = Decimal(0), False
    for side, sign in zip(sides, (1, -1), strict=False):
        text = _cell(entry.texts, names, side)
        if names.get(side) in entry.figures:
            signed, is_known = signed + sign * entry.figures[names[side]], True
        elif text not in NOTHING:
            return text
    return str(signed) if is_known else ""


def _detail_record(outline: Outline, cells: list[str], line: int, places: list[int], amount: Amount) -> None:
    texts = filled(cells)
    if not texts:
        outline.set_aside["blank"] += 1
        return
    found = {place: value for place in places if place < len(cells) and (value := amount(cells[place])) is not None}
    if ledgers.is_footer(cells) or any(text.casefold() in BALANCES for text in texts[:2]):
        outline.note(cells)
    elif (hit := TOTAL.fullmatch(texts[0])) and cells[0].strip():
        outline.total(hit["name"], found, line)
    elif len(texts) == 1:
        outline.begin(texts[0])
    else:
        outline.entries.append(Entry(line, outline.path, cells, found))
