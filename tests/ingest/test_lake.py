"""The lake is a pure function of the archive: once each, whole or not at all, the same after a rebuild."""

import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest import load
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.explain import explain
from orchestration.ingest.forget import CannotForget, forget
from orchestration.ingest.keeping import lake
from orchestration.ingest.keeping.archive import entries
from orchestration.ingest.keeping.commits import Commit
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.keeping.outcome import grouped
from orchestration.settings import Settings
from tests.ingest.ingest_files import Landing

SPEND = "date,channel,spend,currency\n2026-03-01,google,10.50,EUR\n"
REFUSED = "date,channel,spend,currency\n2026-03-01,google,x,EUR\n"


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_stream_exists_before_anything_landed(tmp_path: Path) -> None:
    landing = Landing(tmp_path, is_new=True)
    landing.ingest()
    for source in load_sources().values():
        for name, stream in source.streams.items():
            with connect() as conn:
                found = conn.execute(
                    "describe from read_parquet(?)",
                    [str(landing.settings.lake / source.source / name / "empty.parquet")],
                )
                columns = {row[0]: row[1].lower().replace(",", ", ") for row in found.fetchall()}
            assert columns == stream.lake_schema()


def test_the_second_run_reads_nothing_again(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    landing.drop("spend.csv", SPEND)
    landing.drop("refused.csv", REFUSED)
    landing.drop("stranger.csv", "a,b\n1,2\n")
    landing.ingest()
    before = contents(landing.settings.lake)
    for name in ("read_and_file", "open_export"):
        monkeypatch.setattr(load, name, None)
    second = landing.ingest()
    assert [file.status for file in second.files] == ["rejected", "known", "unrecognised"]
    assert not second.changed
    assert contents(landing.settings.lake) == before


def test_the_same_bytes_under_another_name_count_once(landing: Landing) -> None:
    landing.drop("a.csv", SPEND)
    landing.drop("b (1).csv", SPEND)
    assert [file.status for file in landing.ingest().files] == ["loaded", "known"]
    assert len(landing.rows("template/ad_spend")) == 1


def test_a_lake_rebuilt_from_the_archive_is_the_same(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND)
    landing.drop("people.csv", "person_id,created_at,email\n1,2026-03-01,a@x.example\n")
    landing.ingest()
    before = contents(landing.settings.lake)
    for folder in (landing.settings.lake, landing.settings.landing, landing.settings.quarantine):
        shutil.rmtree(folder, ignore_errors=True)
    (landing.settings.state / "ingest_ledger.json").unlink()
    assert {file.status for file in landing.ingest().files} == {"loaded"}
    assert contents(landing.settings.lake) == before


def test_a_part_without_its_manifest_does_not_exist(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND)
    [outcome] = landing.ingest().files
    folder = landing.settings.lake / "template/ad_spend"
    (folder / f"_{outcome.file_id}.json").unlink()
    (folder / "0123456789abcdef.parquet").write_bytes(b"half a part")
    (folder / ".part-1").write_bytes(b"half a part")
    assert [file.status for file in landing.ingest().files] == ["loaded"]
    assert len(landing.rows("template/ad_spend")) == 1


def test_a_lost_part_is_read_again(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND)
    [outcome] = landing.ingest().files
    (landing.settings.lake / "template/ad_spend" / f"{outcome.file_id}.parquet").unlink()
    landing.ingest()
    assert len(landing.rows("template/ad_spend")) == 1


def test_a_changed_contract_reads_the_archive_again(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    landing.drop("spend.csv", SPEND)
    landing.ingest()
    (landing.settings.landing / "spend.csv").unlink()
    assert landing.ingest().files == []
    monkeypatch.setattr("orchestration.ingest.contracts.sources.READER_VERSION", 999)
    assert [file.status for file in landing.ingest().files] == ["loaded"]


def test_what_a_changed_contract_refuses_holds_every_later_run(
    landing: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "2026-03-01,google,1,EUR\n" * 1500
    path = landing.drop("spend.csv", SPEND + rows + "2026-03-01,google,x,EUR\n")
    assert [file.status for file in landing.ingest().files] == ["loaded"]
    path.unlink()
    monkeypatch.setattr("orchestration.ingest.contracts.sources.READER_VERSION", 999)
    monkeypatch.setattr("orchestration.ingest.judging.verdict.TOLERATED_SHARE", 0)
    for _ in range(2):
        assert [file.status for file in landing.ingest().files] == ["rejected"]
    assert landing.rows("template/ad_spend") == []


def test_a_run_that_dies_before_the_part_is_in_place_has_committed_nothing(
    landing: Landing, monkeypatch: pytest.MonkeyPatch
) -> None:
    landing.drop("spend.csv", SPEND)
    with monkeypatch.context() as dying:
        dying.setattr("orchestration.ingest.keeping.commits.Commit.finish", None)
        with pytest.raises(TypeError):
            landing.ingest()
    assert read_manifests(landing.settings) == []
    assert [file.status for file in landing.ingest().files] == ["loaded"]
    assert len(landing.rows("template/ad_spend")) == 1


def test_another_hash_key_reads_the_archive_again(landing: Landing) -> None:
    landing.drop("people.csv", "person_id,created_at\n1,2026-03-01\n")
    landing.ingest()
    before = landing.rows("template/people", "person_key")
    landing.settings.hash_key = "another key"
    landing.ingest()
    assert landing.rows("template/people", "person_key") != before


def test_a_refused_file_leaves_no_copy_and_is_forgotten_when_it_is_taken_away(landing: Landing) -> None:
    path = landing.drop("spend.csv", REFUSED)
    assert landing.ingest().rejected
    assert entries(landing.settings.archive) == []
    assert list(landing.settings.archive.iterdir()) == []
    assert [manifest.status for manifest in read_manifests(landing.settings)] == ["rejected"]
    path.unlink()
    landing.ingest()
    assert read_manifests(landing.settings) == []
    assert list(landing.settings.quarantine.iterdir()) == []


def test_a_file_that_changes_in_place_is_a_new_file(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND)
    landing.ingest()
    landing.drop("spend.csv", SPEND + "2026-03-02,google,1,EUR\n")
    assert [file.status for file in landing.ingest().files] == ["loaded"]
    assert len(landing.rows("template/ad_spend")) == 3  # both exports; the models take the newest


def test_two_runs_at_once_load_everything_once(landing: Landing) -> None:
    for day in range(1, 6):
        landing.drop(f"{day}.csv", SPEND.replace("-01,", f"-0{day},"))
    with ThreadPoolExecutor(2) as pool:
        reports = [future.result() for future in [pool.submit(landing.ingest) for _ in range(2)]]
    assert sorted(len(report.with_status("loaded")) for report in reports) == [0, 5]
    assert len(landing.rows("template/ad_spend")) == 5


def test_the_date_of_an_export_is_when_it_landed_first(landing: Landing) -> None:
    path = landing.drop("spend.csv", SPEND)
    os.utime(path, (1_772_366_400, 1_772_366_400))
    landing.ingest()
    assert [str(row[0]) for row in landing.rows("template/ad_spend", "exported_at")] == ["2026-03-01 12:00:00"]


def test_only_the_sources_asked_for_are_read(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND)
    assert load.ingest(landing.settings, sources=["shopify"]).files == []
    assert [file.status for file in load.ingest(landing.settings, sources=["template"]).files] == ["loaded"]


def test_explaining_a_file_changes_nothing(landing: Landing) -> None:
    path = landing.drop("spend.csv", SPEND)
    before = contents(landing.settings.data_dir)
    outcome = explain(path, landing.settings).outcome
    assert (outcome.status, outcome.stream, outcome.rows["loaded"]) == ("loaded", "ad_spend", 1)
    assert contents(landing.settings.data_dir) == before


def test_the_manifest_accounts_for_every_row(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND + "\n" + SPEND)
    landing.ingest()
    [manifest] = read_manifests(landing.settings)
    assert manifest.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 2, "blank": 1}
    assert manifest.window == ("2026-03-01", "2026-03-01")
    assert manifest.columns["spend"] == "spend"


class TestForget:
    EXPORT = "date,channel,spend,currency\n2026-03-02,flyers,10.00,USD\n"

    def test_a_file_leaves_lake_and_archive(self, tmp_path: Path) -> None:
        landing = Landing(tmp_path)
        landing.drop("wrong.csv", self.EXPORT)
        landing.ingest()
        (landing.settings.landing / "wrong.csv").unlink()

        forget(landing.settings, "wrong.csv")

        landing.ingest()
        assert landing.rows("template/ad_spend") == []
        assert entries(landing.settings.archive) == []

    def test_a_file_that_still_lies_there_is_not_forgotten(self, tmp_path: Path) -> None:
        landing = Landing(tmp_path)
        landing.drop("wrong.csv", self.EXPORT)
        landing.ingest()

        with pytest.raises(CannotForget, match="still lies in the landing folder"):
            forget(landing.settings, "wrong.csv")
        assert len(landing.rows("template/ad_spend")) == 1

    def test_an_unknown_name_is_answered_with_near_ones(self, tmp_path: Path) -> None:
        landing = Landing(tmp_path)
        landing.drop("wrong.csv", self.EXPORT)
        landing.ingest()

        with pytest.raises(CannotForget, match=r"near it: wrong\.csv"):
            forget(landing.settings, "wrng.csv")


def test_what_many_files_share_is_said_once(landing: Landing) -> None:
    for day in range(1, 4):
        landing.drop(f"{day}.csv", SPEND.rstrip("\n") + f"{day}")
    outcomes = landing.ingest().files
    said = grouped((outcome.path, line) for outcome in outcomes for line in outcome.remarks)
    assert said == ["1.csv and 2 more files: the last line has no end: was the file cut off?"]


def test_a_file_that_is_read_as_another_stream_leaves_the_one_before(landing: Landing) -> None:
    landing.drop("spend.csv", SPEND)
    landing.ingest()
    [before] = read_manifests(landing.settings)
    part = landing.settings.data_dir / "part.parquet"
    shutil.copy(landing.settings.lake / f"template/ad_spend/{before.file_id}.parquet", part)
    commit = Commit()
    lake.add(commit, landing.settings.lake, part, replace(before, stream="costs"), before)
    # Should the run die here, the file counts nowhere and is read again: never twice.
    assert read_manifests(landing.settings) == []
    commit.finish()
    assert [(one.stream, one.file_id) for one in read_manifests(landing.settings)] == [("costs", before.file_id)]
    assert landing.rows("template/ad_spend") == []


def test_without_its_archive_the_lake_stays_as_it_was(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    path = landing.drop("spend.csv", SPEND)
    landing.ingest()
    path.unlink()
    before = landing.rows("template/ad_spend")
    shutil.rmtree(landing.settings.archive)
    monkeypatch.setattr("orchestration.ingest.contracts.sources.READER_VERSION", 999)
    assert landing.ingest().files == []
    assert landing.rows("template/ad_spend") == before != []


def test_nothing_can_be_forgotten_before_anything_was_read(tmp_path: Path) -> None:
    with pytest.raises(CannotForget, match=r"no file that was read is called 'spend.csv'; `duet status --json`"):
        forget(Settings(data_dir=tmp_path), "spend.csv")
