"""The whole job, dbt and Great Expectations included, killed while it runs."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.publish.version import online, serving_file, shelf
from orchestration.settings import ROOT, Settings
from tests.publish.small_build import values_online
from tests.trust.record import record

KILLS = 4
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


@pytest.mark.slow
@pytest.mark.trial
def test_the_whole_job_can_be_killed(tmp_path: Path) -> None:
    # One house: it is put aside before it is refreshed, and put back, in the same place, to be killed.
    house, aside = tmp_path / "house", tmp_path / "aside"
    settings = Settings(data_dir=house)
    settings.landing.mkdir(parents=True)
    (settings.landing / "spend.csv").write_text(SPEND)
    code, _, said = refresh(house)
    assert code == 0, said
    before = online(settings)
    assert before is not None
    (settings.landing / "later.csv").write_text(LATER)
    subprocess.run(["cp", "-a", str(house), str(aside)], check=True)
    code, seconds, said = refresh(house)
    assert code == 0, said
    right, values = online(settings), values_online(settings)
    assert right is not None
    chance, wrong, died = random.Random(20261128), [], 0
    for kill in range(KILLS):
        now = online(settings)
        if now is not None and now.content_hash == right.content_hash:  # nothing is left to be killed: begin again
            shutil.rmtree(house)
            subprocess.run(["cp", "-a", str(aside), str(house)], check=True)
        # One in each part of the run but its end, which a quieter machine would have passed.
        code, _, said = refresh(house, kill_after=seconds * (kill + chance.random()) / (KILLS + 1))
        died += code == -signal.SIGKILL
        seen, allowed = shelf(settings), (before.content_hash, right.content_hash)
        if seen.alarms or seen.online is None or seen.online.content_hash not in allowed:
            wrong.append(f"readers see {seen}")
    code, _, said = refresh(house)
    after = online(settings)
    if code or after is None or after.content_hash != right.content_hash:
        wrong.append(f"after the re-run {after and after.content_hash}: {said}")
    assert serving_file(settings).exists()
    record("whole_job_kills", tried=KILLS, held=KILLS - len(wrong), figures={"died of it": died})
    assert wrong == []
    assert died > KILLS // 2
    assert values_online(settings) == values
