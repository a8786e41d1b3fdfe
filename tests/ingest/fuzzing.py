"""Reads spoilt files and holds the reader to its promises: no hang, no exception, a fate for every record."""

import csv
import io
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import duckdb

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.archive import entry_of
from orchestration.ingest.keeping.outcome import FATES
from orchestration.ingest.landing.staging import stage
from orchestration.ingest.opening import Opened, open_export
from orchestration.ingest.preparing import Circumstances
from orchestration.ingest.problems import Problem
from orchestration.ingest.read import Read, read, session
from orchestration.ingest.recognition.candidates import Refused
from orchestration.ingest.recognition.recognise import readers_of
from tests.ingest.twins import Spoiler, formats

SECONDS = 20


class Hangs(Exception):
    """A file that takes longer than any of its size may."""


def fuzz(seed: str, numbers: Iterable[int]) -> Counter[str]:
    """Read the files of these numbers and count how they ended; the message names the number of one that fails."""
    twins, ended = list(formats()), Counter[str]()
    readers = readers_of(load_sources())
    circumstances = Circumstances("fuzz key", "UTC")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        with session(circumstances, folder) as conn:
            for number in numbers:
                content = Spoiler(f"{seed}:{number}").file(twins)
                work = folder / "work"
                work.mkdir()
                try:
                    with _limited():
                        (folder / "file").write_bytes(content)
                        staged = stage(folder / "file", work / "staged")
                        opened = open_export(staged.path, "file", staged.lines, work, readers)
                        if isinstance(opened, Refused):
                            _check_words([opened.problem])
                            ended["rejected" if opened.is_rejected else "unrecognised"] += 1
                        else:
                            entry = entry_of(staged, "file", folder / "archive")
                            result = read(conn, opened, entry, "contract", circumstances, work)
                            _check(conn, opened, result, work)
                            ended[result.manifest.status] += 1
                except Exception as error:
                    raise AssertionError(
                        f"file {number} of seed {seed!r}: {type(error).__name__} {str(error)[:300]}"
                    ) from error
                finally:
                    shutil.rmtree(work)
    finally:
        shutil.rmtree(folder)
    return ended


def _check(conn: duckdb.DuckDBPyConnection, opened: Opened, result: Read, work: Path) -> None:
    manifest = result.manifest
    assert set(manifest.rows) == set(FATES)
    assert min(manifest.rows.values()) >= 0, manifest.rows
    _check_words(manifest.problems)
    is_broken = any("a whole record" in problem.expected for problem in manifest.problems)
    expected = records_in(opened) - opened.table.has_made_header
    if not is_broken:
        assert sum(manifest.rows.values()) == expected, (manifest.rows, expected)
    if manifest.status == "loaded":
        [(rows,)] = conn.execute("select count(*) from read_parquet(?)", [str(work / "part.parquet")]).fetchall()
        assert rows == manifest.rows["loaded"]
        assert not is_broken
    else:
        assert manifest.problems


def _check_words(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.found
        assert problem.expected
        assert problem.remedy
        str(problem).encode("utf-8", "surrogatepass")


def records_in(opened: Opened) -> int:
    """How many records Python's own reader finds in the table, blank lines counted."""
    content = opened.table.path.read_bytes()
    encoding = opened.found.dialect.encoding
    is_wide = encoding.startswith("utf-16")
    if is_wide and len(content) % 2:
        content = content[:-1] + "\ufffd".encode(encoding)  # half of a character is one too
    text = content.decode(encoding, "surrogatepass" if is_wide else "surrogateescape")
    csv.field_size_limit(1 << 30)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=opened.found.dialect.delimiter)
    return sum(1 for _ in reader)


@contextmanager
def _limited() -> Iterator[None]:
    def ring(_: int, __: FrameType | None) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
