"""Brings every file of the landing folder, and of the archive, into the lake exactly once."""

import fcntl
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from orchestration.ingest import archive, lake, landing, verdict
from orchestration.ingest.archive import Archived, FileChanged
from orchestration.ingest.contracts import load_sources
from orchestration.ingest.keys import hash_key, key_fingerprint
from orchestration.ingest.landing import LandedFile, Ledger, Remembered
from orchestration.ingest.manifest import Manifest, read_manifests
from orchestration.ingest.outcome import FileOutcome, IngestReport
from orchestration.ingest.problems import Problem
from orchestration.ingest.read import Circumstances, Read, read
from orchestration.ingest.recognise import Reader, Recognised, Refused, readers_of, recognise
from orchestration.rules import load_rules
from orchestration.settings import Settings

Progress = Callable[[str], None]


@dataclass
class Run:
    """What one run of ingest knows."""

    settings: Settings
    progress: Progress
    readers: list[Reader]
    circumstances: Circumstances
    contracts: dict[tuple[str, str], str]  # (source, format) -> fingerprint
    ledger: Ledger
    manifests: dict[str, Manifest] = field(default_factory=dict)

    @property
    def readers_print(self) -> str:
        """Changes when any reader does: a file that nobody read may be read now."""
        return hashlib.sha256(repr(sorted(self.contracts.items())).encode()).hexdigest()[:16]

    def known(self, file_id: str) -> Manifest | None:
        """The account of a file, unless it would be read differently today."""
        manifest = self.manifests.get(file_id)
        if manifest is None:
            return None
        current = self.contracts.get((str(manifest.source), str(manifest.format)), self.readers_print)
        return manifest if manifest.contract in (current, self.readers_print) else None


def start(settings: Settings, progress: Progress | None = None, key: str | None = None) -> Run:
    """Read contracts, rules and what the last run remembered."""
    sources = load_sources()
    key, timezone = key or hash_key(settings), load_rules(settings.config).reporting_timezone
    reading = {"timezone": timezone, "key": key_fingerprint(key)}
    contracts = {
        (source.source, name): source.fingerprint(name, reading)
        for source in sources.values()
        for name in source.formats
    }
    ledger = landing.read_ledger(settings.state / "ingest_ledger.json")
    return Run(
        settings, progress or (lambda _: None), readers_of(sources), Circumstances(key, timezone), contracts, ledger
    )


def ingest(
    settings: Settings, progress: Progress | None = None, sources: Collection[str] | None = None
) -> IngestReport:
    """Load what is new, in the landing folder or because its contract changed; the same call twice changes nothing."""
    settings.state.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(settings):
        run = start(settings, progress)
        lake.prepare(settings.lake, load_sources())
        run.manifests = {manifest.file_id: manifest for manifest in read_manifests(settings)}
        outcomes = [outcome for file in landing.walk(settings.landing) if (outcome := _landed(run, file, sources))]
        outcomes += _from_archive(run, sources)
        _forget_the_gone(run, outcomes, sources)
        run.ledger.write(settings.state / "ingest_ledger.json")
    return IngestReport(outcomes)


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    """A second run waits for the first and then finds nothing left to do."""
    with (settings.state / "ingest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def workspace(parent: Path | None) -> Iterator[Path]:
    """A folder for one file's reading, gone afterwards."""
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="reading-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _landed(run: Run, file: LandedFile, sources: Collection[str] | None) -> FileOutcome | None:
    """One file of the landing folder; None where it belongs to a source that was not asked for."""
    remembered = run.ledger.files.get(file.name)
    if remembered and remembered.is_same(file):
        if remembered.problem and remembered.readers == run.readers_print:
            return _refused_outcome(file.name, remembered)
        if manifest := run.known(remembered.sha256[:16]):
            return _known_outcome(file.name, manifest) if _wanted(manifest.source, sources) else None
    try:
        return _new(run, file, sources)
    except (FileChanged, FileNotFoundError):
        problem = Problem(file.name, "a file that is still being written", "a finished file", "The next run reads it.")
    except PermissionError:
        problem = Problem(file.name, "a file that may not be read", "read permission", "Run: chmod u+r on the file.")
    return FileOutcome(file.name, "", "unrecognised", problems=[problem])


def _new(run: Run, file: LandedFile, sources: Collection[str] | None) -> FileOutcome | None:
    if not file.is_regular:
        problem = Problem(file.name, "a link or a device", "a file", "Copy the file itself into the landing folder.")
        return FileOutcome(file.name, "", "unrecognised", problems=[problem])
    started = time.monotonic()
    found = recognise(file.path, file.name, run.readers)
    if isinstance(found, Refused):
        return _refuse(run, file, found, archive.digest_of(file.path))
    if not _wanted(found.match.source, sources):
        return None
    run.progress(f"reading {file.name} as {found.match.source}/{found.match.form.stream}")
    entry, is_new = archive.store(file.path, file.name, run.settings.archive)
    run.ledger.files[file.name] = Remembered(file.size, file.modified, entry.sha256)
    if manifest := run.known(entry.file_id):
        return _known_outcome(file.name, manifest)
    outcome = _read(run, entry, found, file.name)
    if outcome.status == "rejected" and is_new:
        archive.forget(run.settings.archive, entry.sha256)
    outcome.seconds = time.monotonic() - started
    return outcome


def _read(run: Run, entry: Archived, found: Recognised, name: str) -> FileOutcome:
    """Read one archived file and put it in the lake or in quarantine."""
    with workspace(run.settings.state / "reading") as folder:
        contract = run.contracts[(found.match.source, found.match.name)]
        copy = run.settings.archive / entry.sha256
        result = read(copy, entry, found, contract, run.circumstances, folder)
        manifest = result.manifest
        if manifest.status == "loaded":
            lake.commit(run.settings.lake, folder / "part.parquet", manifest)
            (run.settings.quarantine / f"{entry.file_id}.json").unlink(missing_ok=True)
        else:
            lake.withdraw(run.settings.lake, entry.file_id)
            manifest.write(run.settings.quarantine / f"{entry.file_id}.json")
    _keep_rejected_rows(run, result)
    run.manifests[entry.file_id] = manifest
    return outcome_of(name, manifest)


def _keep_rejected_rows(run: Run, result: Read) -> None:
    rows = run.settings.quarantine / f"{result.manifest.file_id}.parquet"
    if result.manifest.rows["rejected"]:
        problems = verdict.row_problems(result.manifest.name, result.plan, result.reading)
        lake.write_rejected_rows(rows, result.manifest.file_id, problems)
    else:
        rows.unlink(missing_ok=True)


def _refuse(run: Run, file: LandedFile, refused: Refused, sha256: str) -> FileOutcome:
    """Remember a file that nobody can read; where it is an export gone wrong, it holds the run back."""
    entry = Remembered(
        file.size, file.modified, sha256, asdict(refused.problem), refused.is_rejected, run.readers_print
    )
    run.ledger.files[file.name] = entry
    if refused.is_rejected:
        match = refused.nearest
        manifest = Manifest(
            sha256[:16], sha256, file.name, "rejected", match.source if match else None,
            match.form.stream if match else None, match.name if match else None, run.readers_print,
            bytes=file.size, problems=[refused.problem],
        )  # fmt: skip
        manifest.write(run.settings.quarantine / f"{sha256[:16]}.json")
        run.manifests[sha256[:16]] = manifest
    return _refused_outcome(file.name, entry)


def _refused_outcome(name: str, entry: Remembered) -> FileOutcome:
    problems = [entry.problem] if entry.problem else []
    return FileOutcome(name, entry.sha256[:16], "rejected" if entry.is_rejected else "unrecognised", problems=problems)


def _known_outcome(name: str, manifest: Manifest) -> FileOutcome:
    outcome = outcome_of(name, manifest)
    if outcome.status == "loaded":
        outcome.status = "known"
    return outcome


def outcome_of(name: str, manifest: Manifest) -> FileOutcome:
    """A manifest as the outcome of a run."""
    return FileOutcome(
        name, manifest.file_id, manifest.status, manifest.source, manifest.stream, manifest.format,
        dict(manifest.rows), manifest.window, list(manifest.problems), list(manifest.notes), list(manifest.unknown),
    )  # fmt: skip


def _wanted(source: str | None, sources: Collection[str] | None) -> bool:
    return sources is None or source in sources


def _from_archive(run: Run, sources: Collection[str] | None) -> Iterator[FileOutcome]:
    """Read again what the lake lost, or what a changed contract reads differently."""
    for entry in archive.entries(run.settings.archive):
        if run.known(entry.file_id):
            continue
        found = recognise(run.settings.archive / entry.sha256, entry.name, run.readers)
        if isinstance(found, Refused):
            lake.withdraw(run.settings.lake, entry.file_id)
            yield FileOutcome(entry.name, entry.file_id, "rejected", problems=[found.problem])
        elif _wanted(found.match.source, sources):
            run.progress(f"reading {entry.name} again from the archive")
            started = time.monotonic()
            outcome = _read(run, entry, found, entry.name)
            outcome.seconds = time.monotonic() - started
            yield outcome


def _forget_the_gone(run: Run, outcomes: list[FileOutcome], sources: Collection[str] | None) -> None:
    """A rejected file that somebody took away or replaced holds nothing back any more."""
    if sources is not None:
        return
    seen = {outcome.path for outcome in outcomes}
    run.ledger.files = {name: entry for name, entry in run.ledger.files.items() if name in seen}
    here = {outcome.file_id for outcome in outcomes if outcome.status != "unrecognised"}
    archived = {entry.file_id for entry in archive.entries(run.settings.archive)}
    for path in run.settings.quarantine.glob("*"):
        if path.name.split(".")[0] not in here | archived:
            path.unlink()
