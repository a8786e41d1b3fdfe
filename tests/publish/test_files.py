"""Every file that landed, once, with its fate: what the lake holds, and what the last look saw beside it."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.ingest.keeping.manifest import Manifest
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.ingest.problems import Problem
from orchestration.publish.files import (
    LandedFile,
    file_names,
    inputs,
    keep_outcomes,
    landed_files,
    looked_at_landing,
    refused_files,
    seen_in_landing,
)
from orchestration.settings import Settings

TYPO = Problem("late.csv", "'1.O'", "money", "Correct it.", 3, "spend")
MARCH = ("2026-03-01", "2026-03-31")
LOADED = Manifest(
    "bb", "bb" * 32, "march.csv", "loaded", "template", "ad_spend", "ad spend sheet", rows={"loaded": 8, "rejected": 1},
    window=("2026-03-02", "2026-03-30"), declared=MARCH, landed_at="2026-04-01 09:00:00",
    exported_at="2026-04-01 08:00:00", at_stake="1.50 EUR", problems=[TYPO], unknown=["Kosten"],
    suggestions={"Kosten": "looks like spend"}, notes=["a note"],
)  # fmt: skip
REJECTED = replace(LOADED, file_id="aa", name="late.csv", status="rejected", at_stake="99.00 EUR", rows={"rejected": 9})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A lake with one file, a second in quarantine; the landing folder has the latter, a poem and a bad workbook."""
    settings = Settings(data_dir=tmp_path)
    LOADED.write(settings.lake / "template/ad_spend/_bb.json")
    REJECTED.write(settings.quarantine / "aa.json")
    settings.state.mkdir()
    keep_outcomes(
        settings,
        [
            FileOutcome("poem.txt", "cc", "unrecognised", seconds=0.25),
            replace(REJECTED.outcome("late.csv"), seconds=0.5),
            FileOutcome("book.xlsx", "dd", "rejected"),
            replace(LOADED.outcome("march.csv"), seconds=2.0),
        ],
    )
    return settings


def test_every_file_is_listed_once_by_name_with_its_fate(settings: Settings) -> None:
    files = landed_files(settings)
    assert [(file.file, file.status, file.rows_in_file, file.seconds, file.at_stake) for file in files] == [
        ("book.xlsx", "rejected", 0, 0.0, None),
        ("late.csv", "rejected", 9, 0.5, "99.00 EUR"),
        ("march.csv", "loaded", 9, 2.0, "1.50 EUR"),
        ("poem.txt", "unrecognised", 0, 0.25, None),
    ]  # fmt: skip


def test_two_files_of_one_name_are_told_by_their_ids(settings: Settings) -> None:
    replace(LOADED, file_id="ab").write(settings.lake / "template/costs/_ab.json")
    found = [(file.file_id, file.seconds) for file in landed_files(settings) if file.file == "march.csv"]
    assert found == [("ab", 0.0), ("bb", 2.0)]


def test_a_loaded_file_says_all_that_is_known_of_it(settings: Settings) -> None:
    [file] = [file for file in landed_files(settings) if file.status == "loaded"]
    assert file == LandedFile(
        file="march.csv", file_id="bb", status="loaded", source="template", stream="ad_spend", format="ad spend sheet",
        rows={"loaded": 8, "rejected": 1}, window_start=MARCH[0], window_end=MARCH[1],
        exported_at="2026-04-01 08:00:00", landed_at="2026-04-01 09:00:00", seconds=2.0, at_stake="1.50 EUR",
        problems=[str(TYPO)], strange_columns=["'Kosten' looks like spend"],
        remarks=["a note", "kept aside, for no reader knows it: 'Kosten' looks like spend"],
    )  # fmt: skip


def test_a_file_that_was_not_read_this_time_keeps_its_seconds(settings: Settings) -> None:
    keep_outcomes(settings, [LOADED.outcome("march.csv"), FileOutcome("new.csv", "ee", "loaded", seconds=0.1)])
    assert [(file.file, file.seconds) for file in seen_in_landing(settings)] == [("march.csv", 2.0), ("new.csv", 0.1)]


def test_only_what_is_loaded_makes_a_version(settings: Settings) -> None:
    assert inputs(settings) == [{"file_id": "bb", "file": "march.csv", "source": "template", "stream": "ad_spend"}]
    assert file_names(settings) == {"aa": "late.csv", "bb": "march.csv"}


def test_a_refused_file_says_what_is_wrong_with_it_or_at_least_that_it_was_refused(settings: Settings) -> None:
    assert refused_files(settings) == [str(TYPO), "book.xlsx: rejected"]


@pytest.mark.parametrize("damaged", [False, True])
def test_what_cannot_be_read_was_not_looked_at(settings: Settings, damaged: bool) -> None:
    assert looked_at_landing(settings)
    note = settings.state / "landing.json"
    if damaged:
        note.write_text('[{"file": "mar')
    else:
        note.unlink()
    assert not looked_at_landing(settings)
    assert (seen_in_landing(settings), refused_files(settings)) == ([], [])
    assert [file.file for file in landed_files(settings)] == ["march.csv"]


def test_an_empty_landing_folder_was_looked_at(settings: Settings) -> None:
    keep_outcomes(settings, [])
    assert looked_at_landing(settings)
