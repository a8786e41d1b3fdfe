"""Parquet copies: a version's tables where somebody wants them, with what certifies them, closed to strangers."""

import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.settings import ROOT, Settings
from tests.publish.small_build import lived_in, publish


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path / "data", ROOT / "duet.yml", monkeypatch) as settings:
        yield settings


def export(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["export", "parquet", str(folder), *options])


def test_a_version_is_copied_with_what_certifies_it(settings: Settings, tmp_path: Path) -> None:
    first = publish(settings, [("2026-06-01", 10)], "run-1")
    second = publish(settings, [("2026-06-01", 70)], "run-2")

    said = export(tmp_path / "for_bi")
    assert said.exit_code == 0, said.output
    assert export(tmp_path / "for_bi", "--of", first).exit_code == 0

    place = tmp_path / "for_bi" / second
    assert said.output.startswith(f"{place}: ")
    for version, value in ((first, 10), (second, 70)):
        table = tmp_path / "for_bi" / version / "parquet/kpi_values.parquet"
        with duckdb.connect() as conn:
            assert conn.execute("select value from read_parquet(?)", [str(table)]).fetchall() == [(value,)]
    subprocess.run(["sha256sum", "--check", "--quiet", "manifest.json.sha256"], cwd=place, check=True)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in place.rglob("*") if path.is_file()}
    assert modes == {0o640}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (place, place / "parquet")} == {0o750}


def test_the_same_again_stays_and_something_else_is_not_overwritten(settings: Settings, tmp_path: Path) -> None:
    version = publish(settings, [("2026-06-01", 10)], "run-1")
    assert export(tmp_path / "out").exit_code == 0
    assert export(tmp_path / "out").exit_code == 0

    (tmp_path / "out" / version / "parquet/kpi_values.parquet").write_bytes(b"mine")
    refused = export(tmp_path / "out")
    assert refused.exit_code == 1
    assert "is there and is not that version; move it away" in refused.output


def test_a_damaged_version_is_not_copied(settings: Settings, tmp_path: Path) -> None:
    version = publish(settings, [("2026-06-01", 10)], "run-1")
    publish(settings, [("2026-06-01", 70)], "run-2")
    table = settings.published / version / "parquet/kpi_values.parquet"
    table.chmod(0o640)
    table.write_bytes(b"other")

    refused = export(tmp_path / "out", "--of", version)
    assert refused.exit_code == 1
    assert f"{version} is damaged" in refused.output
    assert not (tmp_path / "out").exists()
