"""The whole job, dbt and Great Expectations included, killed while it runs."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from orchestration.publish.version import online, serving_file, shelf
from orchestration.settings import ROOT, Settings
from tests.publish.small_build import values_online
from tests.trust.journal import Journal
from tests.trust.record import record

KILLS, ROWS = 12, 3
# How often a kill is tried again that came when the run had ended.
ATTEMPTS = 3
# Days that are not closed on 30 June: a month that was certified and moves would hold the run, and rightly.
SPEND = "date,channel,spend,currency\n2026-06-10,flyers,10.00,USD\n2026-06-20,flyers,20.00,USD\n"
LATER = "date,channel,spend,currency\n2026-06-29,flyers,30.00,USD\n2026-06-30,flyers,40.00,USD\n"


def refresh(folder: Path, kill_after: float | None = None) -> tuple[int, float, str]:
    """`duet refresh`, killed after so many seconds or not at all; its code, its time, what it said."""
    environment = os.environ | {
        "DUET_DATA_DIR": str(folder), "DUET_AS_OF": "2026-06-30", "DUET_HASH_KEY": "k" * 32, "PYTHONPATH": str(ROOT)
    }  # fmt: skip
    program, started = [str(Path(sys.executable).with_name("duet")), "refresh"], time.monotonic()
    running = subprocess.Popen(
        program, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if kill_after is not None:
        try:
            running.wait(kill_after)
        except subprocess.TimeoutExpired:
            # The dbt that it started lives on, as after the kernel's own kill: the next run must end it.
            running.send_signal(signal.SIGKILL)
    said, _ = running.communicate()
    return running.returncode, time.monotonic() - started, said


@dataclass
class House:
    """One house: it is put aside before it is refreshed, and put back, in the same place, to be killed."""

    folder: Path
    aside: Path
    before: str = ""
    right: str = ""
    values: list[tuple[str, float]] = field(default_factory=list)
    seconds: float = 0.0  # how long a refresh takes from what was put aside

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.folder)

    def found(self) -> None:
        """Publish once, land a second file, put aside, and see what an undisturbed refresh makes of it."""
        self.settings.landing.mkdir(parents=True)
        (self.settings.landing / "spend.csv").write_text(SPEND)
        code, _, said = refresh(self.folder)
        assert code == 0, said
        self.before = self.hash_online()
        (self.settings.landing / "later.csv").write_text(LATER)
        subprocess.run(["cp", "-a", str(self.folder), str(self.aside)], check=True)
        code, self.seconds, said = refresh(self.folder)
        assert code == 0, said
        self.right, self.values = self.hash_online(), values_online(self.settings)

    def put_back(self) -> None:
        shutil.rmtree(self.folder)
        subprocess.run(["cp", "-a", str(self.aside), str(self.folder)], check=True)

    def hash_online(self) -> str:
        version = online(self.settings)
        assert version is not None
        return version.content_hash

    def killed_at(self, share: float) -> int:
        """Kill a refresh at this share of its length; how many had come to their end before one was hit."""
        for late in range(ATTEMPTS):
            is_whole = late > 0 or self.hash_online() == self.right
            if is_whole:  # nothing is left to be killed: begin again
                self.put_back()
            code, took, said = refresh(self.folder, kill_after=self.seconds * share)
            seen = shelf(self.settings)
            assert not seen.alarms, seen.alarms
            assert self.hash_online() in (self.before, self.right)
            if code == -signal.SIGKILL:
                return late
            assert code == 0, said
            if is_whole:  # the machine is quieter than it was
                self.seconds = min(self.seconds, took)
        return ATTEMPTS

    def ends_as_if_nothing_was(self) -> None:
        """One plain re-run."""
        code, _, said = refresh(self.folder)
        assert code == 0, said
        assert self.hash_online() == self.right
        assert serving_file(self.settings).exists()
        assert values_online(self.settings) == self.values


@pytest.mark.slow
@pytest.mark.trial
def test_the_whole_job_can_be_killed(tmp_path: Path) -> None:
    house, journal = House(tmp_path / "house", tmp_path / "aside"), Journal("whole_job_kills")
    chance = random.Random(20261128)
    shares = [(part + chance.random()) / KILLS for part in range(KILLS)]
    # Each kill of a row comes later in the run than the one before, and meets its wreck.
    for row in (shares[first::ROWS] for first in range(ROWS)):
        name = ", ".join(f"{share:.0%}" for share in row)
        if name in journal.found or not journal.has_time:
            continue
        if not house.values:
            house.found()
        house.put_back()
        late, wrong = [], ""
        try:
            late = [house.killed_at(share) for share in row]
            house.ends_as_if_nothing_was()
        except AssertionError as error:
            wrong = f"killed at {name} of {house.seconds:.0f} s: {error}"
        journal.keep(name, {"late": late, "wrong": wrong, "seconds": house.seconds})
    right = [row for row in journal.found.values() if not row["wrong"]]
    slips = [row["wrong"] for row in journal.found.values() if row["wrong"]]
    late = [late for row in right for late in row["late"]]
    hit = sum(one < ATTEMPTS for one in late)
    figures = {
        "re-runs": len(journal.found),
        "came when the run had ended, so once more": sum(late),
        "length of a run, s": round(max((row["seconds"] for row in journal.found.values()), default=0)),
    }
    tried = hit + len(slips) * KILLS // ROWS
    record("whole_job_kills", tried=tried, held=hit, figures=figures, slips=slips)
    assert slips == []
    assert hit == len(late)
