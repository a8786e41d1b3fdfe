"""The same files give the same numbers wherever the run happens: any timezone, locale, number of threads, hash seed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestration.demo.company import DEMO_AS_OF
from orchestration.demo.write import write_demo
from orchestration.settings import ROOT
from tests.trust.record import record

TEMPLATES = sorted((ROOT / "data" / "templates").glob("*.csv"))
WRITTEN = 1_775_000_000.0  # 2026-03-31 23:33:20 UTC: the next day in Kathmandu, the day before noon in Honolulu
MARTS = ("kpi_cac", "kpi_contribution_margin", "fct_spend_history")
# Python would take UTF-8 for the plain C locale if nothing forbade it.
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


class Environment(NamedTuple):
    """What differs from machine to machine."""

    timezone: str
    locale: dict[str, str]
    threads: int
    hash_seed: str


HERE = Environment("UTC", {"LC_ALL": "C.UTF-8"}, 2, "0")
ELSEWHERE = (
    Environment("Asia/Kathmandu", PLAIN, 1, "1"),
    Environment("Pacific/Honolulu", {"LC_ALL": "C.UTF-8"}, 4, "4711"),
    Environment("America/New_York", PLAIN, 2, "random"),
)


def content_hash(data: Path, environment: Environment, as_of: str, *marts: str) -> str:
    """Of the marts that a process of its own makes of what has landed there; of all where none is named."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "DUET_"))}
    variables |= {"TZ": environment.timezone, "PYTHONHASHSEED": environment.hash_seed, **environment.locale}
    command = [sys.executable, "-m", "tests.publish.hash_of_house", str(data), as_of, str(environment.threads), *marts]
    finished = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert finished.returncode == 0, finished.stdout[-3000:] + finished.stderr[-3000:]
    return finished.stdout.split()[-1]


def land_templates(data: Path) -> None:
    """The example rows of every template, all written in one moment."""
    (data / "landing").mkdir(parents=True)
    for template in TEMPLATES:
        landed = Path(shutil.copy(template, data / "landing"))
        os.utime(landed, (WRITTEN, WRITTEN))


def hashes_of(data: Path, environments: Sequence[Environment], land: Callable[[], object], *asked: str) -> set[str]:
    """Content hashes of what lands, in the same place, where dbt need not read the project again."""
    hashes = set()
    for environment in environments:
        land()
        hashes.add(content_hash(data, environment, *asked))
        read = (data / "target/partial_parse.msgpack").read_bytes()
        shutil.rmtree(data)
        (data / "target").mkdir(parents=True)
        (data / "target/partial_parse.msgpack").write_bytes(read)
    return hashes


@pytest.mark.slow
def test_two_machines_that_agree_in_nothing_give_one_content_hash(tmp_path: Path) -> None:
    two = (HERE, ELSEWHERE[0])
    assert len(hashes_of(tmp_path, two, lambda: land_templates(tmp_path), "2026-03-31", *MARTS)) == 1


@pytest.mark.slow
@pytest.mark.trial
def test_the_demo_has_one_content_hash_in_four_environments(tmp_path: Path) -> None:
    four, as_of = (HERE, *ELSEWHERE), DEMO_AS_OF.isoformat()
    hashes = hashes_of(tmp_path, four, lambda: write_demo(tmp_path / "landing"), as_of)
    record("environments", tried=len(four), held=len(four) + 1 - len(hashes))
    assert len(hashes) == 1
