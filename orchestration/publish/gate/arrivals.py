"""New files that look whole and may not be: cut at a limit, empty, yesterday's, or with broken letters."""

import glob
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from statistics import median

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.judging.verdict import LIMIT_REACHED
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.freshness import AT_LEAST, reaches, rhythm
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History

# What came together so many times in a row belongs together.
TOGETHER = 4
# UTF-8 that was read as Windows text and written again: two letters that no language puts side by side.
GARBLED = "[ÃÂ][\\x{80}-\\x{BF}]|â€"


def no_export_limit_is_reached(history: History) -> Seen:
    """New files with exactly as many rows as a platform or a spreadsheet gives at most."""
    return Seen(
        [f"{file.name}: {note}" for file in history.fresh for note in file.notes if note.endswith(LIMIT_REACHED)]
    )


def rows_come_where_rows_are_due(history: History) -> Seen:
    """New files without a row, of an export that always had some."""
    before = defaultdict(list)
    fresh = {file.file_id for file in history.fresh}
    for file in history.files:
        if file.file_id not in fresh:
            before[file.source, file.stream, file.account_id].append(file.rows["loaded"])
    due = {key for key, rows in before.items() if len(rows) >= AT_LEAST and all(rows)}
    return Seen(
        [
            f"{file.name}: no rows of {file.source}/{file.stream}"
            for file in history.fresh
            if not file.rows["loaded"] and (file.source, file.stream, file.account_id) in due
        ]
    )


def no_export_is_delivered_again(history: History) -> Seen:
    """The newest export of a stream, where it is new and reaches no further than the one before although it should."""
    deliveries: dict[tuple[str | None, ...], list[tuple[str, date, Manifest]]] = defaultdict(list)
    for file in history.files:
        if (day := reaches(file, history.as_of)) is not None and file.exported_at and file.window:
            place = (file.source, file.stream, file.account_id, file.breakdown)
            deliveries[place].append((file.exported_at, day, file))
    fresh = {file.file_id for file in history.fresh}
    wrong = []
    for several in deliveries.values():
        *before, (_, day, file) = sorted(several, key=lambda one: (one[0], one[2].file_id))
        steps = rhythm(one for _, one, _ in before)
        if file.file_id not in fresh or len(steps) < AT_LEAST:
            continue
        if day == max(one for _, one, _ in before) and (history.as_of - day).days >= median(steps):
            wrong.append(f"{file.name}: reaches no further than the export before, {day}")
    return Seen(sorted(wrong))


def no_stream_is_left_out(history: History) -> Seen:
    """Streams and files that came with each of the last deliveries, and were not written again for this one.

    A delivery is a day on which files were exported; only those that the version online does not know are this one.
    What was written on that day with the same bytes as before came too.
    """
    came: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    dated = [(file, file.exported_at[:10]) for file in history.files if file.exported_at]
    for file, day in dated:
        of_account = f" of {file.account_id}" if file.account_id else ""
        for name in (f"{file.source}/{file.stream}{of_account}", file.name):
            came[name].update((day, *history.written.get(file.name, ())))
            names[name].add(file.name)
    fresh = {file.file_id for file in history.fresh}
    this = max((day for file, day in dated if file.file_id in fresh), default="")
    certified = {day for file, day in dated if file.file_id not in fresh}
    last = sorted(certified)[-TOGETHER:]
    if len(last) < TOGETHER or this <= last[-1]:
        return NO_HISTORY
    return Seen(
        [
            f"{name}: came with each of the last {TOGETHER} deliveries, and not with that of {this}"
            for name, days in sorted(came.items())
            if days.issuperset(last)
            and this not in days
            and not any(str(history.landed_at(file) or "") >= this for file in names[name])
        ]
    )


def text_is_readable(history: History) -> Seen:
    """Names in new files, where letters were decoded wrongly before the export reached us."""
    wrong = []
    for file in history.fresh:
        for column, garbled, rows in _garbled(history, file):
            if garbled > rows * history.rules.gate.garbled_share:
                wrong.append(f"{file.name}: {column} is garbled in {garbled:,} of {rows:,} rows")
    return Seen(wrong)


def _garbled(history: History, file: Manifest) -> Iterator[tuple[str, int, int]]:
    """Per column of text that a file fills: rows that are garbled, and all of them. Texts may name people."""
    stream = load_sources()[str(file.source)].streams[str(file.stream)]
    texts = [name for name in file.columns if name in stream.columns and stream.columns[name].type == "text"]
    if not texts or not file.rows["loaded"]:
        return
    part = glob.escape(str(history.lake / str(file.source) / str(file.stream) / f"{file.file_id}.parquet"))
    asked = ", ".join(f"count(*) filter (regexp_matches({name}, $garbled))" for name in texts)
    [(rows, *counts)] = history.rows(f"select count(*), {asked} from read_parquet($part)", garbled=GARBLED, part=part)
    yield from ((name, count, rows) for name, count in zip(texts, counts, strict=True) if count)


GUARDS = [
    Guard(
        "arrivals.no_export_limit_is_reached",
        "no export ends exactly where platforms and spreadsheets cut off",
        no_export_limit_is_reached,
        "export it in smaller parts, or count its rows on the platform's page; approve it if it is whole",
    ),
    Guard(
        "arrivals.rows_come_where_rows_are_due",
        "an export that always had rows has rows",
        rows_come_where_rows_are_due,
        "look at the filter and the dates of the report, and export it again; approve it if nothing happened",
    ),
    Guard(
        "arrivals.no_export_is_delivered_again",
        "a new export reaches further than the one before it",
        no_export_is_delivered_again,
        "it looks like yesterday's export: download today's; approve it if it was made again on purpose",
    ),
    Guard(
        "arrivals.no_stream_is_left_out",
        "what came with each of the last deliveries comes with this one",
        no_stream_is_left_out,
        "export what is named too, and land it; approve it if nothing changed there or it comes later",
    ),
    Guard(
        "arrivals.text_is_readable",
        "names are spelt as they were typed, not as `ZÃ¼rich`",
        text_is_readable,
        "export it as UTF-8 and drop it unopened; approve it if the names are stored like that",
    ),
]
