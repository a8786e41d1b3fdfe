"""A seal says whether bytes are still those that were certified, whatever their dates say."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from orchestration.publish import seals
from orchestration.publish.seals import damage_of, digest_of, files_of, read_manifest, seal, sealed_bytes


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """A folder with a table in it, certified by hand."""
    folder = tmp_path / "v000001-00000000"
    (folder / "parquet").mkdir(parents=True)
    (folder / "parquet/kpis").write_text("table")
    (folder / "page").write_text("page")
    certify(folder)
    return folder


def certify(folder: Path, **changes: Any) -> None:
    told = {"version": folder.name, "files": {"page": sha("page"), "parquet/kpis": sha("table")}} | changes
    (folder / "manifest.json").write_text(json.dumps(told))
    seal(folder / "manifest.json")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files in the order in which their bytes are read."""
    names: list[str] = []
    real = hashlib.file_digest

    def digest(file: Any, kind: str) -> Any:
        names.append(Path(file.name).name)
        return real(file, kind)

    monkeypatch.setattr("hashlib.file_digest", digest)
    return names


class TestDigest:
    def test_is_that_of_the_bytes(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("text")
        assert digest_of(tmp_path / "file") == sha("text")

    def test_a_young_file_is_read_each_time(self, tmp_path: Path, read: list[str]) -> None:
        (tmp_path / "file").write_text("text")
        assert digest_of(tmp_path / "file") == digest_of(tmp_path / "file") == sha("text")
        assert read == ["file", "file"]
        # Two seconds are longer than any clock of a file system is coarse.
        assert seals.SETTLED_NS == 2_000_000_000

    def test_a_settled_file_is_read_once(
        self, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seals, "SETTLED_NS", -1)
        for name in ("one", "two"):
            (tmp_path / name).write_text(name)
        for _ in range(2):
            assert (digest_of(tmp_path / "one"), digest_of(tmp_path / "two")) == (sha("one"), sha("two"))
        assert read == ["one", "two"]

    @pytest.mark.parametrize("change", ["another length", "same length", "dates set back"])
    def test_a_settled_file_is_read_again_whenever_anything_wrote_to_it(
        self, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, change: str
    ) -> None:
        monkeypatch.setattr(seals, "SETTLED_NS", -1)
        place = tmp_path / "file"
        place.write_text("text")
        digest_of(place)
        before = place.stat()
        text = "longer" if change == "another length" else "TEXT"
        place.write_text(text)
        if change == "dates set back":
            os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert digest_of(place) == sha(text)

    def test_a_file_that_was_replaced_is_another_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(seals, "SETTLED_NS", -1)
        for name in ("old", "new"):
            (tmp_path / name).write_text(f"{name} text")
        digest_of(tmp_path / "old")
        (tmp_path / "new").replace(tmp_path / "old")
        assert digest_of(tmp_path / "old") == sha("new text")


class TestSeal:
    def test_is_what_sha256sum_checks(self, tmp_path: Path) -> None:
        (tmp_path / "manifest.json").write_text("{}")
        seal(tmp_path / "manifest.json")
        assert (tmp_path / "manifest.json.sha256").read_text() == f"{sha('{}')}  manifest.json\n"
        assert sealed_bytes(tmp_path / "manifest.json") == b"{}"

    @pytest.mark.parametrize("missing", ["manifest.json", "manifest.json.sha256"])
    def test_without_either_nothing_is_believed(self, version: Path, missing: str) -> None:
        (version / missing).unlink()
        assert sealed_bytes(version / "manifest.json") is None
        assert read_manifest(version) is None
        assert damage_of(version) == "manifest.json is not the one that was sealed"

    @pytest.mark.parametrize("changed", ["manifest.json", "manifest.json.sha256"])
    def test_that_has_changed_is_not_believed(self, version: Path, changed: str) -> None:
        (version / changed).write_text((version / changed).read_text() + " ")
        assert read_manifest(version) is None

    def test_of_another_version_is_not_believed(self, version: Path) -> None:
        assert read_manifest(version) == json.loads((version / "manifest.json").read_text())
        certify(version, version="v000002-00000000")
        assert read_manifest(version) is None


class TestDamage:
    def test_is_none_where_every_byte_is_as_it_was(self, version: Path) -> None:
        assert damage_of(version) is None
        assert files_of(version / "parquet") == {"kpis": sha("table")}
        assert set(files_of(version)) == {"manifest.json", "manifest.json.sha256", "page", "parquet/kpis"}

    def test_names_everything_that_is_wrong(self, version: Path) -> None:
        (version / "page").unlink()
        (version / "parquet/kpis").write_text("tabel")
        (version / "parquet/kpis.wal").write_text("")
        (version / "a link").symlink_to("nowhere")
        assert damage_of(version) == (
            "page is missing; a link was not certified; parquet/kpis.wal was not certified; parquet/kpis has changed"
        )

    def test_of_a_disk_that_cannot_be_read_is_told(self, version: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(_: Path) -> str:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(seals, "digest_of", failing)
        assert damage_of(version) == "it cannot be read: [Errno 5] Input/output error"
