"""A deployed house at work: daemon and pages as their units start them, on PostgreSQL, and an alert that arrives."""

import configparser
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from orchestration.settings import ROOT
from tests.alerts.loopback import webhook
from tests.deliver.postgres_server import free_port, running_server

WITHIN = 600  # seconds, on a machine that has other work
BROKEN = "date,channel,spend,currency\n2026-06-10,radio,forty,USD\n"


@pytest.mark.slow
def test_a_broken_file_in_a_deployed_house_is_told(tmp_path: Path) -> None:
    landing, home = tmp_path / "data/landing", tmp_path / "dagster"
    landing.mkdir(parents=True)
    home.mkdir()
    shutil.copyfile(ROOT / "deploy/dagster.yaml", home / "dagster.yaml")
    port = free_port()
    with running_server() as server, webhook() as slack:
        url = server.fresh().replace("postgresql://", "postgresql+psycopg2://")
        environment = os.environ | {
            "DAGSTER_HOME": str(home), "DUET_DAGSTER_POSTGRES_URL": url, "DUET_DATA_DIR": str(tmp_path / "data"),
            "DUET_CONFIG": str(tmp_path / "none.yml"), "DUET_AUTOMATION": "1", "DUET_SETTLE_SECONDS": "5",
            "DUET_ALERT_WEBHOOK": slack.url, "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        daemon, pages = unit("duet-daemon", environment, tmp_path), unit("duet-webserver", environment, tmp_path, port)
        with daemon as first, pages as second:
            working = [first, second]
            wait_for(lambda: answers(port), working, tmp_path)
            assert listens_on(port) == {"127.0.0.1"}
            (landing / "june.csv").write_text(BROKEN)
            wait_for(lambda: bool(slack.said), working, tmp_path)
    [said] = slack.said
    assert said.startswith("Duet: files are refused, nothing was published\n\nOnline: nothing yet\n")
    assert "june.csv, line 2, column 'spend'" in said
    assert not (home / "history").exists(), "runs are remembered in PostgreSQL, not in files"


@contextmanager
def unit(name: str, environment: dict[str, str], logs: Path, port: int = 3000) -> Iterator[subprocess.Popen[bytes]]:
    """What systemd would start, from this environment instead of /opt/duet."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(ROOT / f"deploy/systemd/{name}.service")
    command = parser["Service"]["ExecStart"].replace("/opt/duet/.venv/bin", str(Path(sys.executable).parent))
    with (logs / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            command.replace("--port 3000", f"--port {port}").split(), env=environment, cwd=ROOT, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def answers(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=5) as answer:
        return "dagster_version" in json.load(answer)
    return False


def listens_on(port: int) -> set[str]:
    """The addresses of this machine on which somebody listens at a port."""
    found = set()
    for table, family in (("/proc/net/tcp", socket.AF_INET), ("/proc/net/tcp6", socket.AF_INET6)):
        for line in Path(table).read_text().splitlines()[1:]:
            address, _, number = line.split()[1].partition(":")
            if int(number, 16) == port and line.split()[3] == "0A":
                words = [bytes.fromhex(address[i : i + 8])[::-1] for i in range(0, len(address), 8)]
                found.add(socket.inet_ntop(family, b"".join(words)))
    return found


def wait_for(there: Callable[[], bool], working: list[subprocess.Popen[bytes]], logs: Path) -> None:
    deadline = time.monotonic() + WITHIN
    while not there():
        said = "\n".join(path.read_text()[-3000:] for path in logs.glob("*.log"))
        assert time.monotonic() < deadline, f"it took too long:\n{said}"
        assert [process.poll() for process in working] == [None, None], f"a process ended:\n{said}"
        time.sleep(1)
