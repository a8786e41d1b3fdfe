"""Every way in which a file of today's delivery is spoilt, by name; the same seed spoils the same cells."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from tests.trust.corruption import sheets
from tests.trust.corruption.at_the_source import at_the_source
from tests.trust.corruption.deliveries import TODAY, WEEK, Delivery, Mutant
from tests.trust.corruption.forms import FORMS, Form
from tests.trust.corruption.sheets import Sheet, sheet_of

SEED = 20261128
Where = Callable[[list[str]], bool]


def mutants(today: Delivery, last_week: Delivery) -> list[Mutant]:
    """All of them, without those that would land the very bytes of the delivery."""
    found = chain(
        chain.from_iterable(_of_cells(file, form, today) for file, form in FORMS.items()),
        chain.from_iterable(_of_file(file, today, last_week) for file in FORMS),
        at_the_source(today),
    )
    as_it_is = {file: (export.content, sheet_of(export.content).content) for file, export in today.files.items()}
    return [one for one in found if len(one.lands) != 1 or one.lands[0].content not in as_it_is[one.file]]


def _of_cells(file: str, form: Form, today: Delivery) -> Iterator[Mutant]:
    """Cells, columns and rows."""
    export = today.files[file]
    sheet = sheet_of(export.content)
    scopes = _scopes(file, sheet, form)

    def mutant(name: str, spoilt: Sheet) -> Mutant:
        return Mutant(f"{file}: {name}", file, (replace(export, content=spoilt.content),))

    for column in form.money:
        for factor in ("1000", "100", "10", "0.01", "0.001"):
            for scope in ("all", "new", "one"):
                yield mutant(
                    f"{column} x{factor}, {scope}", sheets.cells(sheet, column, sheets.times(factor), scopes[scope])
                )
        for scope in ("all", "new"):
            yield mutant(f"{column} negative, {scope}", sheets.cells(sheet, column, sheets.negative, scopes[scope]))
            yield mutant(f"{column} zero, {scope}", sheets.cells(sheet, column, sheets.to("0.00"), scopes[scope]))
        yield mutant(f"{column} with a comma", sheets.cells(sheet, column, sheets.comma, scopes["all"]))
        yield mutant(
            f"{column} restated by a fifth, closed", sheets.cells(sheet, column, sheets.times("1.2"), scopes["old"])
        )
    for column in form.counts:
        yield mutant(f"{column} x1000, all", sheets.cells(sheet, column, sheets.times("1000"), scopes["all"]))
        yield mutant(f"{column} zero, new", sheets.cells(sheet, column, sheets.to("0"), scopes["new"]))
    for column in form.days:
        for days, hours in ((1, 0), (-1, 0), (7, 0), (31, 0), (-365, 0), (0, 9), (0, -8)):
            for scope in ("all", "new"):
                change = sheets.later(days, hours)
                yield mutant(
                    f"{column} {days:+} d {hours:+} h, {scope}", sheets.cells(sheet, column, change, scopes[scope])
                )
        yield mutant(f"{column} day for month", sheets.cells(sheet, column, sheets.day_for_month, scopes["all"]))
    for one, other in form.swaps:
        yield mutant(f"names of {one} and {other} exchanged", sheets.renamed(sheet, one, other))
        for scope in ("all", "new"):
            yield mutant(f"{one} and {other} exchanged, {scope}", sheets.exchanged(sheet, one, other, scopes[scope]))
    for column, value in form.becomes:
        for scope in ("all", "new", "fifth"):
            yield mutant(
                f"{column} is {value!r}, {scope}", sheets.cells(sheet, column, sheets.to(value), scopes[scope])
            )
    for column in form.blank:
        for scope in ("all", "new", "fifth"):
            yield mutant(f"{column} blank, {scope}", sheets.cells(sheet, column, sheets.to(""), scopes[scope]))
    for column in dict.fromkeys([*form.money, *form.counts, *form.days, *form.blank]):
        yield mutant(f"without {column}", sheets.without_column(sheet, column))
    for scope in ("new", "half of new", "fifth", "last day", "old month"):
        yield mutant(f"rows dropped, {scope}", sheets.dropped(sheet, scopes[scope]))
    for scope in ("all", "new"):
        yield mutant(f"rows twice, {scope}", sheets.doubled(sheet, scopes[scope]))
        if form.ids:
            yield mutant(f"rows again under other ids, {scope}", sheets.cloned(sheet, form.ids, scopes[scope]))


def _scopes(file: str, sheet: Sheet, form: Form) -> dict[str, Where]:
    """Which rows: all, those since the last delivery, a part of them, the last day, a month long closed."""
    at = sheet.header.index(form.day) if form.day else None

    def told(row: list[str]) -> str:
        return row[at] if at is not None else ""

    days = {row[0]: told(row)[:10] for row in sheet.body if told(row)}  # an order's day stands on its first row
    new = (TODAY - WEEK).isoformat()
    whole_months = form.day == "month"

    def day(row: list[str]) -> str:
        return told(row)[:10] or days.get(row[0], "")

    def is_new(row: list[str]) -> bool:
        return day(row) == f"{TODAY:%Y-%m}" if whole_months else day(row) > new

    fifth, half, one = (random.Random(f"{SEED}/{file}/{part}") for part in ("fifth", "half", "one"))
    numbered = {id(row): number for number, row in enumerate(sheet.body)}
    fifths = {number for number in numbered.values() if fifth.random() < 0.2}
    halves = {number for number in numbered.values() if half.random() < 0.5}
    fresh = [number for row, number in zip(sheet.body, range(len(sheet.body)), strict=True) if is_new(row)]
    single = {one.choice(fresh)} if fresh else set()
    places: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(sheet.body):
        places.setdefault(tuple(row), number)
    return {
        "all": lambda row: True,
        "new": is_new,
        "old": lambda row: bool(day(row)) and day(row) <= (TODAY - 3 * WEEK).isoformat(),
        "old month": lambda row: (
            day(row)[:7] == (f"{TODAY:%Y-%m}" if file.startswith(("google", "meta")) else "2026-03")
        ),
        "last day": lambda row: day(row) == TODAY.isoformat(),
        "half of new": lambda row: is_new(row) and places[tuple(row)] in halves,
        "fifth": lambda row: places[tuple(row)] in fifths,
        "one": lambda row: places[tuple(row)] in single,
    }


def _of_file(file: str, today: Delivery, last_week: Delivery) -> Iterator[Mutant]:
    """The file as a whole."""
    export, stale = today.files[file], last_week.files[file]
    text = export.content.decode()
    lines = text.splitlines(keepends=True)

    def mutant(name: str, content: bytes) -> Mutant:
        return Mutant(f"{file}: {name}", file, (replace(export, content=content),))

    yield Mutant(f"{file}: missing", file, ())
    yield mutant("last week's again", stale.content + b"\n")
    yield mutant("last week's, the same bytes", stale.content)
    yield mutant("cut in the middle of a row", text[: int(len(text) * 0.8)].encode())
    yield mutant("cut at a row", "".join(lines[: int(len(lines) * 0.9)]).encode())
    yield mutant(
        "header alone", "".join(lines[: 1 + next(n for n, line in enumerate(lines) if line.count(",") > 1)]).encode()
    )
    yield mutant("empty", b"")
    yield mutant("letters broken", text.encode().decode("cp1252", "replace").encode())
    yield mutant("semicolons and decimal commas", text.replace(".", "§").replace(",", ";").replace("§", ",").encode())
    yield mutant("tabs", text.replace(",", "\t").encode())
    twin = replace(export, path=file.replace(".csv", " (1).csv"))
    yield Mutant(f"{file}: twice, the same bytes", file, (export, twin))
    rows = lines[:-1] if file.startswith("google") else lines
    yield Mutant(f"{file}: twice, other bytes", file, (export, replace(twin, content="".join([*rows, "\n"]).encode())))
    yield Mutant(f"{file}: last week's beside it", file, (export, replace(twin, content=stale.content + b"\n")))


def in_rounds(of: list[Mutant], rounds: int = 4) -> list[Mutant]:
    """All of them in rounds by chance, those of a file together in each: whoever stops early has tried a fair share."""
    shuffled = of[:]
    random.Random(SEED).shuffle(shuffled)
    chosen = (shuffled[number::rounds] for number in range(rounds))
    return [mutant for some in chosen for mutant in sorted(some, key=lambda mutant: mutant.file)]
