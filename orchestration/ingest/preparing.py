"""Makes ready what the scan reads: plain UTF-8 without a tail, and how each of its cells is to be taken."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.ingest.keeping.archive import Archived
from orchestration.ingest.opening import Opened
from orchestration.ingest.recognition import marks
from orchestration.ingest.rows import tails
from orchestration.ingest.rows.locale import decimal_mark, locale_of
from orchestration.ingest.rows.plan import Plan
from orchestration.ingest.rows.scan import Body
from orchestration.ingest.text.encoding import to_utf8

FEW = 20_000  # lines


@dataclass(frozen=True)
class Circumstances:
    """What a reading depends on beside the file and its contract."""

    hash_key: str
    timezone: str
    accounts: Mapping[str, Collection[str]] = field(default_factory=dict)  # by source, those whose exports may land


def prepared(opened: Opened, entry: Archived, circumstances: Circumstances, workspace: Path) -> tuple[Plan, Body]:
    """How a file becomes rows of the lake, and its bytes as the scan reads them."""
    table, found = opened.table, opened.found
    body = Body(table.path, table.lines)
    if found.dialect.needs_transcoding:
        target = workspace / "utf8.csv"
        body = Body(target, to_utf8(table.path, found.dialect.encoding, target))
    form = found.match.form
    if form.footer and found.has_header:
        tail = tails.find_tail(body.path, form.footer, found.dialect.delimiter)
        if tail.begins_at is not None:
            lines = body.lines - len(tail.lines) - tail.blank
            body = Body(tails.cut(body.path, tail, workspace / "body.csv"), lines, tail=tail)
    facts = marks.facts_of(form, found.preamble, body.tail.lines)
    timezone = "UTC" if form.timezone == "UTC" else circumstances.timezone
    decimal = "." if table.has_typed_cells else decimal_mark(found)
    locale, doubt = locale_of(found, body.path, decimal, timezone)
    exported_at = marks.in_utc(facts.exported_at, timezone) if facts.exported_at else entry.landed_at
    parameters = {"file_id": entry.file_id, "exported_at": exported_at}
    return Plan(found, locale, parameters, facts, doubt, is_for_few=body.lines < FEW), body
