"""Puts a file where it belongs once it was read: into archive and lake, or into quarantine."""

from dataclasses import asdict
from pathlib import Path

from duckdb import DuckDBPyConnection

from orchestration.ingest.judging import verdict
from orchestration.ingest.keeping import archive, lake
from orchestration.ingest.keeping.archive import Archived
from orchestration.ingest.keeping.commits import Commit
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.ingest.landing.folder import LandedFile, Remembered
from orchestration.ingest.landing.staging import Staged
from orchestration.ingest.opening import Opened
from orchestration.ingest.read import Read, read
from orchestration.ingest.recognition.candidates import Refused
from orchestration.ingest.run import Run
from orchestration.ingest.siblings import Scanned


def read_and_file(
    run: Run, conn: DuckDBPyConnection, commit: Commit, entry: Archived, opened: Opened, name: str, folder: Path,
    staged: Staged | None = None, scanned: Scanned | None = None,
) -> FileOutcome:  # fmt: skip
    """Read one file and put it in the archive and the lake, or in quarantine."""
    account = run.settings.quarantine / f"{entry.file_id}.json"
    contract = run.contracts[(opened.found.match.source, opened.found.match.name)]
    result = read(conn, opened, entry, contract, run.circumstances, folder, scanned)
    manifest = result.manifest
    _keep_rejected_rows(run, result)
    if manifest.status == "loaded":
        if staged:
            archive.keep(staged, entry, run.settings.archive, commit)
        earlier = run.manifests.get(entry.file_id)
        lake.add(commit, run.settings.lake, folder / "part.parquet", manifest, earlier)
        account.unlink(missing_ok=True)
    else:
        manifest.write(account)
        lake.withdraw(run.settings.lake, entry.file_id)
    run.manifests[entry.file_id] = manifest
    return manifest.outcome(name)


def _keep_rejected_rows(run: Run, result: Read) -> None:
    rows = run.settings.quarantine / f"{result.manifest.file_id}.parquet"
    if result.manifest.rows["rejected"]:
        problems = verdict.row_problems(result.manifest.name, result.plan, result.reading)
        lake.write_rejected_rows(rows, result.manifest.file_id, problems)
    else:
        rows.unlink(missing_ok=True)


def refuse(run: Run, file: LandedFile, refused: Refused, sha256: str) -> FileOutcome:
    """Remember a file that nobody can read; where it is an export gone wrong, it holds the run back."""
    entry = Remembered(
        file.size, file.modified, sha256, asdict(refused.problem), refused.is_rejected, run.readers_print
    )
    run.ledger.remember(file, entry)
    if refused.is_rejected:
        match = refused.nearest
        manifest = Manifest(
            sha256[:16], sha256, file.name, "rejected", match.source if match else None,
            match.form.stream if match else None, match.name if match else None, run.readers_print,
            bytes=file.size, problems=[refused.problem],
        )  # fmt: skip
        manifest.write(run.settings.quarantine / f"{sha256[:16]}.json")
    return refused_outcome(file.name, entry)


def refused_outcome(name: str, entry: Remembered) -> FileOutcome:
    """What became of a file that nobody reads."""
    problems = [entry.problem] if entry.problem else []
    return FileOutcome(name, entry.sha256[:16], "rejected" if entry.is_rejected else "unrecognised", problems=problems)


def known_outcome(name: str, manifest: Manifest) -> FileOutcome:
    """What became of a file that was read before."""
    outcome = manifest.outcome(name)
    if outcome.status == "loaded":
        outcome.status = "known"
    return outcome


def forget_the_gone(run: Run, outcomes: list[FileOutcome]) -> None:
    """A rejected file that somebody took away or replaced holds nothing back any more."""
    if run.sources is not None:
        return
    seen = {outcome.path for outcome in outcomes}
    run.ledger.files = {name: entry for name, entry in run.ledger.files.items() if name in seen}
    here = {outcome.file_id for outcome in outcomes if outcome.status != "unrecognised"}
    archived = {entry.file_id for entry in archive.entries(run.settings.archive)}
    for path in run.settings.quarantine.glob("*"):
        if path.name.split(".")[0] not in here | archived:
            path.unlink()
