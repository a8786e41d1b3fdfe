"""The state of the house for people and machines: what is online, how fresh, what is refused, what holds a run back."""

import json
from datetime import date, datetime
from typing import Any

from orchestration.publish.audit import checks_so_far
from orchestration.publish.certify import explanations
from orchestration.publish.files import LandedFile, landed_files, refused_files
from orchestration.publish.version import online, shelf
from orchestration.report.restatements import read_restatements
from orchestration.settings import Settings


def read_status(settings: Settings) -> dict[str, Any]:
    """Everything that `duet status --json` prints."""
    found = shelf(settings)
    version, files = found.online, landed_files(settings)
    return {
        "version": version.version if version else None,
        "alarms": found.alarms,
        "certified_at": version.certified_at.isoformat() if version else None,
        "as_of": version.as_of.isoformat() if version else None,
        "held": held(settings),
        "sources": sources(files, version.as_of if version else None),
        "files": [_file(file) for file in files],
        "checks": checks(settings),
        "restatements": read_restatements(settings),
    }


def held(settings: Settings) -> list[str]:
    """What keeps the newest data from being published, one entry a cause; empty when nothing does."""
    if refused := refused_files(settings):
        return refused
    return _failed_refresh(settings) or _failed_build(settings)


def checks(settings: Settings) -> list[dict[str, Any]]:
    """The checks of the version that is online."""
    version = online(settings)
    path = settings.published / version.version / "checks.json" if version else None
    if path is None or not path.exists():
        return []
    shown = ("id", "fact", "layer", "severity", "owner", "passed", "observed")
    return [{name: check[name] for name in shown} for check in json.loads(path.read_text())["checks"]]


def sources(files: list[LandedFile], as_of: date | None) -> list[dict[str, Any]]:
    """Per stream that ever delivered: the days it covers and how old its last day is."""
    loaded = [file for file in files if file.status == "loaded"]
    found = []
    for source, stream in sorted({(file.source or "", file.stream or "") for file in loaded}):
        ours = [file for file in loaded if (file.source, file.stream) == (source, stream)]
        starts = [file.window_start for file in ours if file.window_start]
        ends = [file.window_end for file in ours if file.window_end]
        last = date.fromisoformat(max(ends)[:10]) if ends else None
        found.append(
            {
                "source": source,
                "stream": stream,
                "window_start": min(starts)[:10] if starts else None,
                "window_end": last.isoformat() if last else None,
                "age_days": (as_of - last).days if as_of and last else None,
            }
        )
    return found


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
