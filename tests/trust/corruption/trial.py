"""What becomes of a mutant: refused as it lands, held by the gate, stopped by a test, or online."""

import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb

from orchestration.publish.gate.every import EVERY, ask
from orchestration.publish.gate.history import open_history
from orchestration.report.headline import LINES
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.trust.corruption.built import build, contents, failing_tests, for_day, rebuild, seeded
from tests.trust.corruption.deliveries import BEFORE, TODAY, Mutant, delivery, history
from tests.trust.corruption.house import EXPORTS, copy_of, land, load, load_all, parts, put_by_hand

# What readers call a number that moved.
MOVED = Decimal("0.001")
Headlines = dict[tuple[str, ...], Decimal | None]


@dataclass(frozen=True)
class Fate:
    """How it ended, by whom it was stopped, and how far the headlines would have moved."""

    stopped: str
    by: list[str] = field(default_factory=list)
    moved: float = 0.0
    kpis: list[str] = field(default_factory=list)

    @property
    def moves(self) -> bool:
        """Whether a headline moves that would have been published, were nobody in the way."""
        return self.moved >= MOVED

    @property
    def is_slip(self) -> bool:
        """Whether a number that people read would be wrong."""
        return not self.stopped and self.moves


class Trials:
    """A house that was delivered to for five weeks, before today's delivery; mutants take the place of one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.house = Settings(data_dir=folder / "house", as_of=BEFORE[-1], engine="duckdb", hash_key="k" * 32)
        self.today = delivery(TODAY)
        self.last_week = delivery(BEFORE[-1])
        land(self.house, history())
        for day in BEFORE:
            load_all(self.house, delivery(day))
        whole = seeded(self.house)
        build(self.house.warehouse, whole.models)
        put_by_hand(self.house)
        self._kept = folder / "before"
        shutil.copytree(self.house.data_dir, self._kept)
        self.project = for_day(whole, BEFORE[-1], TODAY)
        self.house.as_of = TODAY
        load_all(self.house, self.today)
        build(self.house.warehouse, self.project.models)
        self.clean = folder / "clean.duckdb"
        shutil.copyfile(self.house.warehouse, self.clean)
        self._parts = parts(self.house.lake)
        self.contents = contents(self.clean, self.project.models)
        self.clean_headlines = headlines(self.clean)
        self._without: str | None = None

    def of(self, mutant: Mutant) -> Fate:
        """Land it in the place of its file, load, build what it reaches, ask everybody."""
        self._begin_without(mutant.file)
        land(self.house, mutant.lands)
        outcomes = load(self.house)
        if refused := [path for path, outcome in outcomes.items() if outcome.status == "rejected"]:
            return Fate("refused", sorted({str(problem) for path in refused for problem in outcomes[path].problems}))
        now = parts(self.house.lake)
        changed = {stream for stream in now.keys() | self._parts.keys() if now.get(stream) != self._parts.get(stream)}
        try:
            names = rebuild(self.house.warehouse, self.project, changed | {EXPORTS}, self.contents).changed
        except duckdb.Error as error:
            return Fate("blocked", [f"a model breaks: {str(error).splitlines()[0]}"])
        moved, kpis = _movement(self.clean_headlines, headlines(self.house.warehouse))
        if moved < MOVED:
            return Fate("harmless", [], moved)
        if objection := first_objection(self.house):
            return Fate("held", [objection], moved, kpis)
        if tests := failing_tests(self.house.warehouse, [one for one in self.project.tests if one.needs & names]):
            return Fate("blocked", tests, moved, kpis)
        return Fate("", [], moved, kpis)

    def _begin_without(self, file: str) -> None:
        """The house with all of today's delivery but one file; laid once for the mutants of a file."""
        waiting = self.folder / "waiting"
        if self._without != file:
            copy_of(self._kept, self.house.data_dir)
            land(self.house, [export for path, export in self.today.files.items() if path != file])
            load(self.house)
            copy_of(self.house.data_dir, waiting)
            self._without = file
        copy_of(waiting, self.house.data_dir)
        self.house.warehouse.unlink()
        shutil.copyfile(self.clean, self.house.warehouse)


def first_objection(house: Settings) -> str:
    """What the first guard says that does not let the warehouse through; those that find most are asked first."""
    soon = ("restatement", "volume", "headlines", "days", "spend", "units", "records", "deletions", "again")
    places = {subject: place for place, subject in enumerate(soon)}
    with open_history(house, Rules(), house.as_of_date("UTC"), house.warehouse) as now:
        for guard in sorted(EVERY, key=lambda guard: places.get(guard.id.split(".")[0], len(soon))):
            verdict = ask(guard, now)
            if not verdict.passed:
                return f"{verdict.id}: {verdict.observed}"
    return ""


def headlines(warehouse: Path) -> Headlines:
    """The headline KPIs of every complete month."""
    wanted = {(line.kpi, line.variant, line.dimension, line.member) for line in LINES}
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        rows = conn.execute(
            """
            select kpi, variant, dimension, member, cast(period as varchar), value from marts.kpi_values
            where grain = 'month' and is_complete and (dimension = '' or dimension = 'stage_pair')
            """
        ).fetchall()
    return {tuple(row[:5]): row[5] for row in rows if tuple(row[:4]) in wanted}


def _movement(clean: Headlines, spoilt: Headlines) -> tuple[float, list[str]]:
    """The largest relative difference of a headline, and the headlines that differ by so much that they moved."""
    largest, kpis = Decimal(0), set()
    for key in clean.keys() | spoilt.keys():
        was, now = clean.get(key), spoilt.get(key)
        if was == now:
            continue
        share = Decimal(1) if not was else abs((now or Decimal(0)) - was) / abs(was)
        largest = max(largest, share)
        if share >= MOVED:
            kpis.add(key[0])
    return float(largest), sorted(kpis)
