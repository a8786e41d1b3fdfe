"""What became of every file: the lake's manifests, and what the last look at the landing folder saw."""

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from orchestration import durable
from orchestration.ingest.keeping.manifest import Manifest, read_manifests
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.settings import Settings


class LandedFile(BaseModel):
    """One file and the fate of its rows."""

    file: str
    file_id: str
    status: str
    source: str | None = None
    stream: str | None = None
    format: str | None = None
    rows: dict[str, int] = {}
    window_start: str | None = None
    window_end: str | None = None
    exported_at: str | None = None
    landed_at: str | None = None
    seconds: float = 0.0
    at_stake: str | None = None  # money in the rows that were refused, as far as it could be read
    problems: list[str] = []
    strange_columns: list[str] = []
    remarks: list[str] = []

    @property
    def rows_in_file(self) -> int:
        """Every record that the file holds."""
        return sum(self.rows.values())


def keep_outcomes(settings: Settings, outcomes: Iterable[FileOutcome]) -> None:
    """Remember what lay in the landing folder; seconds of files that were read before are kept."""
    before = {file.file_id: file.seconds for file in seen_in_landing(settings)}
    seen = [_of_outcome(outcome) for outcome in outcomes]
    for file in seen:
        file.seconds = max(file.seconds, before.get(file.file_id, 0.0))
    durable.write_json(settings.state / "landing.json", [file.model_dump() for file in seen])


def looked_at_landing(settings: Settings) -> bool:
    """Whether anybody looked at the landing folder yet and what they saw can still be read."""
    return _remembered(settings) is not None


def seen_in_landing(settings: Settings) -> list[LandedFile]:
    """Files that lay in the landing folder when somebody last looked."""
    return [LandedFile(**file) for file in _remembered(settings) or []]


def _remembered(settings: Settings) -> list[dict[str, Any]] | None:
    try:
        seen: list[dict[str, Any]] = json.loads((settings.state / "landing.json").read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return seen


def landed_files(settings: Settings) -> list[LandedFile]:
    """Every file in the lake, and those in the landing folder that are not, by name."""
    seconds = {file.file_id: file.seconds for file in seen_in_landing(settings)}
    manifests = read_manifests(settings)
    loaded = [
        _of_manifest(manifest, seconds.get(manifest.file_id, 0.0))
        for manifest in manifests
        if manifest.status == "loaded"
    ]
    others = [file for file in seen_in_landing(settings) if file.status in {"rejected", "unrecognised"}]
    at_stake = {manifest.file_id: manifest.at_stake for manifest in manifests}
    for file in others:
        file.at_stake = at_stake.get(file.file_id)
    return sorted([*loaded, *others], key=lambda file: (file.file, file.file_id))


def refused_files(settings: Settings) -> list[str]:
    """What is wrong with the files that hold a version back, one line a fault."""
    rejected = [file for file in seen_in_landing(settings) if file.status == "rejected"]
    return [line for file in rejected for line in (file.problems or [f"{file.file}: rejected"])]


def file_names(settings: Settings) -> dict[str, str]:
    """The name under which each loaded file landed, by its id."""
    return {manifest.file_id: manifest.name for manifest in read_manifests(settings)}


def inputs(settings: Settings) -> list[dict[str, Any]]:
    """The files that a version is made of."""
    return [
        {"file_id": file.file_id, "file": file.file, "source": file.source, "stream": file.stream}
        for file in landed_files(settings)
        if file.status == "loaded"
    ]


def _of_outcome(outcome: FileOutcome) -> LandedFile:
    start, end = outcome.window or (None, None)
    return LandedFile(
        file=outcome.path,
        file_id=outcome.file_id,
        status=outcome.status,
        source=outcome.source,
        stream=outcome.stream,
        format=outcome.format,
        rows=outcome.rows,
        window_start=start,
        window_end=end,
        seconds=outcome.seconds,
        problems=[str(problem) for problem in outcome.problems],
        strange_columns=outcome.strange_columns,
        remarks=outcome.remarks,
    )


def _of_manifest(manifest: Manifest, seconds: float) -> LandedFile:
    known = {name: getattr(manifest, name) for name in ("exported_at", "landed_at", "at_stake")}
    return _of_outcome(manifest.outcome(manifest.name)).model_copy(update=known | {"seconds": seconds})
