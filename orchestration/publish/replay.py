"""Builds the version online again from the archive alone, in a house of its own, and compares the two."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.ingest.keeping import archive
from orchestration.ingest.keys import hash_key
from orchestration.publish.candidate import read_candidate
from orchestration.publish.content import TableContent
from orchestration.publish.fingerprint import fingerprint
from orchestration.publish.staged import staged
from orchestration.publish.version import Version, online
from orchestration.rules import Rules
from orchestration.settings import ROOT, Settings

DUET = Path(sys.executable).with_name("duet")


class CannotReplay(RuntimeError):
    """There is nothing to compare with, or the replay came to no end; the message says what to do."""


@dataclass(frozen=True)
class Replay:
    """What the archive gave the second time."""

    version: str
    as_of: date
    files: int
    expected: str
    found: str
    differing: list[str]

    @property
    def is_same(self) -> bool:
        """Whether every table has the same content, value for value."""
        return self.expected == self.found


def replay(settings: Settings, rules: Rules, folder: Path, refresh: Callable[[Settings], str] | None = None) -> Replay:
    """Build the version online again below an empty folder; CannotReplay where it is made of other files or rules."""
    version = _comparable(settings, rules)
    if folder.exists() and any(folder.iterdir()):
        raise CannotReplay(f"{folder} is not empty; name a folder that is, or one that is not there yet")
    house = settings.model_copy(update={"data_dir": folder.resolve(), "as_of": version.as_of})
    files = _furnish(settings, house)
    said = (refresh or _refresh)(house)
    found, tables = _built(house, said)
    differing = sorted(
        name
        for name in version.tables.keys() | tables.keys()
        if name not in tables or name not in version.tables or tables[name] != version.tables[name]
    )
    return Replay(version.version, version.as_of, files, version.content_hash, found, differing)


def _comparable(settings: Settings, rules: Rules) -> Version:
    version = online(settings)
    if version is None:
        raise CannotReplay("nothing is online yet; run `duet refresh`")
    if fingerprint(settings.model_copy(update={"as_of": version.as_of}), rules) != version.fingerprint:
        raise CannotReplay(
            f"{version.version} was made of other files, rules or software than there are now; run `duet refresh`, "
            "then replay"
        )
    return version


def _furnish(settings: Settings, house: Settings) -> int:
    """A house with the same archive and the same secret, and nothing else."""
    house.archive.mkdir(parents=True, mode=0o700)
    house.landing.mkdir()
    entries = archive.entries(settings.archive)
    for entry in entries:
        for path in (settings.archive / entry.sha256, archive.sidecar(settings.archive, entry.sha256)):
            shutil.copy2(path, house.archive / path.name)
    house.state.mkdir(mode=0o700)
    if settings.hash_key is None:
        place = house.state / "hash_key"
        place.touch(mode=0o600)
        place.write_bytes(hash_key(settings).encode())
    return len(entries)


def _refresh(house: Settings) -> str:
    """A refresh in a process of its own: this one has read where its files lie already."""
    environment = os.environ | {
        "DUET_DATA_DIR": str(house.data_dir),
        "DUET_AS_OF": str(house.as_of),
        "DUET_CONFIG": str(house.config),
        "DUET_ENGINE": house.engine,
    }
    environment.pop("DAGSTER_HOME", None)
    ended = subprocess.run([DUET, "refresh"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr


def _built(house: Settings, said: str) -> tuple[str, dict[str, TableContent]]:
    """Content of what was published, or of what waits there for a person: what is unusual was looked at once."""
    if (version := online(house)) is not None:
        return version.content_hash, version.tables
    if (waiting := staged(house)) is not None:
        return waiting.content_hash, read_candidate(house).tables
    raise CannotReplay(f"the archive gave no version; the refresh in {house.data_dir} said:\n{said.strip()[-2000:]}")
