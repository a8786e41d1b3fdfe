"""The templates are what the reader expects, and their examples load."""

import csv
from pathlib import Path

import duckdb
import pytest

from orchestration.ingest.contracts import Format, load_sources
from orchestration.ingest.load import ingest
from orchestration.settings import ROOT, Settings

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
