"""Houses that the trials start from, made once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.publish import checks
from tests.publish.small_build import SUITES, values_online
from tests.trust.house import NEW, OLD, Facts, copy_of, facts_of, found, land, settings_of
from tests.trust.nursery import Nursery, nursery


@dataclass(frozen=True)
class Start:
    """A house before a refresh, and what an undisturbed refresh makes of it."""

    folder: Path
    before: dict[str, list[tuple[str, float]]]
    after: Facts
    seconds: float
    calls: dict[str, int]

    @property
    def allowed(self) -> dict[str, list[tuple[str, float]]]:
        """Content hash and values of what readers may see: the version before, if any, or the one after."""
        return self.before | {self.after.content_hash: self.after.values}


@pytest.fixture(autouse=True)
def small_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "suites", lambda: SUITES)


@pytest.fixture(scope="session")
def workers() -> Iterator[Nursery]:
    with nursery() as made:
        yield made


@pytest.fixture(scope="session")
def starts(workers: Nursery, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Start]:
    """An empty house with files in its landing folder, and one with a version online and new files."""
    folder = tmp_path_factory.mktemp("houses")
    empty, second = folder / "first", folder / "second"
    found(empty, OLD | NEW)
    published = found(second, OLD)
    published_first = workers.refresh(second)
    assert published_first.code == 0, published_first.said
    land(published, NEW)
    return {name: _start(workers, folder / name) for name in ("first", "second")}


def _start(workers: Nursery, folder: Path) -> Start:
    before = facts_of(settings_of(folder)) if (folder / "data/published/current").exists() else None
    undisturbed = copy_of(folder, folder.with_name(f"{folder.name}-undisturbed"))
    ended = workers.refresh(undisturbed.data_dir.parent)
    assert ended.code == 0, ended.said
    after = facts_of(undisturbed)
    assert after.values == values_online(undisturbed)
    return Start(folder, {before.content_hash: before.values} if before else {}, after, ended.seconds, ended.calls)
