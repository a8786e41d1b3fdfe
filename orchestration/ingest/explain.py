"""Says how a file would be read and what would happen to each of its rows, changing nothing."""

import time
from pathlib import Path

from orchestration.ingest import archive
from orchestration.ingest.outcome import FileOutcome, Status
from orchestration.ingest.read import read
from orchestration.ingest.recognise import Refused, recognise
from orchestration.ingest.run import start, workspace
from orchestration.settings import Settings


def explain(path: Path, settings: Settings) -> FileOutcome:
    """The outcome that ingest would have, worked out in a folder that is thrown away."""
    started = time.monotonic()
    run = start(settings, key="explaining shows no keys")
    found = recognise(path, path.name, run.readers)
    if isinstance(found, Refused):
        status: Status = "rejected" if found.is_rejected else "unrecognised"
        return FileOutcome(path.name, archive.digest_of(path)[:16], status, problems=[found.problem])
    with workspace(None) as folder:
        entry, _ = archive.store(path, path.name, folder / "archive")
        contract = run.contracts[(found.match.source, found.match.name)]
        copy = folder / "archive" / entry.sha256
        result = read(copy, entry, found, contract, run.circumstances, folder)
    outcome = result.manifest.outcome(path.name)
    outcome.seconds = time.monotonic() - started
    return outcome
