"""Readers while versions are published: no error, no mixture of two versions, and a switch that nobody waits for."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.publish import certify as certifying
from orchestration.publish.certify import certify
from orchestration.rules import Publish, Rules
from orchestration.settings import ROOT, Settings
from tests.publish.small_build import build, candidate_with_audit, settings_at
from tests.trust.record import record

MONTHS = [f"2026-{month:02d}-01" for month in range(1, 7)]
# Version n says n of every month, and that it is version n; anything else is a mixture.
READ = """
select min(value)::int, max(value)::int, count(*)::int, (select max(substr(version, 2, 6))::int from marts.ops_versions)
from marts.kpi_values
"""


def reader(folder: str, reads: int) -> None:
    """The program of one reader: so many reads or more, until the last version is there; a tally when it ends."""
    import duckdb

    from orchestration.report.kpi import query

    settings, done, wrong, seen = settings_at(Path(folder)), 0, [], set()
    stable, end = settings.published / "kpi_serving.duckdb", Path(folder, "end")
    while done < reads or not end.exists():
        try:
            if done % 2:
                [row] = query(settings, READ).rows
            else:
                with duckdb.connect(str(stable), read_only=True) as conn:
                    [row] = conn.execute(READ).fetchall()
            if len({row[0], row[1], row[3]}) > 1 or row[2] != len(MONTHS):
                wrong.append(f"a mixture: {row}")
            seen.add(row[0])
        except Exception as error:  # whatever happens to a reader is what this is about
            wrong.append(repr(error))
        done += 1
    print(json.dumps({"reads": done, "wrong": wrong, "versions": len(seen)}))


def publish(settings: Settings, number: int) -> None:
    build(settings, [(month, number) for month in MONTHS], run=f"run-{number}")
    candidate_with_audit(settings)
    certify(settings, Rules(publish=Publish(keep_versions=3)))


def read_while_publishing(
    settings: Settings, publishes: int, readers: int, reads: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[dict[str, object]], list[float]]:
    """What each reader saw, and how many milliseconds each switch took, the check of every byte included."""
    switches, switch = [], certifying.put_online

    def timed(settings: Settings, name: str) -> None:
        began = time.perf_counter()
        switch(settings, name)
        switches.append((time.perf_counter() - began) * 1000)

    monkeypatch.setattr(certifying, "put_online", timed)
    publish(settings, 1)
    program = [
        sys.executable,
        "-c",
        f"from tests.trust.test_readers import reader; reader({str(settings.data_dir)!r}, {reads})",
    ]
    running = [subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(readers)]
    for number in range(2, publishes + 1):
        publish(settings, number)
    (settings.data_dir / "end").touch()
    return [json.loads(one.communicate()[0]) for one in running], switches


def test_readers_see_one_version_or_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, switches = read_while_publishing(settings_at(tmp_path), 5, 2, 20, monkeypatch)
    assert [one["wrong"] for one in seen] == [[], []]
    assert len(switches) == 5


@pytest.mark.slow
@pytest.mark.trial
def test_ten_thousand_reads_during_two_hundred_publishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, switches = read_while_publishing(settings_at(tmp_path), 200, 4, 2500, monkeypatch)
    reads, wrong = sum(int(str(one["reads"])) for one in seen), [said for one in seen for said in one["wrong"]]  # type: ignore[attr-defined]
    record(
        "readers",
        tried=reads,
        held=reads - len(wrong),
        figures={
            "processes": len(seen),
            "publishes": len(switches),
            "switch p50, ms": round(statistics.median(switches), 1),
            "switch p99, ms": round(statistics.quantiles(switches, n=100)[98], 1),
        },
    )
    assert wrong == []
    assert reads >= 10_000
    assert all(int(str(one["versions"])) > 1 for one in seen)
