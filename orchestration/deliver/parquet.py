"""Parquet: the tables of a certified version in a folder of somebody's choice, with what certifies them."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from orchestration import durable
from orchestration.publish.seals import MANIFEST, digest_of, seal_of
from orchestration.publish.version import Version
from orchestration.settings import Settings


class NotEmpty(ValueError):
    """Something else lies where a version would be copied to; the message names it."""


@dataclass(frozen=True)
class Copied:
    """What was copied, and where it lies."""

    folder: Path
    files: int
    megabytes: float


def copy_parquet(settings: Settings, version: Version, target: Path) -> Copied:
    """Copy a version's Parquet files and its sealed manifest into target/VERSION, which appears whole or not at all.

    Files are 0640, folders 0750. A version that is there already stays; NotEmpty where it says something else.
    """
    source, place = settings.published / version.version, target.resolve() / version.version
    wanted = {name: digest for name, digest in version.files.items() if name.startswith("parquet/")}
    manifest = source / MANIFEST
    wanted |= {path.name: digest_of(path) for path in (manifest, seal_of(manifest))}
    if place.exists():
        _same(place, wanted)
    else:
        _copy(source, place, sorted(wanted))
    size = sum((place / name).stat().st_size for name in wanted)
    return Copied(place, len(wanted), size / 1e6)


def _copy(source: Path, place: Path, names: list[str]) -> None:
    fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in names:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, fresh / name)
    for path in [fresh, *fresh.rglob("*")]:
        path.chmod(0o750 if path.is_dir() else 0o640)
    durable.sync_tree(fresh)
    os.rename(fresh, place)
    durable.sync(place.parent)


def _same(place: Path, wanted: dict[str, str]) -> None:
    there = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    if there != wanted.keys() or any(digest_of(place / name) != digest for name, digest in wanted.items()):
        raise NotEmpty(f"{place} is there and is not that version; move it away, then export again")
