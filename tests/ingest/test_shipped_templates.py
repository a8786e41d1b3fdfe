"""The templates are what the reader expects, and their examples load."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingest.contracts.formats import Format
from orchestration.ingest.contracts.sources import LINEAGE_COLUMNS, load_sources
from orchestration.ingest.load import ingest
from orchestration.ingest.recognition.candidates import Recognised
from orchestration.ingest.recognition.recognise import readers_of, recognise
from orchestration.settings import ROOT, Settings
from tests.ingest.ingest_files import Landing, small_house

TEMPLATES = sorted((ROOT / "data" / "templates").glob("*.csv"))


def format_of(template: Path) -> Format:
    [form] = [form for form in load_sources()["template"].formats.values() if form.stream == template.stem]
    return form


def header_of(template: Path) -> list[str]:
    with template.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_every_stream_has_a_template() -> None:
    assert {template.stem for template in TEMPLATES} == set(load_sources()["template"].streams)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
class TestEveryTemplate:
    def test_has_the_columns_that_are_read(self, template: Path) -> None:
        form = format_of(template)
        read = {name: binding.headers or [name] for name, binding in form.columns.items()}
        header = header_of(template)

        assert [name for name, headers in read.items() if not set(headers) & set(header)] == []
        assert set(header) - {label for headers in read.values() for label in headers} <= set(form.ignore)

    def test_marks_required_columns_in_the_readme(self, template: Path) -> None:
        readme = (TEMPLATES[0].parent / "README.md").read_text(encoding="utf-8")
        section = readme.split(f"### `{template.name}`")[1].split("\n### ")[0]
        form = format_of(template)

        for name in form.required():
            assert any(f"`{label}*`" in section for label in form.columns[name].headers or [name])

    def test_has_two_rows_that_load(self, template: Path, tmp_path: Path) -> None:
        settings = Settings(data_dir=tmp_path, hash_key="a key for tests only, thirty-two bytes")
        settings.landing.mkdir()
        (settings.landing / "export.csv").write_bytes(template.read_bytes())

        [outcome] = ingest(settings).files

        assert (outcome.status, outcome.stream, outcome.problems) == ("loaded", template.stem, [])
        part = settings.lake / "template" / template.stem / f"{outcome.file_id}.parquet"
        with duckdb.connect() as conn:
            assert conn.execute("select count(*) from read_parquet(?)", [str(part)]).fetchall() == [(2,)]


READERS = readers_of(load_sources())
GOOD = ("loaded", "known")
READ = f"* exclude ({', '.join(LINEAGE_COLUMNS)})"
# How the spreadsheets of five countries save: delimiter, decimal mark, thousands mark, day, yes and no, encoding.
RE_SAVES = {
    "German": (";", ",", ".", "%d.%m.%Y", "WAHR", "FALSCH", "cp1252"),
    "French": (";", ",", "\u202f", "%d/%m/%Y", "VRAI", "FAUX", "utf-8-sig"),
    "Spanish": (";", ",", ".", "%d/%m/%Y", "VERDADERO", "FALSO", "utf-8-sig"),
    "Portuguese": (";", ",", ".", "%d/%m/%Y", "VERDADEIRO", "FALSO", "utf-16"),
    "Japanese": (",", ".", ",", "%Y/%m/%d", "TRUE", "FALSE", "utf-8-sig"),
}


def recognised_as(folder: Path, header: list[str]) -> str | None:
    """The template that a header alone is taken for."""
    path = folder / "file.csv"
    path.write_text(",".join(header) + "\n")
    found = recognise(path, path.name, READERS)
    return found.match.name if isinstance(found, Recognised) else None


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
@pytest.mark.parametrize("other", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_is_taken_for_another(template: Path, other: Path, tmp_path: Path) -> None:
    form = format_of(template)
    needed = [form.columns[name].headers[0] for name in form.required()]
    theirs = [label for name in format_of(other).required() for label in format_of(other).columns[name].headers[:1]]
    extras = [label for label in header_of(other) if label not in theirs]

    assert recognised_as(tmp_path, header_of(template)) == template.stem
    assert recognised_as(tmp_path, needed) == template.stem
    # With columns of one's own it may become unrecognisable, never another.
    assert recognised_as(tmp_path, list(dict.fromkeys(header_of(template) + extras))) in (template.stem, None)
    if other != template:
        for lost in needed:
            assert recognised_as(tmp_path, [label for label in header_of(template) if label != lost]) != other.stem


def re_saved(template: Path, country: str) -> bytes:
    """The example rows as a spreadsheet of that country would save them."""
    delimiter, decimal, thousands, day, yes, no, encoding = RE_SAVES[country]
    columns = load_sources()["template"].streams[template.stem].columns
    kinds = {
        label: columns[name].type for name, binding in format_of(template).columns.items() for label in binding.headers
    }

    def cell(label: str, text: str) -> str:
        kind = kinds.get(label)
        if not text or kind is None:
            return text
        if kind in ("money", "number"):
            return text.replace(".", decimal)
        if kind == "count":
            return f"{int(text):,}".replace(",", thousands)
        if kind == "boolean":
            return yes if text == "true" else no
        if kind in ("date", "timestamp"):
            moment = dt.datetime.fromisoformat(text if len(text) > 7 else f"{text}-01")
            return moment.strftime(f"{day} %H:%M" if len(text) > 10 else day)
        return text

    with template.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    written = [header, *([cell(*pair) for pair in zip(header, row, strict=True)] for row in rows)]
    quoted = [[f'"{text}"' if delimiter in text else text for text in row] for row in written]
    return "".join(delimiter.join(row) + "\r\n" for row in quoted).encode(encoding)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_spreadsheet_of_any_country_may_save_it_again(template: Path) -> None:
    with small_house("template") as landing:
        landing.drop("shipped.csv", template.read_bytes())
        for country in RE_SAVES:
            landing.drop(f"{country}.csv", re_saved(template, country))

        outcomes = {Path(outcome.path).stem: outcome for outcome in landing.ingest().files}

        # French and Spanish files of texts and days are the same bytes, so the second is known.
        assert [str(found) for found in outcomes.values() if found.problems or found.status not in GOOD] == []
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for file_id, *row in landing.rows(f"template/{template.stem}", f"file_id, {READ}"):
            rows.setdefault(file_id, []).append(tuple(row))
        shipped = rows[outcomes["shipped"].file_id]
        assert {name: rows[found.file_id] for name, found in outcomes.items()} == dict.fromkeys(outcomes, shipped)


def test_a_day_that_could_be_a_month_is_read_only_beside_decimal_commas(tmp_path: Path) -> None:
    american = "line,date,amount\nPosters,03/04/2026,10.50\n"
    french = "line;date;amount\nPosters;03/04/2026;10,50\n"
    assert Landing(tmp_path / "american").outcome("plan.csv", american).status == "rejected"
    landing = Landing(tmp_path / "french")
    assert landing.outcome("plan.csv", french).status == "loaded"
    assert landing.rows("template/budget_schedule", "date") == [(dt.date(2026, 4, 3),)]
