"""What a disk says: the file is named, the next step is said, and a full disk is no fault of the export."""

import errno
import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import duckdb
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from orchestration import disk, durable
from orchestration.engine.connection import connect_to_published
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
    for said in (str(OSError(number, os.strerror(number), "/data/x")), f'IO Error: "/data/x": {os.strerror(number)}'):
        advice = disk.remedy(said)
        assert advice is not None
        assert advice.startswith(disk.REMEDIES[number])
        assert "duet refresh" in advice


def test_another_error_has_none() -> None:
    assert disk.remedy("Binder Error: no such column") is None
    assert not disk.is_refusal(ValueError("a date that cannot be"))


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EIO, "Input/output error", "/data/x"),
        duckdb.IOException("No space left on device"),
        duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate data of size 16.0 MiB"),
    ],
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


def test_memory_that_ends_is_no_unreadable_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "x.parquet"
    with duckdb.connect() as conn:
        conn.execute(f"copy (from range(1000)) to '{place}' (format parquet)")

    def greedy(conn: duckdb.DuckDBPyConnection, _: Path) -> None:
        conn.execute("set memory_limit = '20MB'; set temp_directory = ''")
        conn.execute("select list(i) from range(20_000_000) as numbers(i)").fetchall()

    monkeypatch.setattr(parquet_files, "_check_size", greedy)
    with pytest.raises(duckdb.OutOfMemoryException) as ended:
        parquet_files.table(place, tmp_path / "x.csv")
    assert disk.remedy(str(ended.value)) == (
        "close other programs, or allow DuckDB more memory (DUET_MEMORY_LIMIT), then run `duet refresh` again; what "
        "was online before still is"
    )
    assert disk.is_refusal(MemoryError())


def test_a_file_is_on_disk_before_its_name_and_its_name_before_anybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after any of these steps leaves the old text or the new one."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def flushed(handle: int) -> None:
        done.append("folder on disk" if stat.S_ISDIR(os.fstat(handle).st_mode) else "text on disk")
        fsync(handle)

    def renamed(old: Path, new: Path) -> None:
        done.append(f"{old.read_text()} becomes {new.name}")
        replace(old, new)

    monkeypatch.setattr("os.fsync", flushed)
    monkeypatch.setattr("os.replace", renamed)
    durable.write_text(tmp_path / "pointer", "v2")
    assert done == ["text on disk", "v2 becomes pointer", "folder on disk"]
    assert [path.name for path in tmp_path.iterdir()] == ["pointer"]


def test_a_folder_is_on_disk_with_everything_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "version/parquet").mkdir(parents=True)
    (tmp_path / "version/parquet/kpis").write_text("1")
    (tmp_path / "version/manifest").write_text("2")
    flushed: list[Path] = []
    monkeypatch.setattr("orchestration.durable.sync", flushed.append)
    durable.sync_tree(tmp_path / "version")
    assert [str(path.relative_to(tmp_path)) for path in flushed] == [
        "version/parquet/kpis", "version/parquet", "version/manifest", "version"
    ]  # fmt: skip


def test_json_is_for_people_too(tmp_path: Path) -> None:
    durable.write_json(tmp_path / "new/folder/note.json", {"name": "Café", "at": Path("/x")})
    assert (tmp_path / "new/folder/note.json").read_text() == '{\n  "name": "Café",\n  "at": "/x"\n}\n'


def test_a_model_is_written_so_that_it_can_be_made_again(tmp_path: Path) -> None:
    class Sum(BaseModel):
        at: datetime
        amount: Decimal

    one = Sum(at=datetime(2026, 6, 30, 12, tzinfo=UTC), amount=Decimal("1.50"))
    durable.write_model(tmp_path / "sum.json", one)
    assert (tmp_path / "sum.json").read_text() == '{\n  "at": "2026-06-30T12:00:00Z",\n  "amount": "1.50"\n}\n'
    assert Sum.model_validate_json((tmp_path / "sum.json").read_bytes()) == one


def test_a_second_name_of_a_file_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "online").write_text("old")
    for _ in range(2):  # the second time both names mean one file already
        durable.replace_with(tmp_path / "new", tmp_path / "online")
        assert (tmp_path / "online").samefile(tmp_path / "new")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "online"]


def test_a_disk_without_second_names_gets_a_copy_that_is_on_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "new").chmod(0o440)
    (tmp_path / "online").write_text("old")
    (tmp_path / f".online.{os.getpid()}.new").write_text("what a killed run of this number had begun")
    done: list[str] = []
    replace = os.replace

    def renamed(old: Path, new: Path) -> None:
        done.append(f"{old.read_text()} becomes {new.name}")
        replace(old, new)

    def refused(old: Path, new: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr("os.link", refused)
    monkeypatch.setattr("os.replace", renamed)
    monkeypatch.setattr("orchestration.durable.sync", lambda path: done.append(f"flush {path.name}"))
    durable.replace_with(tmp_path / "new", tmp_path / "online")
    assert done == [f"flush .online.{os.getpid()}.new", "new becomes online", f"flush {tmp_path.name}"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "online"]
    assert not (tmp_path / "online").samefile(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "online").stat().st_mode) == 0o440


def test_a_folder_is_out_of_sight_before_it_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    durable.remove_tree(tmp_path / "none")
    (tmp_path / ".candidate/parquet").mkdir(parents=True)
    with monkeypatch.context() as killed:
        killed.setattr("shutil.rmtree", full)
        with pytest.raises(OSError, match="No space left"):
            durable.remove_tree(tmp_path / ".candidate")
    # What the next run takes away (publish.version.tidy).
    assert [path.name for path in tmp_path.iterdir()] == [f".gone-candidate-{os.getpid()}"]
    durable.remove_tree(tmp_path / f".gone-candidate-{os.getpid()}")
    assert list(tmp_path.iterdir()) == []


def written_by_storage_version(place: Path, number: int) -> None:
    """A DuckDB file whose header says so, with the checksum that DuckDB wants of it."""
    duckdb.connect(str(place)).close()
    content = bytearray(place.read_bytes())
    struct.pack_into("<Q", content, 12, number)  # behind a checksum and "DUCK"
    checksum = 5381
    for (word,) in struct.iter_unpack("<Q", content[8:4096]):
        checksum ^= word * 0xBF58476D1CE4E5B9 % 2**64
    struct.pack_into("<Q", content, 0, checksum)
    place.write_bytes(content)


def test_a_file_of_a_newer_engine_is_one_line_with_both_versions(tmp_path: Path) -> None:
    place = tmp_path / "newer.duckdb"
    written_by_storage_version(place, 1000)

    @click.group(cls=Duet)
    def main() -> None:
        """A command."""

    @main.command()
    def status() -> None:
        """Open it."""
        connect_to_published(place)

    shown = CliRunner().invoke(main, ["status"])
    assert (shown.exit_code, isinstance(shown.exception, SystemExit)) == (1, True)
    assert "storage version number 1000, but we can only read storage versions between 64 and" in shown.output
