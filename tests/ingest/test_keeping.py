"""What keeps a file: bytes first, then what makes them count; whole or not at all; nothing of it twice."""

import hashlib
import json
import os
import stat
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping import archive, exports, lake
from orchestration.ingest.keeping.archive import Archived
from orchestration.ingest.keeping.commits import Commit
from orchestration.ingest.keeping.manifest import Manifest, lake_manifests, read_manifest, read_manifests
from orchestration.ingest.landing.staging import stage
from orchestration.ingest.problems import Problem
from orchestration.settings import Settings

TEXT = "date,spend\n2026-03-01,1\n"
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
LANDED = "2026-03-02 04:05:06"
FILE = Manifest(
    "aa11", "aa11" * 16, "Café.csv", "loaded", "template", "ad_spend", "ad_spend", rows={"loaded": 2, "rejected": 1},
    window=("2026-03-01", "2026-03-02"), problems=[Problem("Café.csv", "'x'", "money", "Correct it.", 3, "spend")],
)  # fmt: skip


@pytest.fixture
def landed(tmp_path: Path) -> Path:
    """A file that was dropped on 2 March 2026 at 04:05:06 UTC."""
    place = tmp_path / "spend.csv"
    place.write_text(TEXT)
    os.utime(place, (1_772_424_306, 1_772_424_306))
    return place


def kept(landed: Path, name: str = "spend.csv") -> Archived:
    """The archive after the file was put there."""
    place = landed.parent / "new/archive"
    staged = stage(landed, landed.parent / "copy")
    entry = archive.entry_of(staged, name, place)
    commit = Commit()
    archive.keep(staged, entry, place, commit)
    commit.finish()
    return entry


class TestArchive:
    def test_keeps_the_bytes_by_their_hash_and_says_what_it_knows(self, landed: Path) -> None:
        kept(landed)
        place = landed.parent / "new/archive"
        assert sorted(path.name for path in place.iterdir()) == [SHA, f"{SHA}.json"]
        assert (place / SHA).read_text() == TEXT
        assert stat.S_IMODE((place / SHA).stat().st_mode) == 0o440
        [entry] = archive.entries(place)
        assert entry == Archived(sha256=SHA, name="spend.csv", landed_at=LANDED, bytes=24, lines=2)
        assert json.loads((place / f"{SHA}.json").read_text()) == asdict(entry)
        assert entry.file_id == SHA[:16]
        assert archive.digest_of(place / SHA) == SHA

    def test_the_same_bytes_keep_their_first_name_and_date(self, landed: Path) -> None:
        kept(landed)
        os.utime(landed, (1_800_000_000, 1_800_000_000))
        again = kept(landed, "again.csv")
        assert (again.name, again.landed_at) == ("spend.csv", LANDED)
        assert (landed.parent / "copy").exists()  # nothing was moved a second time

    @pytest.mark.parametrize("lost", [SHA, f"{SHA}.json"])
    def test_half_of_a_file_is_none_and_is_put_there_again(self, landed: Path, lost: str) -> None:
        kept(landed)
        place = landed.parent / "new/archive"
        (place / lost).unlink()
        assert archive.entries(place) == []
        kept(landed)
        assert [entry.name for entry in archive.entries(place)] == ["spend.csv"]

    def test_what_a_killed_run_had_begun_is_swept_away(self, landed: Path) -> None:
        kept(landed)
        place = landed.parent / "new/archive"
        (place / ".half-1").write_text("date,sp")
        archive.sweep(place)
        assert sorted(path.name for path in place.iterdir()) == [SHA, f"{SHA}.json"]

    def test_what_is_forgotten_leaves_nothing_and_may_be_forgotten_again(self, landed: Path) -> None:
        kept(landed)
        for _ in range(2):
            archive.forget(landed.parent / "new/archive", SHA)
            assert list((landed.parent / "new/archive").iterdir()) == []


class TestCommit:
    def test_files_are_on_disk_before_their_names_and_seals_come_last(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done: list[str] = []
        monkeypatch.setattr("orchestration.durable.sync", lambda path: done.append(f"flush {path.name.split('-')[0]}"))
        move = Path.replace

        def renamed(old: Path, new: Path) -> Path:
            done.append(f"name {new.name}")
            return move(old, new)

        monkeypatch.setattr(Path, "replace", renamed)
        (tmp_path / "stream").mkdir()
        (tmp_path / "part").write_text("rows")
        commit = Commit()
        commit.seal(tmp_path / "stream/_aa11.json", {"b": "é", "a": 1})
        commit.put(tmp_path / "part", tmp_path / "stream/aa11.parquet")
        commit.finish()
        assert done == [
            "flush part", "flush ._aa11.json", "name aa11.parquet", "flush stream", "name _aa11.json", "flush stream"
        ]  # fmt: skip
        assert (tmp_path / "stream/_aa11.json").read_text() == '{\n "a": 1,\n "b": "é"\n}'
        assert sorted(path.name for path in (tmp_path / "stream").iterdir()) == ["_aa11.json", "aa11.parquet"]

    def test_until_it_is_finished_nothing_has_its_name(self, tmp_path: Path) -> None:
        commit = Commit()
        commit.put_json(tmp_path / "note.json", {})
        assert [path.name for path in tmp_path.iterdir()] == [f".note.json-{os.getpid()}"]
        commit.finish()
        assert [path.name for path in tmp_path.iterdir()] == ["note.json"]


class TestLake:
    def test_a_stream_is_there_with_todays_columns_before_anything_landed(self, tmp_path: Path) -> None:
        sources = {"template": load_sources()["template"]}
        lake.prepare(tmp_path, sources)
        folder, stream = tmp_path / "template/ad_spend", sources["template"].streams["ad_spend"]
        assert sorted(path.name for path in folder.iterdir()) == ["_empty.json", "empty.parquet"]
        with connect() as conn:
            columns = conn.execute(f"describe from '{folder}/empty.parquet'").fetchall()
            assert [name for name, *_ in columns] == list(stream.lake_schema())
            assert conn.execute(f"select count(*) from '{folder}/empty.parquet'").fetchall() == [(0,)]

    @pytest.mark.parametrize("lost", ["empty.parquet", "_empty.json"])
    def test_an_empty_part_that_is_lost_or_of_other_columns_is_made_again(self, tmp_path: Path, lost: str) -> None:
        sources = {"template": load_sources()["template"]}
        lake.prepare(tmp_path, sources)
        folder = tmp_path / "template/ad_spend"
        note, written = (folder / "_empty.json").read_text(), (folder / "empty.parquet").stat().st_mtime_ns
        lake.prepare(tmp_path, sources)
        assert (folder / "empty.parquet").stat().st_mtime_ns == written  # as long as it is right it stays
        (folder / lost).unlink()
        lake.prepare(tmp_path, sources)
        (folder / "_empty.json").write_text(note.replace("spend", "spent"))
        lake.prepare(tmp_path, sources)
        assert (folder / "_empty.json").read_text() == note
        assert (folder / "empty.parquet").stat().st_mtime_ns > written

    def test_only_a_part_with_its_manifest_exists(self, tmp_path: Path) -> None:
        sources = {name: load_sources()[name] for name in ("template", "duet")}
        lake.prepare(tmp_path, sources)
        folder, derived = tmp_path / "template/ad_spend", tmp_path / "duet/exports"
        for name in ("aa.parquet", "_aa.json", "bb.parquet", "_cc.json", ".dd-1"):
            (folder / name).write_text("")
        for name in ("exports.parquet", ".exports-1"):  # what is derived needs no manifest
            (derived / name).write_text("")
        lake.prepare(tmp_path, sources)
        assert {path.name for path in folder.iterdir()} == {"_empty.json", "empty.parquet", "aa.parquet", "_aa.json"}
        assert {path.name for path in derived.iterdir()} == {
            "_empty.json", "empty.parquet", "exports.parquet"
        }  # fmt: skip

    def test_a_part_lies_beside_its_manifest(self, tmp_path: Path) -> None:
        folder = tmp_path / "lake/template/ad_spend"
        for rows in ("rows", "the same rows, read again"):
            (tmp_path / "part").write_text(rows)
            commit = Commit()
            lake.add(commit, tmp_path / "lake", tmp_path / "part", FILE, earlier=FILE)
            # Until the new part is in its place the one before counts.
            assert [path.name for path in lake_manifests(tmp_path / "lake")] == (
                [] if rows == "rows" else ["_aa11.json"]
            )
            commit.finish()
            assert (folder / "aa11.parquet").read_text() == rows
            assert read_manifest(folder / "_aa11.json") == FILE

    @pytest.mark.parametrize("other", [{"stream": "costs"}, {"source": "google_ads"}])
    def test_a_part_of_another_stream_leaves_the_one_before_first(self, tmp_path: Path, other: dict[str, str]) -> None:
        earlier = replace(FILE, **other)  # type: ignore[arg-type]
        for manifest, before in ((earlier, None), (FILE, earlier)):
            (tmp_path / "part").write_text("rows")
            commit = Commit()
            lake.add(commit, tmp_path / "lake", tmp_path / "part", manifest, before)
            assert list(lake_manifests(tmp_path / "lake")) == []
            commit.finish()
        assert [path.parent.name for path in lake_manifests(tmp_path / "lake")] == ["ad_spend"]

    def test_a_file_that_is_withdrawn_is_in_no_stream(self, tmp_path: Path) -> None:
        for stream in ("template/ad_spend", "template/costs"):
            (tmp_path / stream).mkdir(parents=True)
            for name in ("_aa.json", "aa.parquet", "_bb.json"):
                (tmp_path / stream / name).write_text("")
        (tmp_path / "template/costs/aa.parquet").unlink()
        lake.withdraw(tmp_path, "aa")
        assert sorted(path.name for path in tmp_path.glob("*/*/*")) == ["_bb.json", "_bb.json"]

    @pytest.mark.parametrize("problems", [[], FILE.problems])
    def test_rows_that_were_set_aside_say_where_they_are_and_why(self, tmp_path: Path, problems: list[Problem]) -> None:
        place = tmp_path / "a new house" / "it's quarantine" / "aa11.parquet"
        lake.write_rejected_rows(place, "aa11", FILE.problems * 2)
        lake.write_rejected_rows(place, "aa11", problems)
        with connect() as conn:
            found = conn.execute("describe from read_parquet(?)", [str(place)]).fetchall()
            rows = conn.execute("from read_parquet(?)", [str(place)]).fetchall()
        names = ["file_id", "line", "column", "reason", "text"]
        assert [row[:2] for row in found] == [(name, "BIGINT" if name == "line" else "VARCHAR") for name in names]
        assert rows == ([("aa11", 3, "spend", "expected money. Correct it.", "'x'")] if problems else [])
        assert [path.name for path in place.parent.iterdir()] == ["aa11.parquet"]


class TestManifest:
    def test_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        whole = replace(FILE, declared=("2026-03-01", "2026-03-31"), columns={"spend": "Cost"}, at_stake="1.50 EUR")
        for manifest in (whole, replace(whole, window=None, declared=None)):
            manifest.write(tmp_path / "new/folder/aa11.json")
            assert read_manifest(tmp_path / "new/folder/aa11.json") == manifest
        assert "Café.csv" in (tmp_path / "new/folder/aa11.json").read_text()

    def test_counts_in_lake_and_quarantine_and_nowhere_else(self, tmp_path: Path) -> None:
        settings = Settings(data_dir=tmp_path)
        FILE.write(settings.lake / "template/ad_spend/_aa11.json")
        for name in ("_empty.json", "_exports.json", "note.json"):
            (settings.lake / "template/ad_spend" / name).write_text("{}")
        replace(FILE, file_id="bb22", status="rejected").write(settings.quarantine / "bb22.json")
        assert [path.name for path in lake_manifests(settings.lake)] == ["_aa11.json"]
        assert [(one.file_id, one.status) for one in read_manifests(settings)] == [
            ("aa11", "loaded"), ("bb22", "rejected")
        ]  # fmt: skip

    def test_tells_the_days_that_it_declares_before_those_of_its_rows(self) -> None:
        told = replace(FILE, notes=["a note"], unknown=["Kosten"], suggestions={"Kosten": "looks like spend"})
        outcome = told.outcome("copy.csv")
        assert (outcome.path, outcome.file_id, outcome.status, outcome.source, outcome.stream, outcome.format) == (
            "copy.csv", "aa11", "loaded", "template", "ad_spend", "ad_spend"
        )  # fmt: skip
        assert (outcome.rows, outcome.window, outcome.problems) == (FILE.rows, FILE.window, FILE.problems)
        assert (outcome.notes, outcome.strange_columns) == (["a note"], ["'Kosten' looks like spend"])
        assert replace(told, declared=("2026-01-01", "2026-12-31")).outcome("x").window == ("2026-01-01", "2026-12-31")


class TestExports:
    def test_is_one_row_per_loaded_file_and_written_only_when_it_says_something_else(self, tmp_path: Path) -> None:
        days = ("2026-03-01", "2026-03-31")
        full = replace(FILE, declared=days, breakdown="campaign", account_id="1", exported_at="2026-04-01 08:00:00")
        refused = replace(FILE, file_id="zz", status="rejected")
        exports.write_exports(tmp_path, [replace(FILE, file_id="bb"), full, refused])
        place = tmp_path / "duet/exports/exports.parquet"
        with connect() as conn:
            rows = conn.execute(
                "select * replace (window_start::varchar as window_start, window_end::varchar as "
                "window_end, exported_at::varchar as exported_at) from read_parquet(?)",
                [str(place)],
            )
            assert rows.fetchall() == [
                ("aa11", "template", "ad_spend", "ad_spend", "campaign", "1", *days, "2026-04-01 08:00:00", 2),
                ("bb", "template", "ad_spend", "ad_spend", None, None, None, None, None, 2),
            ]  # fmt: skip
        before = place.stat().st_mtime_ns
        exports.write_exports(tmp_path, [full, replace(FILE, file_id="bb")])
        assert place.stat().st_mtime_ns == before
        exports.write_exports(tmp_path, [full])
        assert place.stat().st_mtime_ns > before
        before = place.stat().st_mtime_ns
        for lost in ("exports.parquet", "_exports.json"):
            (tmp_path / "duet/exports" / lost).unlink()
            exports.write_exports(tmp_path, [full])
            assert place.stat().st_mtime_ns > before
            before = place.stat().st_mtime_ns
        assert sorted(path.name for path in place.parent.iterdir()) == ["_exports.json", "exports.parquet"]
        exports.write_exports(tmp_path, [])
        with connect() as conn:
            assert conn.execute("select count(*) from read_parquet(?)", [str(place)]).fetchall() == [(0,)]
