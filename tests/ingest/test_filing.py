"""Where a file ends: in the lake, in quarantine with what is known of it, or with nobody; and how it is taken back."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.ingest.forget import CannotForget, forget
from orchestration.ingest.keeping.manifest import lake_manifests, read_manifest, read_manifests
from orchestration.ingest.run import start
from tests.ingest.ingest_files import Landing, small_house

HEADER = "date,channel,spend,currency\n"
SPEND = HEADER + "2026-03-01,google,10.50,EUR\n"
NEARLY = "date,channel,spent,currency\n2026-03-01,google,10.50,EUR\n"
MARCH_2, MARCH_3 = 1_772_424_306, 1_772_510_706  # at 04:05:06 UTC


@pytest.fixture
def landing() -> Iterator[Landing]:
    with small_house("template") as landing:
        yield landing


def test_an_export_gone_wrong_is_in_quarantine_with_all_that_is_known_of_it(landing: Landing) -> None:
    outcome = landing.outcome("spend.csv", NEARLY)
    sha256 = hashlib.sha256(NEARLY.encode()).hexdigest()
    [path] = landing.settings.quarantine.iterdir()
    assert path.name == f"{sha256[:16]}.json"
    manifest = read_manifest(path)
    assert (manifest.file_id, manifest.sha256, manifest.name, manifest.status, manifest.bytes) == (
        sha256[:16], sha256, "spend.csv", "rejected", len(NEARLY)
    )  # fmt: skip
    assert (manifest.source, manifest.stream, manifest.format) == ("template", "ad_spend", "ad_spend")
    assert manifest.contract == start(landing.settings).readers_print
    [problem] = manifest.problems
    assert "spend" in str(problem)
    # The run says the same, and so does the next one, which does not read the file again.
    for told in (outcome, landing.ingest().files[0]):
        assert (told.path, told.file_id, told.status, told.problems) == (
            "spend.csv", sha256[:16], "rejected", [problem]
        )  # fmt: skip


def test_a_file_of_nobody_is_told_with_the_reason_and_kept_nowhere(landing: Landing) -> None:
    for told in (landing.outcome("poem.csv", "roses,violets\nred,blue\n"), landing.ingest().files[0]):
        assert (told.path, told.status, len(told.problems)) == ("poem.csv", "unrecognised", 1)
        assert len(told.file_id) == 16
    assert list(landing.settings.quarantine.iterdir()) == list(landing.settings.archive.iterdir()) == []


def test_rows_that_were_set_aside_go_with_the_file_that_replaced_theirs(landing: Landing) -> None:
    broken = HEADER + "2026-03-01,google,1.00,EUR\n" * 1500 + "2026-03-02,google,x,EUR\n"
    outcome = landing.outcome("spend.csv", broken)
    assert (outcome.status, outcome.rows["rejected"]) == ("loaded", 1)
    assert [path.name for path in landing.settings.quarantine.iterdir()] == [f"{outcome.file_id}.parquet"]


def test_a_file_that_a_changed_reader_takes_for_another_stream_counts_once(landing: Landing) -> None:
    file = landing.outcome("spend.csv", SPEND).file_id
    lake = landing.settings.lake / "template"
    # As if an older reader had taken it for a sheet of costs.
    [manifest] = read_manifests(landing.settings)
    replace(manifest, stream="costs", contract="of long ago").write(lake / f"costs/_{file}.json")
    shutil.move(lake / f"ad_spend/{file}.parquet", lake / f"costs/{file}.parquet")
    (lake / f"ad_spend/_{file}.json").unlink()
    assert landing.ingest().files[0].status == "loaded"
    assert [path.parent.name for path in lake_manifests(landing.settings.lake)] == ["ad_spend"]
    assert not (lake / f"costs/{file}.parquet").exists()


def drop(landing: Landing, name: str, content: str, landed: int) -> Path:
    path = landing.drop(name, content)
    os.utime(path, (landed, landed))
    return path


def test_of_two_files_of_one_name_the_id_says_which_is_taken_back(landing: Landing) -> None:
    first = landing_id(drop(landing, "spend.csv", SPEND, MARCH_2))
    landing.ingest()
    second = landing_id(drop(landing, "spend.csv", SPEND.replace("10.50", "11.50"), MARCH_3))
    landing.ingest()
    (landing.settings.landing / "spend.csv").unlink()
    with pytest.raises(CannotForget) as refused:
        forget(landing.settings, "spend.csv")
    days = {first: "2026-03-02", second: "2026-03-03"}
    ids = ", ".join(f"{one} (landed {days[one]})" for one in sorted(days))
    assert str(refused.value) == f"2 files were called 'spend.csv'; say which by its id: {ids}"
    assert forget(landing.settings, first).file_id == first
    assert [one.file_id for one in read_manifests(landing.settings)] == [second]


def landing_id(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def test_a_name_that_is_far_off_is_answered_with_the_three_nearest(landing: Landing) -> None:
    for number in range(4):
        drop(landing, f"spend {number}.csv", SPEND.replace("10.50", f"1{number}.50"), MARCH_2)
    landing.ingest()
    with pytest.raises(CannotForget) as refused:
        forget(landing.settings, "Spending 2")
    near = "spend 2.csv, spend 3.csv, spend 1.csv"
    assert str(refused.value) == (
        f"no file that was read is called 'Spending 2'; near it: {near}; `duet status --json` lists them"
    )


def test_another_file_of_the_same_length_is_no_reason_to_keep_it(landing: Landing) -> None:
    drop(landing, "spend.csv", SPEND, MARCH_2)
    landing.ingest()
    drop(landing, "spend.csv", SPEND.replace("10.50", "11.50"), MARCH_3)
    (landing.settings.landing / "folder.csv").symlink_to("/nowhere")
    forget(landing.settings, "spend.csv")
    assert read_manifests(landing.settings) == []
