"""A PostgreSQL of the tests' own: on loopback, in a folder that goes away, never one that anybody else uses."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from adbc_driver_postgresql import dbapi

NUMBERS = count(1)


class Server:
    """One that runs, and a fresh database of it for each who asks."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, database: str, user: str = "duet", password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        name = f"kpis_{next(NUMBERS)}"
        do(self.url("postgres"), f"create database {name}", autocommit=True)
        return self.url(name)


def do(url: str, *statements: str, autocommit: bool = False) -> None:
    """Execute statements, all of them or none."""
    with session(url, autocommit) as cursor:
        for statement in statements:
            cursor.execute(statement)


def ask(url: str, query: str, *before: str) -> list[tuple[Any, ...]]:
    """The rows of a query, after statements that hold for it alone."""
    with session(url) as cursor:
        for statement in before:
            cursor.execute(statement)
        return answer(cursor, query)


def answer(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query in a session; decimals come as text."""
    cursor.execute(query)
    with duckdb.connect() as conn:
        conn.register("answer", cursor.fetch_arrow())
        return conn.execute("from answer").fetchall()


@contextmanager
def session(url: str, autocommit: bool = False) -> Iterator[Any]:
    with dbapi.connect(url, autocommit=autocommit) as connection:
        with connection.cursor() as cursor:
            yield cursor
        if not autocommit:
            connection.commit()


@contextmanager
def running_server() -> Iterator[Server]:
    """Skips whoever asks where this machine has no PostgreSQL."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine; on Debian: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="duet-postgres-") as name:
        folder, port = Path(name), free_port()
        owner = _not_root(folder)
        data = ["-D", str(folder / "data")]
        _run([programs / "initdb", *data, "-U", "duet", "-A", "trust", "-E", "UTF8", "--no-sync"], owner)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        _run([programs / "pg_ctl", *data, "-w", "-l", str(folder / "log"), "-o", options, "start"], owner)
        try:
            yield Server(port)
        finally:
            _run([programs / "pg_ctl", *data, "-m", "immediate", "stop"], owner)


def _programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _not_root(folder: Path) -> str | None:
    """Who runs the server: it refuses root."""
    if os.geteuid() != 0:
        return None
    owner = next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})
    shutil.chown(folder, owner)
    return owner


def _run(command: Sequence[str | Path], owner: str | None) -> None:
    # The server inherits what it is given and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, user=owner, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", timeout=60, check=False
        )
        said.seek(0)
        assert done.returncode == 0, said.read()
