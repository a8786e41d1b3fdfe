"""The funnel as it really was: reached dates, cycles and conversion, straight from each person's entries."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.demo.company import Company
from orchestration.demo.prospects import Person, StageEntry
from orchestration.demo.truth_customers import Customer
from orchestration.demo.truth_values import TruthValue, counts, ratios, totals

STAGES = ("lead", "mql", "sal", "sql", "opportunity", "won")
CLOSERS = ("rejected", "recycled", "disqualified", "won", "lost")
EXCLUDED = ("spam", "test")
WINDOW = dt.timedelta(days=90)
HAND_OVER = ("mql", "sql")
PAIRS = (*pairwise(STAGES), HAND_OVER)
COUNT_OF = {"lead": "leads", "mql": "mqls", "sal": "sals", "sql": "sqls"}

Stamps = dict[str, dt.datetime]


@dataclass(slots=True)
class Cycle:
    """One hand-off: when it was opened and closed, all that happened, and when each stage was first entered."""

    opened_at: dt.datetime
    closed_at: dt.datetime | None = None
    events: list[StageEntry] = field(default_factory=list)
    entered: Stamps = field(default_factory=dict)

    @property
    def reached(self) -> Stamps:
        """When each stage was reached in this cycle."""
        return reached(self.entered)


def first_entries(person: Person, with_conversions: bool = True) -> Stamps:
    """The first stamp of each stage; the first record makes the lead, a conversion tells a day but has no stamp."""
    stamps: Stamps = {"lead": min(person.records_at)}
    for entry in person.entries:
        if entry.system == "conversion" and not with_conversions:
            continue
        stamps[entry.stage] = min(entry.at, stamps.get(entry.stage, entry.at))
    return stamps


def reached(stamps: Stamps) -> Stamps:
    """A stage is reached with its own stamp or that of any later stage, whichever is first (R4)."""
    result: Stamps = {}
    earliest: dt.datetime | None = None
    for stage in reversed(STAGES):
        known = [at for at in (stamps.get(stage), earliest) if at is not None]
        if known:
            earliest = result[stage] = min(known)
    return result


def cycles(person: Person) -> list[Cycle]:
    """A cycle opens with an entry into MQL or later while none is open, and closes with a closer (R5)."""
    result: list[Cycle] = []
    is_open = False
    for entry in sorted(person.entries, key=lambda entry: (entry.at, order_within_instant(entry.stage))):
        if entry.stage in STAGES[1:]:
            if not is_open:
                result.append(Cycle(entry.at))
                is_open = True
            result[-1].entered.setdefault(entry.stage, entry.at)
        if is_open:
            result[-1].events.append(entry)
        if entry.stage in CLOSERS and is_open:
            result[-1].closed_at = entry.at
            is_open = False
    return result


def order_within_instant(stage: str) -> int:
    """Stages in their order, then what closes."""
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def in_order(stamps: Stamps) -> Stamps:
    """The strict funnel: own stamps only, up to the first stage that is missing or out of order."""
    result: Stamps = {}
    for stage in STAGES:
        at = stamps.get(stage)
        if at is None or (result and at < max(result.values())):
            break
        result[stage] = at
    return result


def prospects(company: Company, buyers: Sequence[Customer]) -> list[Person]:
    """Everybody the funnel counts: no spam, no tests, and nobody whom the firm served before they asked."""
    since = {id(person): buyer.since for buyer in buyers for person in buyer.people}
    return [
        person
        for person in company.people
        if person.records_at
        and person.fate not in EXCLUDED
        and min(person.records_at).date() <= since.get(id(person), dt.date.max)
    ]


def funnel_truth(people: Sequence[Person]) -> Iterator[TruthValue]:
    """Stage counts, cycles, throughput and conversion on three bases."""
    firsts = [first_entries(person) for person in people]
    stamped = [first_entries(person, with_conversions=False) for person in people]
    journeys = [reached(stamps) for stamps in firsts]
    all_cycles = [cycle for person in people for cycle in cycles(person)]
    for stage, kpi in COUNT_OF.items():
        yield from totals(kpi, "", counts(journey[stage].date() for journey in journeys if stage in journey))
    yield from totals("mql_cycles", "", counts(cycle.opened_at.date() for cycle in all_cycles))
    for pair in PAIRS:
        entries = [counts(journey[stage].date() for journey in journeys if stage in journey) for stage in pair]
        yield from ratios("throughput_ratio", "", entries[1], entries[0], "stage_pair", ">".join(pair))
        yield from conversion("cohort_person", journeys, pair)
        yield from conversion("strict", [in_order(stamps) for stamps in stamped], pair)
    yield from conversion("cohort_cycle", [cycle.reached for cycle in all_cycles], HAND_OVER)


def conversion(variant: str, journeys: Sequence[Stamps], pair: tuple[str, str]) -> Iterator[TruthValue]:
    """Of those who reached the first stage in a period, how many reached the second within the window."""
    start, end = pair
    cohort = [journey for journey in journeys if start in journey]
    converted = [journey for journey in cohort if end in journey and journey[end] - journey[start] <= WINDOW]
    numerators, denominators = (counts(journey[start].date() for journey in group) for group in (converted, cohort))
    yield from ratios("stage_conversion_rate", variant, numerators, denominators, "stage_pair", ">".join(pair))
