"""Small files of one form are read in one scan, and nobody can tell: same rows, same accounts."""

import os
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest import load, siblings
from orchestration.ingest.keeping.manifest import Manifest, read_manifests
from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.ingest_files import Landing

HEADER = "date,channel,spend,currency,campaign\n"
FILES = {
    "a.csv": HEADER + "2026-03-01,google,10.50,EUR,Brand\n2026-03-02,meta,1,EUR,\n",
    "b.csv": HEADER + "2026-03-03,google,7.25,USD,\"two\nlines\"\n",
    "c.csv": HEADER + "2026-03-04,google,x,EUR,Brand\n",
    "d.csv": HEADER,
    "e.csv": HEADER + "2026-03-05,google,3.00,EUR,Brand\n\n" + HEADER,
    "f.csv": HEADER + "2026-03-06,google,3.00\n",
    "g.csv": HEADER + '2026-03-06,google,3.00,EUR,"Bra\n',
    "h.csv": (HEADER + "2026-03-07,google,4.00,EUR,Zürich\n"),
    "i.csv": "date;channel;spend;currency;campaign\n2026-03-08;google;5,50;EUR;Brand\n",
    "j.csv": "date;channel;spend;currency;campaign\n2026-03-09;google;6,50;EUR;Brand\n",
    "k.csv": HEADER + "2026-03-01,google,10.50,EUR,Brand\n2026-03-02,meta,1,EUR,\n",  # a.csv once more
    "l.csv": HEADER.replace("campaign", "remark") + "2026-03-10,google,8.00,EUR,extra\n",
}  # fmt: skip


def result(folder: Path) -> tuple[list[FileOutcome], list[Manifest], list[Any]]:
    landing = Landing(folder)
    for name, content in FILES.items():
        landing.drop(name, content)
    landing.drop("m.csv", FILES["a.csv"].replace("Brand", "Z\xfcrich").encode("cp1252"))
    for path in landing.settings.landing.iterdir():
        os.utime(path, (1_772_366_400, 1_772_366_400))
    outcomes = landing.ingest().files
    for outcome in outcomes:
        outcome.seconds = 0
    return outcomes, [*read_manifests(landing.settings)], landing.rows("template/ad_spend")


@pytest.mark.parametrize("most", [2, 256])
def test_read_together_or_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(load, "MOST", most)
    monkeypatch.setattr(load, "FEW", 2)
    together = result(tmp_path / "together")
    monkeypatch.setattr(load, "SMALL", 0)
    assert result(tmp_path / "alone") == together
    statuses = [outcome.status for outcome in together[0]]
    assert statuses.count("known") == 1
    assert "rejected" in statuses


def test_a_group_is_one_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scans = []
    monkeypatch.setattr("orchestration.ingest.rows.scan.load", lambda *_: scans.append(1))
    landing = Landing(tmp_path)
    for day in range(1, 10):
        landing.drop(f"{day}.csv", HEADER + f"2026-03-0{day},google,{day},EUR,Brand\n")
    assert {outcome.status for outcome in landing.ingest().files} == {"loaded"}
    assert len(landing.rows("template/ad_spend")) == 9
    assert scans == []
    assert siblings.FEW < 9 < siblings.MOST
