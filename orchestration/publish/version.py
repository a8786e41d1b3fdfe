"""The certified versions on disk: which exist, which is online, and how another one is put online."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from orchestration import durable
from orchestration.publish.approval import Approval
from orchestration.publish.candidate import SERVING
from orchestration.publish.content import TableContent
from orchestration.publish.seals import Damaged, damage_of, digest_of, read_manifest
from orchestration.settings import Settings

NAME = re.compile(r"v[0-9]{6}-[0-9a-f]{8}")
POINTER = "current"


class UnknownVersion(ValueError):
    """No certified version has this name; the message lists those that have one."""


class Version(BaseModel):
    """manifest.json: what a certified version holds and what it was made of."""

    version: str
    certified_at: datetime
    built_at: datetime
    as_of: date
    engine: str
    run: str
    fingerprint: str
    content_hash: str
    duet_version: str
    code_hash: str
    storage_version: str
    rules: dict[str, Any]
    inputs: list[dict[str, Any]]
    tables: dict[str, TableContent]
    checks: dict[str, int]
    files: dict[str, str]
    approval: Approval | None = None


@dataclass(frozen=True)
class Shelf:
    """What readers get, and what is wrong with what they should get."""

    online: Version | None = None
    alarms: list[str] = field(default_factory=list)


def names(settings: Settings) -> list[str]:
    """Every folder of a version, newest first, damaged ones too; the counter in the name decides, not the clock."""
    folders = (path for path in settings.published.glob("v[0-9]*") if path.is_dir())
    return sorted((path.name for path in folders if NAME.fullmatch(path.name)), reverse=True)


def versions(settings: Settings) -> list[Version]:
    """Every certified version whose manifest is the one that was sealed, newest first."""
    found = (read_version(settings, name) for name in names(settings))
    return [version for version in found if version is not None]


def read_version(settings: Settings, name: str) -> Version | None:
    """A version as its manifest tells it; None where that is damaged."""
    manifest = read_manifest(settings.published / name)
    return Version.model_validate(manifest) if manifest is not None else None


def damage(settings: Settings, name: str) -> str | None:
    """What is wrong with a version, every byte of it read; None where nothing is."""
    return damage_of(settings.published / name)


def verify(settings: Settings, name: str) -> None:
    """Nothing, where a version still is what was certified; else Damaged."""
    if wrong := damage(settings, name):
        raise Damaged(f"{name} is damaged: {wrong}; `duet versions` shows which are intact")


def online(settings: Settings) -> Version | None:
    """The version that readers see, every byte of it verified."""
    return shelf(settings).online


def shelf(settings: Settings) -> Shelf:
    """The version that the pointer names, else the newest one that is intact, and an alarm for what is damaged."""
    pointed, there = pointed_at(settings), names(settings)
    broken: dict[str, str] = {}
    chosen = None
    for name in dict.fromkeys([*([pointed] if pointed in there else []), *there]):
        wrong = damage(settings, name)
        if wrong is None:
            chosen = read_version(settings, name)
            break
        broken[name] = wrong
    newer = [name for name in there if chosen is None or name > chosen.version]
    broken |= {name: wrong for name in newer if name not in broken and (wrong := damage(settings, name))}
    if pointed_at(settings) != pointed:
        # A publish went on meanwhile, and its retention may have taken away what was read here.
        return shelf(settings)
    return Shelf(chosen, list(_alarms(settings, pointed, chosen, broken)))


def _alarms(settings: Settings, pointed: str | None, chosen: Version | None, broken: dict[str, str]) -> Iterator[str]:
    instead = f"{chosen.version} is online" if chosen else "nothing is online"
    for name, wrong in sorted(broken.items()):
        yield f"{name} is damaged: {wrong}. {instead}; `duet refresh` publishes anew what has landed"
    pointer = settings.published / POINTER
    if chosen and pointer.exists() and pointed != chosen.version and pointed not in broken:
        yield f"{pointer} names no version. {instead}; `duet refresh` writes it again"
    if chosen and (stable := _stable_path_damage(settings)):
        yield f"{serving_file(settings)}, which BI tools open, {stable}; `duet refresh` puts {chosen.version} there"


def _stable_path_damage(settings: Settings) -> str | None:
    """What is wrong with the file that BI tools open; one of another certified version is a switch that goes on."""
    file = serving_file(settings)
    if file.with_name(f"{file.name}.wal").exists():
        return "has a write-ahead log beside it that was not certified"
    if not file.exists():
        return "is missing" if (settings.published / POINTER).exists() else None
    certified = {version.files.get(SERVING) for version in versions(settings)}
    return None if digest_of(file) in certified else "is not what was certified"


def pointed_at(settings: Settings) -> str | None:
    """The name in the pointer file, when it can be one."""
    try:
        text = (settings.published / POINTER).read_bytes().decode()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return text[:-1] if NAME.fullmatch(text[:-1]) and text.endswith("\n") else None


def serving_file(settings: Settings) -> Path:
    """The stable path that BI tools open."""
    return settings.published / SERVING


def next_name(settings: Settings, fingerprint: str) -> str:
    """The name of the next version: a counter that only grows, and what it was made of."""
    taken = [int(name[1:7]) for name in names(settings)]
    return f"v{max(taken, default=0) + 1:06d}-{fingerprint[:8]}"


def put_online(settings: Settings, name: str) -> None:
    """Switch the pointer, then the stable path, each in one step; Damaged where a version is not what was certified."""
    verify(settings, name)
    durable.write_text(settings.published / POINTER, f"{name}\n")
    durable.replace_with(settings.published / name / SERVING, serving_file(settings))
    serving_file(settings).with_name(f"{SERVING}.wal").unlink(missing_ok=True)


def finish_switch(settings: Settings) -> list[str]:
    """Complete a switch that a crash cut in two, lead readers past what is damaged, and return the alarms."""
    found = shelf(settings)
    if found.online is None:
        return found.alarms
    name, file = found.online.version, serving_file(settings)
    is_whole = file.exists() and digest_of(file) == found.online.files[SERVING]
    if found.alarms or pointed_at(settings) != name or not is_whole:
        put_online(settings, name)
    return found.alarms


def tidy(settings: Settings) -> None:
    """Take away what a killed run left half written or half deleted among the versions."""
    for folder in (settings.published, settings.state):
        for path in [*folder.glob(".gone-*"), *folder.glob(".*.new")]:
            durable.remove_tree(path) if path.is_dir() else path.unlink(missing_ok=True)


def rollback(settings: Settings, name: str) -> Version:
    """Put an earlier certified version online again; Damaged where it is no longer what was certified."""
    there = names(settings)
    if name not in there:
        raise UnknownVersion(f"no version {name}; there are: {', '.join(there) or 'none yet'}")
    put_online(settings, name)
    version = read_version(settings, name)
    assert version is not None
    return version


def retire(settings: Settings, keep: int) -> list[str]:
    """Delete the oldest versions beyond those to keep, never the one that is online."""
    kept = [version.version for version in versions(settings)[:keep]]
    staying = {*kept, pointed_at(settings)}
    oldest = min(kept, default="")
    # A damaged version among those that stay is left as evidence.
    gone = [name for name in names(settings) if name not in staying and name < oldest]
    for name in gone:
        durable.remove_tree(settings.published / name)
    return gone
