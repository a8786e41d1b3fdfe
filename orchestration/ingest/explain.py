"""Says how a file would be read and what would happen to each of its rows, changing nothing."""

import time
from pathlib import Path

from orchestration.ingest import archive
from orchestration.ingest.candidates import Refused
from orchestration.ingest.opening import open_export
from orchestration.ingest.outcome import FileOutcome, Status
from orchestration.ingest.read import read, session
from orchestration.ingest.run import start, workspace
from orchestration.ingest.staging import Unavailable, stage
from orchestration.settings import Settings


def explain(path: Path, settings: Settings) -> FileOutcome:
    """The outcome that ingest would have, worked out in a folder that is thrown away."""
    started = time.monotonic()
    run = start(settings, key="explaining shows no keys")
    with workspace(None) as folder:
        try:
            staged = stage(path, folder / "staged")
        except Unavailable as error:
            return FileOutcome(path.name, "", "rejected", problems=[error.problem(path.name)])
        opened = open_export(staged.path, path.name, staged.lines, folder, run.readers)
        if isinstance(opened, Refused):
            status: Status = "rejected" if opened.is_rejected else "unrecognised"
            return FileOutcome(path.name, staged.file_id, status, problems=[opened.problem])
        entry = archive.entry_of(staged, path.name, folder / "archive")
        contract = run.contracts[(opened.found.match.source, opened.found.match.name)]
        with session(run.circumstances, folder) as conn:
            result = read(conn, opened, entry, contract, run.circumstances, folder)
    outcome = result.manifest.outcome(path.name)
    outcome.seconds = time.monotonic() - started
    return outcome
