"""Clean days, one after the other: what was exported each morning, put online, and whether the gate lets it through."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.demo.simulate import simulate
from orchestration.publish.gate.every import look
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.trust.corruption.built import Project, build, contents, for_day, rebuild, seeded
from tests.trust.corruption.house import EXPORTS, land, load, parts, put_by_hand
from tests.trust.corruption.past import ads_before, exports_after

LAST_DAY = dt.date(2026, 6, 30)
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
# Every stretch begins in a house of its own, with a delivery a week before it: the lake would grow for ever.
BEFORE, STRETCH = 5, 21
# One in each season first: what is cut off has seen all of the year.
APART = 4
# What the gate reads of a candidate, and KPIs whose values it does not look at.
READ = (
    "fct_spend_history", "fct_spend", "fct_orders", "fct_refunds", "fct_opportunities", "fct_costs", "dim_persons",
    "bridge_person_records", "bridge_deal_records", "kpi_values",
)  # fmt: skip
UNREAD = tuple(
    f"int_kpi_values_{group}"
    for group in ("agreement", "velocity", "retention", "efficiency", "acquisition", "budgets")
)


@dataclass(frozen=True)
class CleanDay:
    """What the gate said of a day on which nothing was wrong."""

    day: dt.date
    held_by: list[str]


def stretches(days: int = 365) -> list[list[dt.date]]:
    """The last days of the demo, in stretches."""
    every = [LAST_DAY - number * DAY for number in range(days - 1, -1, -1)]
    several = [every[start : start + STRETCH] for start in range(0, days, STRETCH)]
    return [one for first in range(APART) for one in several[first::APART]]


class Replay:
    """A house in a folder, for one stretch after the other; dbt compiles its models once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.company = simulate()
        self._project: Project | None = None
        self._seeds = folder.with_name(f"{folder.name} of seeds") / "warehouse.duckdb"

    def days(self, days: list[dt.date]) -> Iterator[CleanDay]:
        """Days in a row, each held against the day before, which is put online whatever was said of it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        house = Settings(data_dir=self.folder, as_of=days[0] - DAY, engine="duckdb", hash_key="k" * 32)
        land(house, ads_before(self.company, days[0] - (BEFORE + 1) * WEEK))
        for number in range(BEFORE, 0, -1):
            land(house, exports_after(self.company, days[0] - number * WEEK))
            load(house)
        land(house, exports_after(self.company, days[0] - DAY))
        load(house)
        whole = self._begun(house)
        build(house.warehouse, whole.models)
        put_by_hand(house, 0)
        project = whole.only(READ, without=UNREAD)
        known, there = contents(house.warehouse, project.models), parts(house.lake)
        for number, day in enumerate(days, start=1):
            house.as_of = day
            land(house, exports_after(self.company, day))
            load(house)
            before, there = there, parts(house.lake)
            changed = {stream for stream in there if there[stream] != before.get(stream)}
            yesterday, project = project, for_day(project, day - DAY, day)
            known = rebuild(house.warehouse, project, changed | {EXPORTS}, known, _altered(yesterday, project)).contents
            verdicts = look(house, Rules(), day, house.warehouse)
            yield CleanDay(day, [f"{one.id}: {one.observed}" for one in verdicts if not one.passed])
            put_by_hand(house, number)

    def _begun(self, house: Settings) -> Project:
        """The project for a house, whose warehouse has its seeds and nothing else."""
        if self._project is None:
            self._project, self._day = seeded(house), house.as_of_date("UTC")
            self._seeds.parent.mkdir(parents=True)
            shutil.copyfile(house.warehouse, self._seeds)
        else:
            shutil.copyfile(self._seeds, house.warehouse)
        return for_day(self._project, self._day, house.as_of_date("UTC"))


def _altered(yesterday: Project, today: Project) -> set[str]:
    """Models whose SQL names the day."""
    return {now.name for was, now in zip(yesterday.models, today.models, strict=True) if was.sql != now.sql}
