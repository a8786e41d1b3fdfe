"""Brings every file of the landing folder, and of the archive, into the lake exactly once."""

import fcntl
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from duckdb import DuckDBPyConnection

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.filing import forget_the_gone, known_outcome, read_and_file, refuse, refused_outcome
from orchestration.ingest.keeping import archive, lake
from orchestration.ingest.keeping.commits import Commit
from orchestration.ingest.keeping.exports import write_exports
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.keeping.outcome import FileOutcome, IngestReport, Status
from orchestration.ingest.landing.folder import LandedFile, Remembered, ledger_path, walk
from orchestration.ingest.landing.staging import NO_FILE, Unavailable, stage
from orchestration.ingest.opening import open_export
from orchestration.ingest.preparing import prepared
from orchestration.ingest.read import session
from orchestration.ingest.recognition.candidates import Refused
from orchestration.ingest.run import Progress, Run, start, workspace
from orchestration.ingest.siblings import FEW, MOST, SMALL, Waiting, load_together, may_wait
from orchestration.settings import Settings


def ingest(
    settings: Settings, progress: Progress | None = None, sources: Collection[str] | None = None
) -> IngestReport:
    """Load what is new, in the landing folder or because its contract changed; the same call twice changes nothing."""
    _close_rooms(settings)
    with _one_at_a_time(settings):
        run = start(settings, progress, sources)
        archive.sweep(settings.archive)
        lake.prepare(settings.lake, load_sources())
        shutil.rmtree(settings.state / "reading", ignore_errors=True)
        run.manifests = {manifest.file_id: manifest for manifest in read_manifests(settings)}
        with session(run.circumstances, settings.state / "reading") as conn:
            outcomes = _all_landed(run, conn)
            outcomes += _from_archive(run, conn, {outcome.file_id for outcome in outcomes})
        forget_the_gone(run, outcomes)
        write_exports(settings.lake, run.manifests.values())
        run.ledger.write(ledger_path(settings))
    return IngestReport(outcomes)


def _close_rooms(settings: Settings) -> None:
    """What names people, or tells who a key is, is the owner's alone: the group reads what is published, no more."""
    for room in (settings.state, settings.archive, settings.lake, settings.quarantine):
        room.mkdir(parents=True, exist_ok=True)
        room.chmod(0o700)


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    """A second run waits for the first and then finds nothing left to do."""
    with (settings.state / "ingest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _all_landed(run: Run, conn: DuckDBPyConnection) -> list[FileOutcome]:
    """The outcome of every file, in the order of their names; small files of one form are read together."""
    names = []
    for file in walk(run.settings.landing):
        names.append(file.name)
        result = _landed(run, conn, file)
        if isinstance(result, Waiting):
            group = run.waiting.setdefault(result.form, [])
            group.append(result)
            if len(group) == MOST:
                _read_group(run, conn, run.waiting.pop(result.form))
        elif result is not None:
            run.outcomes[file.name] = result
    _read_all_waiting(run, conn)
    return [run.outcomes[name] for name in names if name in run.outcomes]


def _read_all_waiting(run: Run, conn: DuckDBPyConnection) -> None:
    while run.waiting:
        _read_group(run, conn, run.waiting.popitem()[1])


def _read_group(run: Run, conn: DuckDBPyConnection, group: Sequence[Waiting]) -> None:
    with workspace(run.settings.state / "reading") as folder:
        allowed = run.circumstances.accounts.get(group[0].plan.found.match.source, ())
        scanned = load_together(conn, group, folder, allowed) if len(group) >= FEW else {}
    commit = Commit()
    with ExitStack() as stack:
        for one in group:
            stack.enter_context(one.stack)
            account = scanned.get(one.entry.file_id)
            outcome = read_and_file(run, conn, commit, one.entry, one.opened, one.name, one.folder, one.staged, account)
            outcome.seconds = time.monotonic() - one.started
            run.outcomes[one.name] = outcome
        commit.finish()


def _landed(run: Run, conn: DuckDBPyConnection, file: LandedFile) -> FileOutcome | Waiting | None:
    """One file of the landing folder; None where it belongs to a source that was not asked for."""
    remembered = run.ledger.files.get(file.name)
    if remembered and remembered.is_same(file):
        if remembered.problem and remembered.readers == run.readers_print:
            return refused_outcome(file.name, remembered)
        if manifest := run.known(remembered.sha256[:16]):
            return known_outcome(file.name, manifest) if run.wants(manifest.source) else None
    try:
        return _new(run, conn, file)
    except Unavailable as error:
        status: Status = "rejected" if error.is_rejected else "unrecognised"
        return FileOutcome(file.name, "", status, problems=[error.problem(file.name)])


def _new(run: Run, conn: DuckDBPyConnection, file: LandedFile) -> FileOutcome | Waiting | None:
    if not file.is_regular:
        raise Unavailable(*NO_FILE)
    started = time.monotonic()
    with ExitStack() as stack:
        folder = stack.enter_context(workspace(run.settings.state / "reading"))
        staged = stage(file.path, folder / "staged")
        run.ledger.remember(file, Remembered(file.size, file.modified, staged.sha256))
        if any(one.staged.sha256 == staged.sha256 for group in run.waiting.values() for one in group):
            _read_all_waiting(run, conn)
        if manifest := run.known(staged.file_id):
            return known_outcome(file.name, manifest) if run.wants(manifest.source) else None
        opened = open_export(staged.path, file.name, staged.lines, folder, run.readers)
        if isinstance(opened, Refused):
            return refuse(run, file, opened, staged.sha256)
        if not run.wants(opened.found.match.source):
            return None
        run.progress(f"reading {file.name} as {opened.found.match.source}/{opened.found.match.form.stream}")
        entry = archive.entry_of(staged, file.name, run.settings.archive)
        if staged.bytes <= SMALL:
            plan, body = prepared(opened, entry, run.circumstances, folder)
            if may_wait(staged, plan, body):
                return Waiting(file.name, staged, opened, entry, plan, body, folder, stack.pop_all(), started)
        commit = Commit()
        outcome = read_and_file(run, conn, commit, entry, opened, file.name, folder, staged)
        commit.finish()
    outcome.seconds = time.monotonic() - started
    return outcome


def _from_archive(run: Run, conn: DuckDBPyConnection, seen: Collection[str]) -> Iterator[FileOutcome]:
    """Read again what the lake lost, or what a changed contract reads differently; say what it no longer accepts."""
    for entry in archive.entries(run.settings.archive):
        if manifest := run.known(entry.file_id):
            if manifest.status == "rejected" and entry.file_id not in seen and run.wants(manifest.source):
                yield manifest.outcome(entry.name)
            continue
        with workspace(run.settings.state / "reading") as folder:
            copy = run.settings.archive / entry.sha256
            opened = open_export(copy, entry.name, entry.lines, folder, run.readers)
            if isinstance(opened, Refused):
                lake.withdraw(run.settings.lake, entry.file_id)
                run.manifests.pop(entry.file_id, None)
                yield FileOutcome(entry.name, entry.file_id, "rejected", problems=[opened.problem])
            elif run.wants(opened.found.match.source):
                run.progress(f"reading {entry.name} again from the archive")
                started = time.monotonic()
                commit = Commit()
                outcome = read_and_file(run, conn, commit, entry, opened, entry.name, folder)
                commit.finish()
                outcome.seconds = time.monotonic() - started
                yield outcome
