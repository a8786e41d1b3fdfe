"""Valid exports of every format, made from its contract; and ways to spoil them that know the parts of a file."""

import csv
import datetime as dt
import io
import json
import random
from collections.abc import Callable, Iterator

from orchestration.ingest.contracts.formats import Binding, Format
from orchestration.ingest.contracts.sources import Source, load_sources
from tests.ingest.wrapped import gzipped, workbook, zipped

Rows = list[list[str]]
SPOILT_CELLS = (
    "", " ", "--", "nan", "-", "1e9", "1.23457E+15", "1,234", "1.234", "9" * 40, "0000-00-00", "2026-02-30", "=1+1",
    "\x00", "\ufeff", "\u200b", "é\u0301", "😀", "'; drop table x; --", "{{ x }}", "a\nb", "a\r\nb", '"', '""', "NULL",
    "a" * 5000,
)  # fmt: skip


def formats() -> Iterator[tuple[Source, str, Format]]:
    """Every format of every source."""
    for source in load_sources().values():
        for name, form in source.formats.items():
            yield source, name, form


def rows_of(source: Source, form: Format, chance: random.Random, count: int) -> Rows:
    """A header in one of the spellings that the format knows, and rows that it accepts."""
    stream = source.streams[form.stream]
    columns = {
        name: binding
        for name, binding in form.columns.items()
        if binding.headers and (binding.required or chance.random() < 0.7)
    }
    header = [chance.choice(binding.headers[:1] * 3 + binding.headers) for binding in columns.values()]
    rows = [[header.replace("{currency}", "EUR") for header in header]]
    for number in range(count):
        rows.append([_cell(stream.columns[name].type, binding, number, chance) for name, binding in columns.items()])
    return rows


def _cell(kind: str, binding: Binding, number: int, chance: random.Random) -> str:
    day = dt.date(2026, 1, 1) + dt.timedelta(number % 200)
    by_rule = {"currency": "EUR", "micros": "1250000", "minor_units": "1250", "epoch_ms": "1772366400000",
               "epoch_us": "1772366400000000", "month": "2026-03", "id": str(10_000 + number)}  # fmt: skip
    if binding.rule in by_rule:
        return by_rule[binding.rule]
    by_type = {
        "date": str(day), "timestamp": f"{day} 10:00:00", "money": f"{number}.{chance.randrange(100):02d}",
        "number": f"{number}.5", "count": str(number), "boolean": chance.choice(["true", "false"]),
        "key": f"k{number}@x.example" if chance.random() < 0.5 else str(5_000 + number),
    }  # fmt: skip
    return by_type.get(kind, f"text {number}")


def written(rows: Rows, delimiter: str = ",", newline: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Rows as a text with delimiters."""
    text = io.StringIO(newline="")
    if newline == "\r" and any("\n" in cell for row in rows for cell in row):
        quoting = csv.QUOTE_ALL  # Python quotes only the breaks that it writes itself
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


class Spoiler:
    """Makes one file: a valid twin, spoilt none to four times; the same seed gives the same file."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)

    def file(self, twins: list[tuple[Source, str, Format]]) -> bytes:
        """The bytes of the file."""
        chance = self.chance
        source, _, form = chance.choice(twins)
        rows = rows_of(source, form, chance, chance.choice([0, 1, 2, 5, 20]))
        for _ in range(chance.choice([0, 0, 1, 1, 2])):
            chance.choice([self._cell, self._duplicate, self._drop, self._swap, self._ragged, self._blank])(rows)
        delimiter = chance.choice([",", ",", ";", "\t", "|"])
        content = self._wrapped(rows, written(rows, delimiter, chance.choice(["\n", "\n", "\r\n", "\r"])))
        spoil: list[Callable[[bytes], bytes]] = [
            self._cut, self._flip, self._inject, self._splice, self._newlines, self._quotes, self._repeat,
            self._delimiter,
        ]  # fmt: skip
        for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 3])):
            content = chance.choice(spoil)(content)
        return content

    def _wrapped(self, rows: Rows, text: str) -> bytes:
        chance = self.chance
        encoding = chance.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
        content = text.encode(encoding, "replace")
        records = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]] if rows else []
        ways: list[Callable[[], bytes]] = [lambda: content] * 12 + [
            lambda: gzipped(content),
            lambda: zipped({"export.csv": content}),
            lambda: workbook({"Export": [[_excel(cell) for cell in row[:26]] for row in rows]}),
            lambda: json.dumps(records).encode(),
            lambda: json.dumps({"data": records}, indent=1).encode(),
            lambda: "".join(json.dumps(record) + "\n" for record in records).encode(),
        ]
        return chance.choice(ways)()

    def _cell(self, rows: Rows) -> None:
        row = self.chance.choice(rows)
        if row:
            row[self.chance.randrange(len(row))] = self.chance.choice(SPOILT_CELLS)

    def _duplicate(self, rows: Rows) -> None:
        rows.insert(self.chance.randrange(len(rows) + 1), list(self.chance.choice(rows)))

    def _drop(self, rows: Rows) -> None:
        if len(rows) > 1:
            rows.pop(self.chance.randrange(len(rows)))

    def _swap(self, rows: Rows) -> None:
        first, second = (self.chance.randrange(len(rows[0]) or 1) for _ in range(2))
        for row in rows:
            if max(first, second) < len(row):
                row[first], row[second] = row[second], row[first]

    def _ragged(self, rows: Rows) -> None:
        row = self.chance.choice(rows)
        if row and self.chance.random() < 0.5:
            row.pop()
        else:
            row.append(self.chance.choice(["", "more"]))

    def _blank(self, rows: Rows) -> None:
        rows.insert(self.chance.randrange(len(rows) + 1), self.chance.choice([[], [""] * len(rows[0])]))

    def _place(self, content: bytes) -> int:
        return self.chance.randrange(len(content) + 1)

    def _cut(self, content: bytes) -> bytes:
        return content[: self._place(content)]

    def _flip(self, content: bytes) -> bytes:
        place = self._place(content)
        return content[:place] + bytes([self.chance.randrange(256)]) + content[place + 1 :]

    def _inject(self, content: bytes) -> bytes:
        what = [b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b'"', b"\r", b"\n", b",", b"\xed\xa0\x80", b"\xff", b"\x1a", b"'"]
        place = self._place(content)
        return content[:place] + self.chance.choice(what) * self.chance.choice([1, 1, 3]) + content[place:]

    def _splice(self, content: bytes) -> bytes:
        first, second = sorted((self._place(content), self._place(content)))
        place = self._place(content)
        return content[:place] + content[first:second] + content[place:]

    def _newlines(self, content: bytes) -> bytes:
        lines = content.split(b"\n")
        return b"".join(line + self.chance.choice([b"\n", b"\r\n", b"\r"]) for line in lines)

    def _quotes(self, content: bytes) -> bytes:
        return content.replace(b",", b'","', self.chance.choice([1, 3, -1]))

    def _repeat(self, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True) or [b""]
        place = self.chance.randrange(len(lines))
        return b"".join([*lines[:place], *lines[place : place + 1] * 3, *lines[place + 1 :]])

    def _delimiter(self, content: bytes) -> bytes:
        old, new = self.chance.sample([b",", b";", b"\t", b"|"], 2)
        return content.replace(old, new, self.chance.choice([1, 5, -1]))


def _excel(cell: str) -> object:
    """What a spreadsheet makes of a text; signs that XML cannot hold are left out."""
    if cell.replace(".", "", 1).isdigit() and len(cell) < 12:
        return float(cell)
    return "".join(sign for sign in cell if sign >= " " or sign == "\n")
