"""Small helpers of the ingest tests: drop a file, run, look at the lake."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from orchestration.engine.connection import connect
from orchestration.ingest import load, run
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping import exports
from orchestration.ingest.keeping.outcome import FileOutcome, IngestReport
from orchestration.ingest.load import ingest
from orchestration.settings import Settings
from tests.models.lake_parts import copy_empty_lake


class Landing:
    """A data folder of its own, with a landing folder to drop files into."""

    def __init__(self, folder: Path, config: str = "", is_new: bool = False) -> None:
        self.settings = Settings(data_dir=folder / "data", config=folder / "duet.yml", hash_key="test key")
        if config:
            (folder / "duet.yml").write_text(config)
        self.settings.landing.mkdir(parents=True)
        if not is_new:
            copy_empty_lake(self.settings.lake)

    def drop(self, name: str, content: str | bytes) -> Path:
        """Put a file into the landing folder."""
        path = self.settings.landing / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def ingest(self) -> IngestReport:
        """Run once."""
        return ingest(self.settings)

    def outcome(self, name: str, content: str | bytes) -> FileOutcome:
        """Drop one file, run, and say what became of it."""
        self.drop(name, content)
        [outcome] = [file for file in self.ingest().files if file.path == name]
        return outcome

    def rows(self, stream: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """What the lake holds of a stream."""
        with connect() as conn:
            part = str(self.settings.lake / stream / "*.parquet")
            ordered = "(select * from read_parquet(?) order by file_id, file_row)"
            return conn.execute(f"select {columns} from {ordered}", [part]).fetchall()


@contextmanager
def small_house(*sources: str) -> Iterator[Landing]:
    """A landing folder where few sources are known: a lake of all of them would take most of the time."""
    few = {name: source for name, source in load_sources().items() if name in (*sources, "duet")}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as patches:
        for room in (load, exports, run):
            patches.enter_context(mock.patch.object(room, "load_sources", return_value=few))
        yield Landing(Path(folder), is_new=True)


def only_problem(outcome: FileOutcome) -> str:
    """The one message of a refused file."""
    [problem] = outcome.problems
    return str(problem)


def key(namespace: str, text: str) -> str:
    """The keyed hash that the lake holds instead of a text, worked out apart from it."""
    inner = hashlib.sha256(f"test key:{namespace}:{text}".encode()).hexdigest()
    return hashlib.sha256(f"test key:{inner}".encode()).hexdigest()[:32]
