"""Exports that were made again: which new file takes the place of which earlier one, and how their records compare."""

import glob
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, cast

from orchestration.ingest.contracts.sources import Stream, load_sources
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.history import History, known_files

# An export without its name is a successor where it has this part of the records of the one before.
SHARED = 0.5
# How far back a chain of exports is followed, and among how many files a nameless predecessor is looked for.
LENGTH, LOOKED_AT = 9, 8
# So many new records show what is usual; exports further back are not read.
ENOUGH = 100
ADS = ("campaign_days", "campaign_periods")
# What is planned lies ahead by its nature, and a new year's plan all at once.
PLANS = ("budgets", "budget_schedule", "kpi_targets", "campaign_tests", "commitments", "decisions")


@dataclass(frozen=True)
class Successor:
    """A new export and those that it follows, the newest first."""

    history: History
    file: Manifest
    before: Sequence[Manifest]

    @cached_property
    def stream(self) -> Stream:
        """The contract of its rows."""
        return load_sources()[str(self.file.source)].streams[str(self.file.stream)]

    @property
    def name(self) -> str:
        """The file as people know it."""
        return self.file.name

    @cached_property
    def key(self) -> list[str]:
        """What names a record: the contract's key, else every word and day."""
        return self.stream.key or self.of_type("text", "key", "date", "timestamp")

    @cached_property
    def identities(self) -> list[str]:
        """Columns that name the record, or whose it is, and say nothing else."""
        ids = self.of_type("key", "key_list")
        return ids + [name for name in self.of_type("text") if name.endswith(("_id", "_name")) and name in self.key]

    def of_type(self, *types: str) -> list[str]:
        """Columns of these types."""
        return [name for name, column in self.stream.columns.items() if column.type in types and name != "extra"]

    @cached_property
    def measured(self) -> list[str]:
        """Everything that a record says."""
        return [name for name in self.stream.columns if name not in self.key and name != "extra"]

    @property
    def is_sheet(self) -> bool:
        """Whether a row is known by its words and its day, as people write sheets."""
        return not self.stream.key

    @cached_property
    def says_when_touched(self) -> bool:
        """Whether records carry the moment at which they were changed last."""
        return self.stream.version in self.of_type("timestamp")

    @cached_property
    def days_since_before(self) -> float:
        """Days from the export before to this one; 0 where one of them does not say when it was made."""
        made = [file.exported_at for file in (self.before[0], self.file)]
        earlier, later = (datetime.fromisoformat(one) if one else None for one in made)
        return (later - earlier) / timedelta(days=1) if earlier and later else 0.0

    @cached_property
    def records(self) -> "Records":
        """The new export against the one before."""
        return Records(self, self.file, self.before[0])

    @cached_property
    def earlier(self) -> list["Records"]:
        """Exports before, each against the one before it, until they show enough new records."""
        found: list[Records] = []
        for later, earlier in pairwise(self.before):
            found.append(Records(self, later, earlier))
            if sum(records.count_new for records in found) >= ENOUGH:
                break
        return found


@dataclass(frozen=True)
class Records:
    """Records of two exports, one after the other, as relations."""

    of: Successor
    later: Manifest
    earlier: Manifest

    @property
    def now(self) -> str:
        """The later records, one row each; a document has several."""
        return self._relation(self.later)

    @property
    def was(self) -> str:
        """The earlier ones."""
        return self._relation(self.earlier)

    @property
    def same(self) -> str:
        """The condition under which a row of `was` and one of `now` are one record."""
        return " and ".join(f"was.{name} is not distinct from now.{name}" for name in self.of.key)

    @cached_property
    def new(self) -> str:
        """The records that were not there before."""
        rows = f"select now.* from {self.now} as now anti join {self.was} as was on {self.same}"
        return self._kept(f"new_{self.later.file_id}_{self.earlier.file_id}", rows)

    @cached_property
    def touched(self) -> str:
        """The later state of the records that were changed in between, where records say when they were."""
        version = self.of.stream.version
        changed = f"{self.same} and was.{version} is distinct from now.{version}"
        rows = f"select now.* from {self.was} as was inner join {self.now} as now on {changed}"
        return self._kept(f"touched_{self.later.file_id}_{self.earlier.file_id}", rows)

    @cached_property
    def count_new(self) -> int:
        """How many are new."""
        return int(self.one(f"select count(*) from {self.new}")[0])

    @property
    def both(self) -> str:
        """Pairs of records that both exports have, as structs `was` and `now`."""
        return f"(select was, now from {self.was} as was inner join {self.now} as now on {self.same})"

    @cached_property
    def count_changed(self) -> int:
        """How many of the records that both have say something else."""
        differs = " or ".join(f"was.{name} is distinct from now.{name}" for name in self.of.measured) or "false"
        return int(self.one(f"select count(*) from {self.both} where {differs}")[0])

    @cached_property
    def gone(self) -> tuple[int, int]:
        """How many of the earlier records are not there now, and how many there were."""
        missing = f"select count(*) from {self.was} as was anti join {self.now} as now on {self.same}"
        gone, records = self.one(f"select ({missing}), (select count(*) from {self.was})")
        return gone, records

    def one(self, sql: str) -> tuple[Any, ...]:
        """The one row of a query."""
        [row] = self.of.history.rows(sql)
        return row

    def _relation(self, file: Manifest) -> str:
        part, key = part_of(self.of.history, file), ", ".join(self.of.key)
        rows = f"from read_parquet({part}) qualify row_number() over (partition by {key} order by file_row) = 1"
        return self._kept(f"export_{file.file_id}", rows)

    def _kept(self, name: str, rows: str) -> str:
        """Made once, for every question of a run."""
        made: set[str] = self.of.history.kept.setdefault("tables", set())
        if name not in made:
            self.of.history.conn.execute(f"create temp table {name} as {rows}")
            made.add(name)
        return name


def part_of(history: History, file: Manifest) -> str:
    """The path of a file's rows in the lake, as a literal; a path is no pattern."""
    path = glob.escape(str(history.lake / str(file.source) / str(file.stream) / f"{file.file_id}.parquet"))
    return "'" + path.replace("'", "''") + "'"


def successors(history: History) -> list[Successor]:
    """Every new export of records or of a sheet that takes the place of one which the version online knows."""
    if "successors" not in history.kept:
        history.kept["successors"] = list(_successors(history))
    return cast(list[Successor], history.kept["successors"])


def exported_again(history: History) -> Iterator[Successor]:
    """Exports that were written again with the very bytes that the version online knows, as made when they were."""
    known, fresh = known_files(history.before), {file.name for file in history.fresh}
    certified = [file for file in history.files if file.file_id in known and file.stream not in ADS]
    named: dict[str, list[Manifest]] = defaultdict(list)
    for file in sorted(certified, key=_age, reverse=True):
        if file.rows["loaded"] and file.exported_at:
            named[file.name].append(file)
    for name, chain in named.items():
        written = history.landed_at(name)
        if name not in fresh and written and str(written) > str(chain[0].exported_at):
            yield Successor(history, replace(chain[0], exported_at=str(written)), chain)


def _successors(history: History) -> Iterator[Successor]:
    known = known_files(history.before)
    certified = [file for file in history.files if file.file_id in known]
    fresh = sorted((file for file in history.fresh if file.stream not in ADS), key=_age)
    newest = {(file.source, file.stream, file.name): file for file in fresh}
    for file in sorted(newest.values(), key=lambda file: file.name):
        chain = _chain(history, file, certified)
        if chain:
            yield Successor(history, file, chain)


def _chain(history: History, file: Manifest, certified: Sequence[Manifest]) -> list[Manifest]:
    same = sorted((one for one in certified if (one.source, one.stream) == (file.source, file.stream)), key=_age)
    named = [one for one in same[::-1] if one.name == file.name][:LENGTH]
    if named:
        return named
    for one in [one for one in same[::-1] if one.rows["loaded"]][:LOOKED_AT]:
        gone, records = Successor(history, file, [one]).records.gone
        if gone <= records * (1 - SHARED):
            return [one, *(other for other in same[::-1] if other.name == one.name and other is not one)][:LENGTH]
    return []


def _age(file: Manifest) -> tuple[str, str]:
    return file.exported_at or "", file.file_id
