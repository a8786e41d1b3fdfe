"""The same rows out of every container, once each; and no container that is damaged, unsafe or too much."""

import datetime as dt
import gzip
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest import load
from orchestration.ingest.explain import explain
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.landing.staging import Unavailable, stage
from orchestration.ingest.unpacking import compressed
from tests.ingest.ingest_files import Landing, only_problem
from tests.ingest.wrapped import gzipped, json_lines, parquet, records, workbook, zipped

ROWS: list[list[Any]] = [
    ["date", "channel", "spend", "currency", "campaign"],
    [dt.date(2026, 3, 1), "google", 10.5, "EUR", "Brand"],
    [dt.date(2026, 3, 2), "meta", 0.07, "EUR", 'two\nlines, "quoted"'],
]
CSV = """\
date,channel,spend,currency,campaign
2026-03-01,google,10.50,EUR,Brand
2026-03-02,meta,0.07,EUR,"two
lines, ""quoted\"""
"""
SELECT = """
    select date '2026-03-01' as date, 'google' as channel, 10.50 as spend, 'EUR' as currency, 'Brand' as campaign
    union all select date '2026-03-02', 'meta', 0.07, 'EUR', 'two' || chr(10) || 'lines, "quoted"'
"""


def contained(tmp_path: Path) -> dict[str, tuple[str, bytes, int]]:
    """Name, bytes, and how many notes (headers) the container has."""
    listed = json.dumps(records(ROWS), default=str)
    return {
        "gzip": ("spend.csv.gz", gzipped(CSV), 1),
        "gzip called csv": ("spend.csv", gzipped(CSV), 1),
        "zip": ("spend.zip", zipped({"spend.csv": CSV}), 1),
        "zip of a Mac": ("spend.zip", zipped({"spend.csv": CSV, "__MACOSX/._spend.csv": "x"}), 1),
        "stored zip": ("spend.zip", zipped({"spend.csv": CSV}, zipfile.ZIP_STORED), 1),
        "workbook": ("spend.xlsx", workbook({"Spend": ROWS}), 1),
        "workbook called csv": ("spend.csv", workbook({"Spend": ROWS, "Notes": [["made by hand"]]}), 1),
        "workbook in a zip": ("spend.zip", zipped({"spend.xlsx": workbook({"Spend": ROWS})}), 1),
        "list": ("spend.json", listed.encode(), 0),
        "list with a mark, laid out": (
            "spend.json",
            b"\xef\xbb\xbf" + json.dumps(json.loads(listed), indent=2).encode(),
            0,
        ),
        "data": ("spend.json", f'{{"data": {listed}, "paging": {{"cursors": {{}}}}}}'.encode(), 0),
        "records": ("spend.json", f'{{"totalSize": 2, "done": true, "records": {listed}}}'.encode(), 0),
        "lines": ("spend.jsonl", json_lines(ROWS).encode(), 0),
        "lines in gzip": ("spend.ndjson.gz", gzipped(json_lines(ROWS)), 0),
        "lines in UTF-16": ("spend.jsonl", b"\xff\xfe" + json_lines(ROWS).encode("utf-16-le"), 0),
        "Parquet": ("spend.parquet", parquet(SELECT, tmp_path), 0),
    }


KINDS = (
    "gzip", "gzip called csv", "zip", "zip of a Mac", "stored zip", "workbook", "workbook called csv",
    "workbook in a zip", "list", "list with a mark, laid out", "data", "records", "lines", "lines in gzip",
    "lines in UTF-16", "Parquet",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_container_gives_the_same_rows(tmp_path: Path, kind: str) -> None:
    landing = Landing(tmp_path, is_new=True)
    name, content, notes = contained(tmp_path)[kind]
    path = landing.drop(name, content)
    expected = {"loaded": 2, "rejected": 0, "total": 0, "note": notes, "blank": 0}
    told = explain(path, landing.settings).outcome
    assert (told.status, told.rows) == ("loaded", expected)
    assert not landing.settings.lake.exists()
    [outcome] = landing.ingest().files
    assert (outcome.status, outcome.rows) == ("loaded", expected)
    assert landing.rows("template/ad_spend", "cast(date as varchar), cast(spend as varchar), campaign") == [
        ("2026-03-01", "10.50000000", "Brand"),
        ("2026-03-02", "0.07000000", 'two\nlines, "quoted"'),
    ]
    [manifest] = read_manifests(landing.settings)
    assert (landing.settings.archive / manifest.sha256).read_bytes() == content
    assert manifest.container


def test_what_was_unpacked_is_read_again_from_the_archive(landing: Landing) -> None:
    path = landing.drop("spend.xlsx", workbook({"Spend": ROWS}))
    landing.ingest()
    before = landing.rows("template/ad_spend")
    path.unlink()
    shutil.rmtree(landing.settings.lake)
    assert [file.status for file in landing.ingest().files] == ["loaded"]
    assert landing.rows("template/ad_spend") == before


class TestPlaces:
    """A fault is where a person finds it: in the row of the sheet, the record of the document."""

    BAD = (*ROWS[:2], ["2026-03-02", "meta", "x", "EUR", "one\ntwo\nthree"], ["2026-03-02", "meta", "y", "EUR", None])

    def test_the_row_of_a_sheet(self, landing: Landing) -> None:
        rows = [["Our spend"], [], *self.BAD]
        problems = landing.outcome("spend.xlsx", workbook({"Spend": rows})).problems
        assert [problem.line for problem in problems] == [5, 6]

    def test_the_record_of_a_document(self, landing: Landing) -> None:
        outcome = landing.outcome("spend.json", json.dumps(records(self.BAD), default=str))
        assert [problem.line for problem in outcome.problems] == [2, 3]

    def test_the_line_of_json_lines_even_behind_blank_ones(self, landing: Landing) -> None:
        lines = json_lines(self.BAD).splitlines()
        outcome = landing.outcome("spend.jsonl", "\n".join([lines[0], "", *lines[1:]]))
        assert [problem.line for problem in outcome.problems] == [3, 4]
        assert outcome.rows == {"loaded": 1, "rejected": 2, "total": 0, "note": 0, "blank": 1}

    def test_a_missing_header_in_the_only_sheet_that_is_an_export(self, landing: Landing) -> None:
        rows = [["Our spend"], [], ["date", "channel", "spent", "currency"]]
        outcome = landing.outcome("spend.xlsx", workbook({"Cover": [["hello"]], "Spend": rows}))
        assert outcome.status == "rejected"
        assert "line 3, column 'spend'" in only_problem(outcome)
        assert "in the sheet 'Spend'" in only_problem(outcome)


class TestWorkbooks:
    def test_cells_are_values_and_never_shortened(self, landing: Landing) -> None:
        rows = [[*ROWS[0], "flag"], [dt.date(2026, 3, 1), "google", 1234.1, "EUR", 23456789012, True]]
        landing.outcome("spend.xlsx", workbook({"Spend": rows}))
        [(spend, campaign, extra)] = landing.rows("template/ad_spend", "cast(spend as varchar), campaign, extra")
        assert (spend, campaign, extra) == ("1234.10000000", "23456789012", '{"flag":"true"}')

    def test_figures_have_a_point_even_beside_texts_with_a_comma(self, landing: Landing) -> None:
        rows: list[list[Any]] = [["date", "channel", "spend", "currency", "note"]]
        rows += [[f"2026-03-0{day}", "google", 1.125, "EUR", "1,5"] for day in range(1, 4)]
        landing.outcome("spend.xlsx", workbook({"Spend": rows}))
        assert {row[0] for row in landing.rows("template/ad_spend", "cast(spend as varchar)")} == {"1.12500000"}

    def test_two_sheets_that_are_exports_are_refused(self, landing: Landing) -> None:
        outcome = landing.outcome("spend.xlsx", workbook({"March": ROWS, "April": ROWS}))
        assert outcome.status == "rejected"
        assert "'March', 'April'" in only_problem(outcome)

    def test_a_workbook_of_nothing_we_know_is_left_alone(self, landing: Landing) -> None:
        assert landing.outcome("plan.xlsx", workbook({"Plan": [["a", "b"], [1, 2]]})).status == "unrecognised"

    def test_a_workbook_without_a_cell(self, landing: Landing) -> None:
        assert "without any cell" in only_problem(landing.outcome("plan.xlsx", workbook({"Plan": []})))


PARAMETERS = [
    {"key": "page", "value": {"string_value": "/", "int_value": None}},
    {"key": "n", "value": {"int_value": 7}},
]
NESTED = {
    "date": "2026-03-01", "channel": "google", "spend": "1.10", "currency": "EUR",
    "attributes": {"type": "Spend", "url": "/x"}, "geo": {"country": "NL", "city": {"name": "Breda"}},
    "tags": ["a", "b"], "none": [], "rows": [{"x": 1.50}], "params": PARAMETERS,
}  # fmt: skip
FLAT = {
    "geo.country": "NL", "geo.city.name": "Breda", "tags": "a;b", "rows": '[{"x":1.5}]',
    "params.page": "/", "params.n": "7",
}  # fmt: skip


class TestNesting:
    """Objects join their keys with a point, lists of plain values with a semicolon."""

    def test_of_a_document(self, landing: Landing) -> None:
        landing.outcome("spend.json", json.dumps([NESTED]))
        [(extra,)] = landing.rows("template/ad_spend", "extra")
        assert json.loads(extra) == FLAT

    def test_of_a_parquet_file(self, landing: Landing, tmp_path: Path) -> None:
        source = tmp_path / "record.json"
        source.write_text(json.dumps(NESTED))
        landing.outcome("spend.parquet", parquet(f"select * from read_json('{source}')", tmp_path))
        [(extra,)] = landing.rows("template/ad_spend", "extra")
        assert json.loads(extra) == FLAT

    def test_numbers_keep_their_digits(self, landing: Landing) -> None:
        numbers = '"spend": 12345678901234.10000001, "n": 1.50, "m": 1e3'
        landing.outcome("spend.json", f'[{{"date": "2026-03-01", "channel": "g", "currency": "EUR", {numbers}}}]')
        [row] = landing.rows("template/ad_spend", "cast(spend as varchar), extra")
        assert row == ("12345678901234.10000001", '{"n":"1.50","m":"1000"}')

    def test_keys_that_come_later_and_keys_that_are_missing(self, landing: Landing) -> None:
        first, second = records(ROWS)
        del first["campaign"]
        landing.outcome("spend.jsonl", "".join(json.dumps(one, default=str) + "\n" for one in (first, second)))
        assert landing.rows("template/ad_spend", "campaign") == [(None,), (ROWS[2][4],)]


REJECTED = {
    "A08 cut": (gzipped(CSV * 50)[:-20], "ends early, at byte"),
    "A08 only a head": (b"\x1f\x8b\x08", "ends early"),
    "A10 wrong CRC": (gzipped(CSV)[:-8] + b"\0\0\0\0" + gzipped(CSV)[-4:], "incorrect data check"),
    "A10 wrong length": (gzipped(CSV)[:-4] + b"\0\0\0\1", "incorrect length check"),
    "A12 something else behind it": (gzipped(CSV) + b"and more", "damaged archive"),
    "a cut zip": (zipped({"a.csv": CSV})[:-30], "cut off or damaged"),
    "A14 several members": (zipped({"a.csv": CSV, "b.csv": CSV}), "2 members ('a.csv', 'b.csv')"),
    "A14 a folder": (zipped({"a/": ""}), "1 members"),
    "no member": (zipped({}), "an empty ZIP archive"),
    "A20 a member that climbs": (zipped({"../a.csv": CSV}), "called '../a.csv'"),
    "A20 an absolute member": (zipped({"/etc/a.csv": CSV}), "called '/etc/a.csv'"),
    "archives in archives": (gzipped(gzipped(gzipped(gzipped(CSV)))), "archives inside archives"),
    "an error": (b'{"error": {"message": "expired", "code": 190}}', "a JSON document"),
    "an error laid out": (b'{\n "error": {\n  "code": 190\n }\n}', "a JSON document"),
    "no objects": (b"[1, 2, 3]", "a JSON document"),
    "no records": (b"[]", "a JSON document"),
    "a cut document": (json.dumps(records(ROWS), default=str).encode()[:-20], "cut off or damaged"),
    "a cut line": (json_lines(ROWS).encode()[:-20], "line 2: found a line that is no JSON"),
    "a key twice": (b'[{"date": "2026-03-01", "date": "2026-03-02"}]', "the key 'date' twice"),
    "one page": (b'{"data": [{"date": "2026-03-01"}], "paging": {"next": "https://x.example"}}', "one page of several"),
    "half a Parquet file": (b"PAR1 and no more", "cannot be read to its end"),
    "A13 a web page in gzip": (gzipped("<!doctype html><html>"), "a web page"),
}  # fmt: skip


@pytest.mark.parametrize("case", REJECTED)
def test_a_container_that_cannot_be_trusted_is_rejected_whole(landing: Landing, case: str) -> None:
    content, what = REJECTED[case]
    landing.drop("good.csv", CSV)
    outcome = landing.outcome("spend.csv", content)
    assert outcome.status == "rejected"
    assert what in only_problem(outcome)
    assert len(landing.rows("template/ad_spend")) == 2
    assert [path.name for path in (landing.settings.state / "reading").iterdir()] == []


def test_a09_a_wrong_byte_in_the_middle(landing: Landing) -> None:
    content = bytearray(gzipped(os.urandom(50_000).hex()))
    content[20_000] ^= 255
    assert "damaged archive" in only_problem(landing.outcome("spend.csv.gz", bytes(content)))


def test_a12_joined_members_with_their_headers(landing: Landing) -> None:
    other = CSV.replace("2026", "2025")
    outcome = landing.outcome("spend.csv.gz", gzipped(CSV) + gzipped(other) + b"\0" * 512)
    assert outcome.rows == {"loaded": 4, "rejected": 0, "total": 0, "note": 2, "blank": 0}


def test_a11_a_bomb_is_not_unpacked(landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "LARGE", 1 << 20)
    bombs = {"spend.csv.gz": gzip.compress(b"0" * (64 << 20)), "spend.zip": zipped({"a.csv": b"0" * (64 << 20)})}
    for name, bomb in bombs.items():
        outcome = landing.outcome(name, bomb)
        assert outcome.status == "rejected"
        assert "that unpacks to more than" in only_problem(outcome)


def test_a_zip_with_a_password(landing: Landing) -> None:
    content = bytearray(zipped({"a.csv": CSV}))
    for place in (6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    assert "with a password" in only_problem(landing.outcome("a.zip", bytes(content)))


class TestArrival:
    """What is no file of its own, or no finished one, is never opened by accident and never waited for."""

    def test_a21_a_link_is_not_followed(self, landing: Landing, tmp_path: Path) -> None:
        (tmp_path / "secret.csv").write_text(CSV)
        (tmp_path / "folder").mkdir()
        (landing.settings.landing / "link.csv").symlink_to(tmp_path / "secret.csv")
        (landing.settings.landing / "folder").symlink_to(tmp_path / "folder")
        assert [(file.path, file.status) for file in landing.ingest().files] == [
            ("folder", "rejected"), ("link.csv", "rejected"),
        ]  # fmt: skip

    def test_a21_a_link_that_takes_the_place_of_a_file(self, landing: Landing, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(landing.drop("spend.csv", CSV))
        os.mkfifo(tmp_path / "pipe")
        for name in ("link", "pipe"):
            with pytest.raises(Unavailable, match="a link, a pipe"):
                stage(tmp_path / name, tmp_path / "copy")

    def test_a21_a_pipe_does_not_hang(self, landing: Landing) -> None:
        os.mkfifo(landing.settings.landing / "spend.csv")
        [outcome] = landing.ingest().files
        assert "a link, a pipe or a device" in only_problem(outcome)

    def test_a21_a_hard_link_to_a_strangers_file_is_refused(
        self, landing: Landing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.link(landing.drop("spend.csv", CSV), landing.settings.landing.parent / "backup.csv")
        assert [file.status for file in landing.ingest().files] == ["loaded"]  # a backup may link one's own
        landing.drop("spend.csv", CSV + CSV)
        monkeypatch.setattr("orchestration.ingest.landing.staging.os.geteuid", lambda: os.getuid() + 1)
        [outcome] = landing.ingest().files
        assert (outcome.status, "somebody else's file" in only_problem(outcome)) == ("rejected", True)

    def test_a03_a_file_that_is_still_open_for_writing_waits(self, landing: Landing) -> None:
        path = landing.drop("spend.csv", CSV)
        with path.open("a"):
            [outcome] = landing.ingest().files
        assert "still being written" in only_problem(outcome)
        assert [file.status for file in landing.ingest().files] == ["loaded"]

    def test_a04_a_file_that_grows_while_it_is_read_waits(
        self, landing: Landing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = landing.drop("spend.csv", CSV)
        real = os.read

        def growing(handle: int, count: int) -> bytes:
            if (chunk := real(handle, count)) == CSV.encode():
                path.write_text(CSV + CSV)
            return chunk

        monkeypatch.setattr("orchestration.ingest.landing.staging.os.read", growing)
        [outcome] = landing.ingest().files
        assert (outcome.status, "still being written" in only_problem(outcome)) == ("unrecognised", True)

    def test_a05_a_file_that_vanishes_is_noted(self, landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
        landing.drop("b.csv", CSV)
        gone = landing.drop("a.csv", CSV + CSV)

        def vanishing(path: Path, target: Path) -> Any:
            gone.unlink(missing_ok=True)
            return stage(path, target)

        monkeypatch.setattr(load, "stage", vanishing)
        assert [file.status for file in landing.ingest().files] == ["unrecognised", "loaded"]

    def test_a22_a_file_that_may_not_be_read(self, landing: Landing, monkeypatch: pytest.MonkeyPatch) -> None:
        landing.drop("spend.csv", CSV).chmod(0o200)
        monkeypatch.setattr("orchestration.ingest.landing.staging.os.open", denied)  # root may read everything
        [outcome] = landing.ingest().files
        assert (outcome.status, "(--w-------)" in only_problem(outcome)) == ("rejected", True)


def denied(path: Path, flags: int, *rest: int, real: Any = os.open) -> Any:
    if flags & os.O_NOFOLLOW:
        raise PermissionError
    return real(path, flags, *rest)
