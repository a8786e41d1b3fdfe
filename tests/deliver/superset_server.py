"""A Superset of the tests' own, set up and served as docs/connect-bi.md says, on loopback."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import ROOT

SUPERSET = ROOT / ".venv-superset"
PASSWORD = "change-me"


def set_up(house: Path) -> None:
    """Everything up to the first import; skips whoever asks where Superset is not installed."""
    if not (SUPERSET / ".ready").exists():
        pytest.skip("no Superset on this machine: make superset")
    run(house, commands().partition("duet export")[0])


def commands(containing: str = "import-dashboards") -> str:
    """The block of the documentation with this command, without the line that installs Superset."""
    page = (ROOT / "docs/connect-bi.md").read_text()
    blocks = re.findall(r"^```sh setup\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    [text] = [block for block in blocks if containing in block]
    return text.removeprefix("make superset\n").replace("$PWD/.venv-superset", str(SUPERSET))


def run(house: Path, script: str) -> None:
    said = house / "said.log"
    with said.open("w") as file:
        done = subprocess.run(
            ["bash", "-euc", script],
            cwd=house,
            env=environment(house),
            stdout=file,
            stderr=file,
            check=False,
            timeout=900,
        )
    assert done.returncode == 0, said.read_text()[-3000:]


def environment(house: Path) -> dict[str, str]:
    paths = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return os.environ | {"PATH": paths, "PYTHONPATH": str(ROOT), "HOME": str(house)}


def import_dashboard(installed: Path, house: Path, option: str = "") -> None:
    """A copy of that Superset with our dashboard in it."""
    shutil.copytree(installed / "data/.superset", house / "data/.superset")
    lines = [
        line
        for line in commands().splitlines()
        if not line.startswith(("superset db", "superset fab", "superset init"))
    ]
    run(house, "\n".join(lines).replace("duet export superset", f"duet export superset {option}"))


@contextmanager
def served(house: Path) -> Iterator["Asked"]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    exports = "\n".join(line for line in commands().splitlines() if line.startswith("export"))
    serve = commands("gunicorn").replace(":8088", f":{port}")
    assert str(port) in serve
    with (house / "server.log").open("w") as log:
        server = subprocess.Popen(
            ["bash", "-euc", f"{exports}\nexec {serve}"], cwd=house, env=environment(house), stdout=log, stderr=log
        )
        try:
            yield Asked(f"http://127.0.0.1:{port}", house / "server.log")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


class Asked:
    """Superset's API, as a report asks it."""

    def __init__(self, address: str, log: Path) -> None:
        self.address, self.token = address, ""
        until = time.monotonic() + 240
        while True:
            try:
                credentials = {"username": "admin", "password": PASSWORD, "provider": "db"}
                self.token = self.call("/api/v1/security/login", credentials)["access_token"]
                return
            except OSError:
                assert time.monotonic() < until, log.read_text()[-3000:]
                time.sleep(1)

    def call(self, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        data = json.dumps(body).encode() if body is not None else None
        with urllib.request.urlopen(urllib.request.Request(self.address + path, data, headers), timeout=120) as answer:
            return json.load(answer)

    def charts(self) -> dict[str, dict[str, Any]]:
        """What each chart of the dashboard asks, by its title."""
        of_dashboard = self.call("/api/v1/dashboard/duet/charts")["result"]
        full = [self.call(f"/api/v1/chart/{chart['id']}")["result"] for chart in of_dashboard]
        return {chart["slice_name"]: json.loads(chart["query_context"]) for chart in full}

    def rows(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        [result] = self.call("/api/v1/chart/data", query)["result"]
        assert result["status"] == "success", result
        rows: list[dict[str, Any]] = result["data"]
        return rows
