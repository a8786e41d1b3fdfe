"""The certified versions on disk: which exist, which is online, and how another one is put online."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from orchestration import durable
from orchestration.publish.approval import Approval
from orchestration.publish.candidate import SERVING
from orchestration.publish.content import TableContent
from orchestration.settings import Settings


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


def versions(settings: Settings) -> list[Version]:
    """Every certified version, newest first; the counter in the name decides, not the clock."""
    manifests = sorted(settings.published.glob("v[0-9]*/manifest.json"), reverse=True)
    return [Version.model_validate(json.loads(path.read_text())) for path in manifests]


def online(settings: Settings) -> Version | None:
    """The version that readers see; a damaged pointer falls back to the newest certified one."""
    name = pointed_at(settings)
    manifest = settings.published / name / "manifest.json" if name else None
    if manifest is not None and manifest.exists():
        return Version.model_validate(json.loads(manifest.read_text()))
    return next(iter(versions(settings)), None)


def pointed_at(settings: Settings) -> str | None:
    """The name in the pointer file, when it can be one."""
    try:
        name = (settings.published / "current").read_text().strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return name if name.startswith("v") and "/" not in name else None


def serving_file(settings: Settings) -> Path:
    """The stable path that BI tools open."""
    return settings.published / SERVING


def next_name(settings: Settings, fingerprint: str) -> str:
    """The name of the next version: a counter that only grows, and what it was made of."""
    taken = [int(path.name[1:7]) for path in settings.published.glob("v[0-9][0-9][0-9][0-9][0-9][0-9]-*")]
    return f"v{max(taken, default=0) + 1:06d}-{fingerprint[:8]}"


def put_online(settings: Settings, name: str) -> None:
    """Switch the pointer, then the stable path; each in one step."""
    durable.write_text(settings.published / "current", f"{name}\n")
    durable.replace_with(settings.published / name / SERVING, serving_file(settings))


def finish_switch(settings: Settings) -> None:
    """Complete a switch that a crash cut in two; nothing to do otherwise."""
    version = online(settings)
    if version is None:
        return
    ours = settings.published / version.version / SERVING
    if pointed_at(settings) != version.version or not _same_file(ours, serving_file(settings)):
        put_online(settings, version.version)


def rollback(settings: Settings, name: str) -> Version:
    """Put an earlier certified version online again."""
    known = {version.version: version for version in versions(settings)}
    if name not in known:
        raise UnknownVersion(f"no version {name}; there are: {', '.join(known) or 'none yet'}")
    put_online(settings, name)
    return known[name]


def retire(settings: Settings, keep: int) -> list[str]:
    """Delete the oldest versions beyond those to keep, never the one that is online."""
    staying = {version.version for version in versions(settings)[:keep]} | {pointed_at(settings)}
    gone = [version.version for version in versions(settings) if version.version not in staying]
    for name in gone:
        durable.remove_tree(settings.published / name)
    return gone


def _same_file(one: Path, other: Path) -> bool:
    if not other.exists():
        return False
    ours, theirs = one.stat(), other.stat()
    return os.path.samestat(ours, theirs) or (ours.st_size, ours.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns)
