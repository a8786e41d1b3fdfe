"""Sources that should have delivered and did not: declared in duet.yml, or known by their own rhythm."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import Guard, Seen
from orchestration.publish.gate.history import History, written_at
from orchestration.rules import DeclaredSource

# A rhythm is the last twelve steps from one delivery to the next; three are the fewest that show one.
AT_MOST, AT_LEAST = 12, 3


def reaches(file: Manifest, as_of: date) -> date | None:
    """The last day that a file tells of."""
    covered = file.declared or file.window
    return reached_by(str(file.source), str(file.stream), covered and covered[1], file.exported_at, as_of)


def reached_by(source: str, stream: str, end: str | None, exported_at: str | None, as_of: date) -> date | None:
    """The end of its days, or where rows are records as they stand the day of the export; never after as_of."""
    told = end if end and not is_of_records(source, stream) else exported_at
    return min(date.fromisoformat(told[:10]), as_of) if told else None


def is_of_records(source: str, stream: str) -> bool:
    """Whether rows are records as they stand, which are as fresh as their export, also where nobody changed any."""
    return load_sources()[source].streams[stream].kind not in ("window", "period", "event")


def written_again(source: str, stream: str, file: Path, as_of: date) -> date | None:
    """The day on which a file of records was written last, also with the same bytes; None of anything else."""
    written = written_at(file) if is_of_records(source, stream) else None
    return min(written.date(), as_of) if written else None


def rhythm(days: Iterable[date]) -> list[int]:
    """Days from each delivery to the next, the newest last."""
    known = sorted(set(days))
    return [(later - earlier).days for earlier, later in pairwise(known)][-AT_MOST:]


def patience(steps: list[int]) -> int | None:
    """How old a stream may grow: twice its usual step, or its longest; None where it shows no rhythm yet."""
    return max(round(2 * median(steps)), max(steps)) if len(steps) >= AT_LEAST else None


def sources_keep_delivering(history: History) -> Seen:
    """Declared sources by max_age_days, other streams by their own rhythm; one that never delivered may be silent."""
    declared = history.rules.sources
    reached: dict[str, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for file in history.files:
        if (day := reaches(file, history.as_of)) is not None:
            reached[str(file.source)][str(file.stream)].append(day)
        source, stream, landing = str(file.source), str(file.stream), history.landing
        if landing and (again := written_again(source, stream, landing / file.name, history.as_of)) is not None:
            reached[source][stream].append(again)
    delivered = {str(file.source) for file in history.files}
    wrong = [f"{source}: no export is left" for source in sorted(_known_sources(history) - delivered)]
    wrong += [f"{source}: declared in duet.yml, never delivered" for source in sorted(set(declared) - delivered)
              if declared[source].max_age_days is not None and source not in _known_sources(history)]  # fmt: skip
    learned = 0
    for source, streams in sorted(reached.items()):
        limit = declared[source].max_age_days if source in declared else None
        if limit is not None:
            wrong += _late(source, max(max(days) for days in streams.values()), limit, history.as_of)
            continue
        for stream, days in sorted(streams.items()):
            if (allowed := patience(rhythm(days))) is not None:
                learned += 1
                wrong += _late(f"{source}/{stream}", max(days), allowed, history.as_of)
    return Seen(wrong, f"{learned} streams keep their rhythm" if learned else "no history yet")


def expected_days(files: Iterable[Manifest], declared: Mapping[str, DeclaredSource], as_of: date) -> dict[str, int]:
    """How many days may pass between two deliveries of a source: as declared, else its most regular stream's rhythm.

    A source that is neither declared nor has a rhythm yet is left out.
    """
    reached: dict[str, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        if (day := reaches(file, as_of)) is not None:
            reached[str(file.source)][str(file.stream)].append(day)
    learned = {
        source: min(limits)
        for source, streams in reached.items()
        if (limits := [limit for days in streams.values() if (limit := patience(rhythm(days))) is not None])
    }
    return learned | {name: said.max_age_days for name, said in declared.items() if said.max_age_days is not None}


def _known_sources(history: History) -> set[str]:
    return {str(file["source"]) for file in history.before.inputs} if history.before else set()


def _late(name: str, last: date, allowed: int, as_of: date) -> list[str]:
    age = as_of - last
    return [f"{name}: nothing after {last}, {age.days} days old, {allowed} expected"] * (age > timedelta(days=allowed))


GUARDS = [
    Guard(
        "freshness.sources_keep_delivering",
        "a source that has delivered, or that duet.yml declares, has delivered again in time",
        sources_keep_delivering,
        "export it again or mend the connector; duet.yml may say how old it gets: `sources: {NAME: {max_age_days: N}}`",
    ),
]
