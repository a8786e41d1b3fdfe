"""What one run of ingest knows: contracts, rules, the secret, and what the last run remembered."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.judging.measures import plain_id
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.ingest.keys import hash_key, key_fingerprint
from orchestration.ingest.landing.folder import Ledger, ledger_path, read_ledger
from orchestration.ingest.preparing import Circumstances
from orchestration.ingest.recognition.recognise import Reader, readers_of
from orchestration.ingest.siblings import Waiting
from orchestration.rules import load_rules
from orchestration.settings import Settings

Progress = Callable[[str], None]


@dataclass
class Run:
    """One run."""

    settings: Settings
    progress: Progress
    sources: Collection[str] | None  # None: all of them
    readers: list[Reader]
    circumstances: Circumstances
    contracts: dict[tuple[str, str], str]  # (source, format) -> fingerprint
    ledger: Ledger
    manifests: dict[str, Manifest] = field(default_factory=dict)
    waiting: dict[Hashable, list[Waiting]] = field(default_factory=dict)  # small files, by their form
    outcomes: dict[str, FileOutcome] = field(default_factory=dict)  # of what was read, by name

    @cached_property
    def readers_print(self) -> str:
        """Changes when any reader does: a file that nobody read may be read now."""
        return hashlib.sha256(repr(sorted(self.contracts.items())).encode()).hexdigest()[:16]

    def known(self, file_id: str) -> Manifest | None:
        """The account of a file, unless it would be read differently today."""
        manifest = self.manifests.get(file_id)
        if manifest is None:
            return None
        current = self.contracts.get((str(manifest.source), str(manifest.format)))
        return manifest if manifest.contract in (current, self.readers_print) else None

    def wants(self, source: str | None) -> bool:
        """Whether files of this source were asked for."""
        return self.sources is None or source in self.sources


def start(
    settings: Settings,
    progress: Progress | None = None,
    sources: Collection[str] | None = None,
    key: str | None = None,
) -> Run:
    """Read contracts, rules and what the last run remembered."""
    contracts = load_sources()
    key, rules = key or hash_key(settings), load_rules(settings.config)
    accounts = {name: [plain_id(one) for one in said.accounts] for name, said in rules.sources.items() if said.accounts}
    reading = {"timezone": rules.reporting_timezone, "key": key_fingerprint(key)}
    return Run(
        settings,
        progress or (lambda _: None),
        sources,
        readers_of(contracts),
        Circumstances(key, rules.reporting_timezone, accounts),
        {
            (one.source, name): one.fingerprint(name, reading | {"accounts": accounts.get(one.source, [])})
            for one in contracts.values()
            for name in one.formats
        },
        read_ledger(ledger_path(settings)),
    )


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
