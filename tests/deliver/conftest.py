"""What the tests of copies share: a PostgreSQL, a database each, and a house with a version online."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.settings import ROOT, Settings
from tests.deliver.postgres_server import Server, running_server
from tests.publish.small_build import lived_in, publish


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def url(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of the test's own, named as a house finds it."""
    url = server.fresh()
    monkeypatch.setenv("DUET_POSTGRES_URL", url)
    return url


@pytest.fixture
def settings(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A house with one version online: 10 and 20 of spend."""
    with lived_in(tmp_path, ROOT / "duet.yml", monkeypatch) as settings:
        publish(settings, [("2026-05-01", 10), ("2026-06-01", 20)], "run-1")
        yield settings
