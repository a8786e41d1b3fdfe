"""Every format of every source: it can be planned, it is read in one ordered scan, it feeds what staging expects."""

from pathlib import Path

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.cells.texts import Locale
from orchestration.ingest.contracts.formats import Format
from orchestration.ingest.contracts.sources import Source, load_sources
from orchestration.ingest.recognition.candidates import Recognised
from orchestration.ingest.recognition.recognise import readers_of, recognise
from orchestration.ingest.rows import fates, locale, outputs, scan
from orchestration.ingest.rows.plan import Plan
from orchestration.ingest.rows.scan import Body

FORMATS = [
    (source, name) for source in load_sources().values() for name, form in source.formats.items() if not form.refused
]
IDS = [f"{source.source}/{name}" for source, name in FORMATS]


# Lines before the header that a format cannot do without.
LINES = {
    "linkedin_ads": "Report Start: 2026-03-01\nReport End: 2026-03-07\n",
    "microsoft_ads": "Report Name: Made up\n",
}


def full_header(form: Format) -> list[str]:
    """The English header of every column, one that tells the format from others, and one that nobody knows."""
    headers = [binding.headers[0].replace("{currency}", "EUR") for binding in form.columns.values() if binding.headers]
    return [*dict.fromkeys([*headers, *form.having[:1]]), "A stranger"]


def first_row(form: Format) -> list[str]:
    """A row by which a format with the same headers as another is known; else a row of words."""
    when, header = form.when, full_header(form)
    told = dict.fromkeys(header, "x")
    for nth, side in enumerate(when.differ if when else []):
        told |= dict.fromkeys(set(side) & set(header), f"2026-03-{nth + 1:02}")
    return list((told | dict.fromkeys(set(when.coarse if when else []) & set(header), "2026-03-01")).values())


def recognised(tmp_path: Path, source: Source, form: Format) -> Recognised:
    path = tmp_path / "file.csv"
    rows = [full_header(form), first_row(form)] if form.when else [full_header(form)]
    table = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    path.write_text(LINES.get(source.source, "") + table if form.preamble else table)
    found = recognise(path, path.name, readers_of(load_sources()))
    assert isinstance(found, Recognised), found
    return found


@pytest.mark.parametrize(("source", "name"), FORMATS, ids=IDS)
def test_a_full_header_is_recognised_as_its_own_format(tmp_path: Path, source: Source, name: str) -> None:
    found = recognised(tmp_path, source, source.formats[name])
    assert (found.match.source, found.match.name) == (source.source, name)
    assert [found.match.cells[place] for place in found.match.unknown] == ["A stranger"]


@pytest.mark.parametrize(("source", "name"), FORMATS, ids=IDS)
def test_rows_are_numbered_in_one_ordered_scan(tmp_path: Path, source: Source, name: str) -> None:
    # A join or a sort below the numbering would give rows the numbers of others, and hold the whole file in memory.
    found = recognised(tmp_path, source, source.formats[name])
    plan = Plan(found, Locale(locale.decimal_mark(found), "UTC"), {"file_id": "x", "exported_at": "2026-01-01"})
    body = Body(tmp_path / "file.csv", 1)
    with connect() as conn:
        conn.execute("set variable hash_key = 'x'")
        sql = f"select {', '.join(outputs.columns_of(plan))} from {scan.rows_of(plan, body, plan.needed_cells())}"
        explain = f"explain {sql} where {fates.is_loaded(plan)}"
        [(_, explained)] = scan.run(conn, explain, scan.parameters_of(plan, body))
    assert "Streaming Window" in explained
    assert "Join" not in explained


@pytest.mark.parametrize(("source", "name"), FORMATS, ids=IDS)
def test_keys_of_the_stream_are_filled_or_have_a_default(source: Source, name: str) -> None:
    form = source.formats[name]
    stream = source.streams[form.stream]
    for column in [*stream.key, *([stream.day] if stream.day else [])]:
        binding = form.columns[column]
        assert binding.filled or (binding.default and not binding.headers), column


def test_an_unknown_key_in_a_contract_is_an_error() -> None:
    content = load_sources()["shopify"].model_dump()
    content["formats"]["orders_export"]["columns"]["total"]["hedaers"] = ["Total"]
    with pytest.raises(ValueError, match="hedaers"):
        Source.model_validate(content)


def test_a_header_that_stands_twice_cannot_be_read() -> None:
    content = load_sources()["ga4"].model_dump()
    content["formats"]["connector_events"]["doubled"].append("user_id")
    with pytest.raises(ValueError, match="user_id"):
        Source.model_validate(content)


def test_a_format_may_only_feed_columns_of_its_stream() -> None:
    content = load_sources()["shopify"].model_dump()
    content["formats"]["orders_export"]["columns"]["margin"] = {"headers": ["Margin"]}
    with pytest.raises(ValueError, match="margin"):
        Source.model_validate(content)
