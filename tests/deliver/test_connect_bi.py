"""docs/connect-bi.md does what it says: its commands, its Python and its SQL, on the file and in PostgreSQL."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import ROOT, Settings
from tests.deliver.postgres_server import Server, do
from tests.publish.small_build import change_online, lived_in, publish

PAGE = (ROOT / "docs/connect-bi.md").read_text()
BLOCKS = re.findall(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WRITER = "postgresql://duet_writer@db.example:5432/kpis"
BY_CHANNEL = "update marts.kpi_values set grain = 'quarter', dimension = 'channel', member = 'paid' where value = 20"


def blocks(language: str, word: str) -> list[str]:
    return [text for spoken, of, text in BLOCKS if (spoken, of) == (language, word)]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path / "data", ROOT / "duet.yml", monkeypatch) as settings:
        publish(settings, [("2026-05-01", 10), ("2026-06-01", 20)], "run-1")
        change_online(settings, BY_CHANNEL)
        yield settings


def run(command: list[str], folder: Path) -> str:
    programs = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_block_is_one_that_somebody_runs() -> None:
    known = {("sh", "demo"), ("sh", "setup"), ("python", ""), ("sql", ""), ("sql", "postgresql")}
    assert {(language, word) for language, word, _ in BLOCKS} == known


def test_commands_on_the_published_version(settings: Settings, tmp_path: Path) -> None:
    said = run(["bash", "-euc", "\n".join([*blocks("sh", "demo"), "cat spend.csv"])], tmp_path)
    assert "v000001-" in said
    assert "manifest.json: OK" in said
    assert ",paid,20" in said


def test_python_blocks(settings: Settings, tmp_path: Path) -> None:
    for code in blocks("python", ""):
        run([sys.executable, "-c", code], tmp_path)


def test_queries_are_the_same_on_the_file_and_in_postgresql(
    settings: Settings, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.fresh()
    administer, ask_version = blocks("sql", "postgresql")
    try:
        for statement in administer.split(";"):
            do(url, statement)
        ours = url.replace("duet@", "duet_writer@")
        [push] = [block for block in blocks("sh", "setup") if WRITER in block]
        said = run(["bash", "-euc", push.replace(WRITER, ours)], tmp_path)
        assert "v000001-" in said
        assert "postgres: v000001-" in said

        reader = url.replace("duet@", "bi_reader@")
        assert "v000001-" in run(["psql", reader, "-c", ask_version], tmp_path)
        [query] = blocks("sql", "")
        with duckdb.connect(str(settings.published / "kpi_serving.duckdb"), read_only=True) as conn:
            columns = [name for name, *_ in conn.execute(query).description or []]
        header = run(["psql", reader, "--csv", "-c", query], tmp_path).splitlines()[0]
        assert header == ",".join(columns)
    finally:
        do(url, "drop owned by duet_writer cascade", "drop owned by bi_reader", "drop role duet_writer, bi_reader")
