"""What a disk says: the file is named, the next step is said, and a full disk is no fault of the export."""

import errno
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import duckdb
import pytest
from click.testing import CliRunner

from orchestration import disk, durable
from orchestration.failures import Duet
from orchestration.ingest.unpacking import compressed, parquet_files, workbooks


def full(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_an_error_without_a_name_gets_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"No space left on device: '.*/note'"), disk.about(tmp_path / "note"):
        full()


def test_an_error_keeps_the_name_that_it_has(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="missing"), disk.about(tmp_path / "note"):
        (tmp_path / "missing").read_text()


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    (tmp_path / "note").write_text("old")
    monkeypatch.setattr(f"os.{call}", full)
    with disk.about(tmp_path / "note"), pytest.raises(OSError, match="No space left"):
        durable.write_text(tmp_path / "note", "new")
    assert (tmp_path / "note").read_text() == "old"


@pytest.mark.parametrize("number", disk.REMEDIES)
def test_every_refusal_has_its_remedy_whichever_engine_passes_it_on(number: int) -> None:
    import os

    for said in (str(OSError(number, os.strerror(number), "/data/x")), f'IO Error: "/data/x": {os.strerror(number)}'):
        advice = disk.remedy(said)
        assert advice is not None
        assert advice.startswith(disk.REMEDIES[number])
        assert "duet refresh" in advice


def test_another_error_has_none() -> None:
    assert disk.remedy("Binder Error: no such column") is None
    assert not disk.is_refusal(ValueError("a date that cannot be"))


@pytest.mark.parametrize(
    "error", [OSError(errno.EIO, "Input/output error", "/data/x"), duckdb.IOException("No space left on device")]
)
def test_a_command_says_what_to_do(error: Exception) -> None:
    @click.group(cls=Duet)
    def main() -> None:
        """A command."""

    @main.command()
    def refresh() -> None:
        """Fail."""
        raise error

    shown = CliRunner().invoke(main, ["refresh"])
    assert shown.exit_code == 1
    assert "remedy:" in shown.output
    assert "what was online before still is" in shown.output


def workbook(folder: Path) -> Path:
    """A ZIP archive is enough: what is opened after it fails before a cell is read."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    (folder / "book.xlsx").write_bytes(content.getvalue())
    return folder / "book.xlsx"


def of_workbook(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("python_calamine.CalamineWorkbook.from_path", full)
    workbooks.sheets(workbook(folder), compressed.members(workbook(folder)), folder)


def of_zip(folder: Path, patch: pytest.MonkeyPatch) -> None:
    place = workbook(folder)
    patch.setattr("zipfile.ZipFile.infolist", full)
    compressed.members(place)


def of_parquet(folder: Path, patch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise duckdb.IOException("Could not write file: No space left on device")

    patch.setattr(parquet_files, "_check_size", failing)
    parquet_files.table(folder / "x.parquet", folder / "x.csv")


@pytest.mark.parametrize("unpack", [of_workbook, of_zip, of_parquet])
def test_a_full_disk_is_no_unreadable_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unpack: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    with pytest.raises((OSError, duckdb.IOException), match="No space left"):
        unpack(tmp_path, monkeypatch)
