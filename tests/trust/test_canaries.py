"""No name, address or number of a person is in anything that Duet leaves, but in the files as they landed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.alerts.message import of_state
from orchestration.demo.company import DEMO_AS_OF
from orchestration.demo.write import write_demo
from orchestration.ingest.load import ingest
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes
from orchestration.rules import Rules
from orchestration.settings import ROOT, Settings
from tests.publish.small_build import build, candidate_with_audit, settings_at
from tests.trust.canaries import COUNT, found_in, left_out, plant, tokens
from tests.trust.record import record


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The first rows of every export of the demo, full of canaries; in two of them a bird sits where a date should."""
    settings = settings_at(tmp_path / "data")
    write_demo(settings.landing)
    planted = plant(settings.landing, rows_kept=COUNT)
    assert len(planted) > 80
    for path in (settings.landing / "salesforce/Lead.csv", settings.landing / "sheets/sales log people.csv"):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        spoilt = lines[1].replace(lines[1].split(",")[1], "Ann Qzxcanary00", 1)
        (path.parent / f"spoilt {path.name}").write_text("\n".join([*lines[:1], spoilt, *lines[2:]]) + "\n")
    return settings


def test_no_canary_sings_in_what_a_run_leaves(settings: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    report = ingest(settings)
    assert len(report.with_status("loaded")) > 30
    assert report.with_status("rejected")
    build(settings, [("2026-06-01", 10)])
    # The spoilt files would hold the version back; what is said of them is searched all the same.
    keep_outcomes(settings, [file for file in report.files if file.status == "loaded"])
    candidate_with_audit(settings)
    certify(settings, Rules())
    keep_outcomes(settings, report.files)

    searched, sings = found_in(settings.data_dir, tokens(), left_out(settings))
    said = capfd.readouterr()
    told = of_state(settings)
    assert told is not None
    assert "spoilt " in told.text
    words = (
        "".join(str(problem) for file in report.files for problem in file.problems) + said.out + said.err + told.text
    )
    assert searched > 100
    assert sings == [], "\n".join(sings)
    assert [token for token in tokens() if token in words.lower()] == []


def test_the_search_finds_a_canary_wherever_it_sits(settings: Settings, tmp_path: Path) -> None:
    """In plain text, in a packed column, in a table: a search that finds nothing anywhere would prove nothing."""
    import duckdb

    nest = tmp_path / "nest"
    nest.mkdir()
    (nest / "log.txt").write_text("Qzxcanary07 called")
    with duckdb.connect(str(nest / "file.duckdb")) as conn:
        conn.execute("create table t as select 'ann qzxcanary08' as name from range(5000)")
        conn.execute(f"copy t to '{nest}/part.parquet' (format parquet, compression zstd)")
    assert [line.split(":")[0] for line in found_in(nest, tokens())[1]] == [
        "file.duckdb name",
        "log.txt",
        "part.parquet name",
    ]
    assert found_in(settings.landing, tokens())[1]


@pytest.mark.slow
@pytest.mark.trial
def test_no_canary_sings_after_the_whole_job(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", as_of=DEMO_AS_OF)
    write_demo(settings.landing)
    planted = plant(settings.landing)
    environment = os.environ | {
        "DUET_DATA_DIR": str(settings.data_dir), "DUET_AS_OF": DEMO_AS_OF.isoformat(), "PYTHONPATH": str(ROOT)
    }  # fmt: skip
    said = tmp_path / "data/.said"
    for arguments in (["refresh"], ["status"], ["status", "--json"], ["versions", "--json"], ["kpi", "leads", "--csv"]):
        program = [str(Path(sys.executable).with_name("duet")), *arguments]
        ended = subprocess.run(program, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        with said.open("a") as file:
            file.write(ended.stdout + ended.stderr)
    searched, sings = found_in(settings.data_dir, tokens(), left_out(settings))
    docs, in_docs = found_in(ROOT / "docs", tokens())
    compiled, in_compiled = found_in(ROOT / "dbt_project/target", tokens())
    sings += in_docs + in_compiled
    record(
        "canaries",
        tried=COUNT,
        held=COUNT if not sings else 0,
        figures={"columns": len(planted), "cells": sum(planted.values()), "files searched": searched + docs + compiled},
    )
    assert sings == [], "\n".join(sings)
