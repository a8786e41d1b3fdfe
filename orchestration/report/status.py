"""The state of the house for people and machines: what is online, how fresh, what is refused, what holds a run back."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from orchestration.deliver.postgres import place
from orchestration.deliver.push import is_behind, read_delivered
from orchestration.ingest.landing.folder import ledger_path, read_ledger, walk
from orchestration.publish.audit import checks_so_far, page_of_candidate
from orchestration.publish.certify import explanations
from orchestration.publish.files import LandedFile, landed_files, refused_files
from orchestration.publish.gate.freshness import patience, reached_by, rhythm, written_again
from orchestration.publish.lock import at_work
from orchestration.publish.staged import Staged, staged
from orchestration.publish.version import Version, damage, names, online, shelf
from orchestration.report.moved import read_moved
from orchestration.report.restatements import read_restatements
from orchestration.report.stakes import quarantine
from orchestration.rules import DeclaredSource, load_rules
from orchestration.settings import Settings

SHOWN = ("id", "fact", "layer", "severity", "owner", "remedy", "identity", "passed", "observed")


def read_status(settings: Settings) -> dict[str, Any]:
    """Everything that `duet status --json` prints."""
    found = shelf(settings)
    version, files = found.online, landed_files(settings)
    waiting, declared = staged(settings), load_rules(settings.config).sources
    return {
        "version": version.version if version else None,
        "newer": newer(settings, version),
        "at_work": at_work(settings),
        "alarms": [*found.alarms, *late_copies(settings, version)],
        "certified_at": version.certified_at.isoformat() if version else None,
        "age_hours": _hours_since(version.certified_at) if version else None,
        "as_of": version.as_of.isoformat() if version else None,
        "approval": version.approval.model_dump(mode="json") if version and version.approval else None,
        "held": held(settings),
        "staged": _staged(waiting) if waiting else None,
        "sources": sources(files, version.as_of if version else None, declared, settings.landing),
        "quarantine": quarantine(files),
        "unread": unread(settings),
        "files": [_file(file) for file in files],
        "checks": checks(settings),
        "pages": pages(settings),
        "moved": read_moved(settings),
        "restatements": read_restatements(settings),
        "postgres": copy.model_dump(mode="json") if (copy := read_delivered(settings)) else None,
    }


def held(settings: Settings) -> list[str]:
    """What keeps the newest data from being published, one entry a cause; empty when nothing does."""
    if refused := refused_files(settings):
        return refused
    if waiting := staged(settings):
        return explanations(waiting.held_by)
    return _failed_refresh(settings) or _failed_build(settings)


def newer(settings: Settings, version: Version | None) -> list[str]:
    """Intact versions after the one online, the newest first: somebody went back behind them."""
    return [name for name in names(settings) if version and name > version.version and damage(settings, name) is None]


def unread(settings: Settings) -> list[str]:
    """Files that landed or changed since the last run looked, by name."""
    known = read_ledger(ledger_path(settings)).files
    return [
        file.name for file in walk(settings.landing) if file.name not in known or not known[file.name].is_same(file)
    ]


def checks(settings: Settings) -> list[dict[str, Any]]:
    """The checks of the version that is online."""
    version = online(settings)
    path = settings.published / version.version / "checks.json" if version else None
    if path is None or not path.exists():
        return []
    return [{name: check[name] for name in SHOWN} for check in json.loads(path.read_text())["checks"]]


def pages(settings: Settings) -> dict[str, str | None]:
    """Where every check can be read: of the version online, and of the last run where that is not online."""
    version = online(settings)
    certified = settings.published / version.version / "checks.html" if version else None
    last = page_of_candidate(settings)
    is_newer = last.exists() and (version is None or last.stat().st_mtime > version.certified_at.timestamp())
    return {
        "certified": str(certified) if certified and certified.exists() else None,
        "last_run": str(last) if is_newer else None,
    }


def sources(
    files: list[LandedFile], as_of: date | None, declared: Mapping[str, DeclaredSource], landing: Path
) -> list[dict[str, Any]]:
    """Per stream that ever delivered: the days it covers, how old its last day is, and how old that may be.

    How old is what duet.yml declares of the source, else what the stream's own rhythm says; null where it has none.
    """
    loaded = [file for file in files if file.status == "loaded"]
    found = []
    for source, stream in sorted({(file.source or "", file.stream or "") for file in loaded}):
        ours = [file for file in loaded if (file.source, file.stream) == (source, stream)]
        starts = [file.window_start for file in ours if file.window_start]
        ends = [file.window_end for file in ours if file.window_end]
        last = date.fromisoformat(max(ends)[:10]) if ends else None
        reached = [day for file in ours if as_of and (day := _reached(file, as_of))]
        again = [as_of and written_again(source, stream, landing / file.file, as_of) for file in ours]
        reached += [day for day in again if day]
        limit = declared[source].max_age_days if source in declared else None
        allowed = patience(rhythm(reached)) if limit is None else limit
        late = (as_of - max(reached)).days > allowed if as_of and reached and allowed is not None else None
        found.append(
            {
                "source": source,
                "stream": stream,
                "window_start": min(starts)[:10] if starts else None,
                "window_end": last.isoformat() if last else None,
                "age_days": (as_of - last).days if as_of and last else None,
                "max_age_days": allowed,
                "is_late": late,
            }
        )
    return found


def _reached(file: LandedFile, as_of: date) -> date | None:
    return reached_by(str(file.source), str(file.stream), file.window_end, file.exported_at, as_of)


def late_copies(settings: Settings, version: Version | None) -> list[str]:
    """What readers of a copy do not see yet, and what to do about it."""
    if version is None or not is_behind(settings, version):
        return []
    copy = read_delivered(settings)
    shows = copy.version if copy and copy.version and copy.place == place(settings) else None
    why = copy.error if copy and copy.error else f"{version.version} was not copied there; run `duet export postgres`"
    return [f"PostgreSQL still has {shows or 'no version'}, not {version.version}: {why}"]


def _failed_refresh(settings: Settings) -> list[str]:
    """What the last `duet refresh` said, unless something was published since."""
    path, version = settings.state / "outcome.json", online(settings)
    if not path.exists():
        return []
    outcome = json.loads(path.read_text())
    if version is not None and version.certified_at > datetime.fromisoformat(outcome["at"]):
        return []
    return [str(cause) for cause in outcome["held"]]


def _failed_build(settings: Settings) -> list[str]:
    """A run that Dagster started and that did not publish."""
    failed = [check for check in checks_so_far(settings) if check.blocks and check.ran]
    return explanations(failed) if failed else []


def _staged(waiting: Staged) -> dict[str, Any]:
    """The candidate that waits for a person, and what releases it."""
    told = waiting.model_dump(mode="json", exclude={"held_by", "approval", "fingerprint"})
    held_by = [check.model_dump(mode="json", include={*SHOWN}) for check in waiting.held_by]
    return told | {"held_by": held_by, "release": waiting.command}


def _hours_since(moment: datetime) -> float:
    return round((datetime.now(UTC) - moment).total_seconds() / 3600, 1)


def _file(file: LandedFile) -> dict[str, Any]:
    return {
        "file": file.file,
        "source": file.source,
        "stream": file.stream,
        "status": file.status,
        "rows_in_file": file.rows_in_file,
        "rows": file.rows,
        "problems": file.problems,
        "remarks": file.remarks,
        "unknown_columns": file.strange_columns,
    }
