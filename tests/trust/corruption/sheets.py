"""An export as a table that can be spoilt: cells, rows, columns, with everything around them as it was."""

import csv
import io
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

Cell = Callable[[str], str]
DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


@dataclass(frozen=True)
class Sheet:
    """The rows of an export; `before` and `after` are what stands around them: preambles and totals."""

    header: list[str]
    body: list[list[str]]
    before: Sequence[list[str]] = ()
    after: Sequence[list[str]] = ()
    start: str = ""
    quotes: bool = False

    @property
    def content(self) -> bytes:
        """The export's bytes; rows before the first one that is as wide as the header stand above it."""
        out = io.StringIO()
        quoting: int = csv.QUOTE_ALL if self.quotes else csv.QUOTE_MINIMAL
        above = [row for row in self.before if len(row) < len(self.header)]
        below = [row for row in self.before if len(row) == len(self.header)]
        rows = [*above, self.header, *below, *self.body, *self.after]
        csv.writer(out, lineterminator="\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
        return (self.start + out.getvalue()).encode()


def sheet_of(content: bytes) -> Sheet:
    """The table in an export of the demo."""
    text = content.decode()
    start = "\ufeff" if text.startswith("\ufeff") else ""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    place = next(number for number, row in enumerate(rows) if len(row) > 2)
    header, rest = rows[place], rows[place + 1 :]
    above = [row for row in rest[:1] if not row[0]]
    totals = [row for row in rest if row[0].startswith("Total:")]
    body = [row for row in rest if row not in above and row not in totals]
    return Sheet(
        header, body, [*rows[:place], *above], totals, start, quotes=text.removeprefix("\ufeff").startswith('"R')
    )


def cells(sheet: Sheet, column: str, change: Cell, where: Callable[[list[str]], bool]) -> Sheet:
    """One column changed in the rows that are meant; cells without anything in them stay so."""
    at = sheet.header.index(column)
    body = [
        [*row[:at], change(row[at]), *row[at + 1 :]] if row[at:] and row[at].strip() and where(row) else row
        for row in sheet.body
    ]
    return replace(sheet, body=body)


def exchanged(sheet: Sheet, one: str, other: str, where: Callable[[list[str]], bool]) -> Sheet:
    """The cells of two columns in each other's place."""
    i, j = sheet.header.index(one), sheet.header.index(other)
    body = []
    for row in sheet.body:
        row = list(row)
        if where(row):
            row[i], row[j] = row[j], row[i]
        body.append(row)
    return replace(sheet, body=body)


def renamed(sheet: Sheet, one: str, other: str) -> Sheet:
    """The names of two columns in each other's place, or a name that was not there."""
    names = {one: other, other: one}
    return replace(sheet, header=[names.get(name, name) for name in sheet.header])


def without_column(sheet: Sheet, column: str) -> Sheet:
    """The export made without a column."""
    at = sheet.header.index(column)

    def less(row: list[str]) -> list[str]:
        return [*row[:at], *row[at + 1 :]] if len(row) == len(sheet.header) else row

    return replace(
        sheet, header=less(sheet.header), body=[less(row) for row in sheet.body],
        before=[less(row) for row in sheet.before], after=[less(row) for row in sheet.after],
    )  # fmt: skip


def dropped(sheet: Sheet, where: Callable[[list[str]], bool]) -> Sheet:
    """Without some rows."""
    return replace(sheet, body=[row for row in sheet.body if not where(row)])


def doubled(sheet: Sheet, where: Callable[[list[str]], bool]) -> Sheet:
    """Some rows twice."""
    return replace(sheet, body=[*sheet.body, *(row for row in sheet.body if where(row))])


def cloned(sheet: Sheet, ids: Sequence[str], where: Callable[[list[str]], bool]) -> Sheet:
    """Some rows again under ids of their own."""
    places = [sheet.header.index(name) for name in ids]

    def clone(row: list[str]) -> list[str]:
        return [_other_id(cell) if place in places and cell else cell for place, cell in enumerate(row)]

    return replace(sheet, body=[*sheet.body, *(clone(row) for row in sheet.body if where(row))])


def _other_id(cell: str) -> str:
    """An id of the same form: the first digit that can be another one is."""
    if "@" in cell:
        return f"copy.{cell}"
    match = re.search(r"\d(?=\d*$)|0(?=[A-Z]{4})|\d", cell)
    assert match, cell
    digit = str((int(match.group()) + 5) % 10 or 5)
    return (
        cell[: match.start()] + digit + cell[match.end() :] + ("77" if cell.startswith(("#", "R-", "J-", "P-")) else "")
    )


def times(factor: str) -> Cell:
    """Multiplied, in the same form."""

    def change(cell: str) -> str:
        try:
            value = Decimal(cell.replace(",", ""))
        except InvalidOperation:
            return cell
        exponent = value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return f"{value * Decimal(factor):.{places}f}"

    return change


def negative(cell: str) -> str:
    """With a minus."""
    return cell if cell.startswith("-") else f"-{cell}"


def comma(cell: str) -> str:
    """Points and commas in each other's place."""
    return cell.translate(str.maketrans(".,", ",."))


def to(value: str) -> Cell:
    """One value for all."""
    return lambda cell: value


def later(days: int = 0, hours: int = 0) -> Cell:
    """A day or a moment, shifted."""

    def change(cell: str) -> str:
        match = re.match(r"(\d{4})-(\d\d)(?:-(\d\d)(?:([ T])(\d\d):(\d\d))?)?", cell)
        if not match:
            return cell
        year, month, day, mark, hour, minute = match.groups()
        if day is None:
            moved = date(int(year), int(month), 15) + timedelta(days=days)
            return f"{moved:%Y-%m}" + cell[match.end() :]
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))
        moment += timedelta(days=days, hours=hours)
        return f"{moment:%Y-%m-%d}" + (f"{mark}{moment:%H:%M}" if hour else "") + cell[match.end() :]

    return change


def day_for_month(cell: str) -> str:
    """The month where the day was, wherever that is a date too."""
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", cell)
    if not match or int(match.group(3)) > 12:
        return cell
    return f"{match.group(1)}-{match.group(3)}-{match.group(2)}" + cell[match.end() :]


def some_of(chance: random.Random, share: float) -> Callable[[list[str]], bool]:
    """Some rows, by chance."""
    return lambda row: chance.random() < share
