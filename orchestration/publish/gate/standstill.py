"""Exports of the same bytes where every week had changes: somebody landed the old file again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Records, Successor, exported_again

# A week has each of its days; written a little earlier than the last time, it is a week all the same.
WEEK = timedelta(days=6, hours=12)
# By chance nothing changes in one week of 3,000 where eight records do at least; three weeks show what is usual.
SOME, AT_LEAST, AT_MOST = 8, 3, 4


def what_changed_every_week_changes(history: History) -> Seen:
    """Exports that were written again a week or more after they changed last, where each week before had changes.

    In less than a week nothing may have changed for the days that it has.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in exported_again(history):
        silent = _made(one.file) - _made(one.before[0])
        if silent < WEEK:
            continue
        changed = [_changed(one, later, earlier) for later, earlier in _weeks(one.before)]
        if len(changed) >= AT_LEAST and min(changed) >= SOME:
            wrong.append(
                f"{one.name}: the same bytes for {silent.days} days; {', '.join(map(str, changed))} records "
                "changed in the weeks before"
            )
    return Seen(wrong)


def _weeks(files: Sequence[Manifest]) -> list[tuple[Manifest, Manifest]]:
    """Exports about a week apart, each with the one before it, the newest first."""
    apart = [files[0]]
    for file in files[1:]:
        if _made(apart[-1]) - _made(file) >= WEEK:
            apart.append(file)
    return list(pairwise(apart))[:AT_MOST]


def _changed(one: Successor, later: Manifest, earlier: Manifest) -> int:
    """How many records are new or say something else; fewer where there were several weeks in between."""
    records = Records(one, later, earlier)
    weeks = max((_made(later) - _made(earlier)) / timedelta(days=7), 1)
    return int((records.count_new + records.count_changed) / weeks)


def _made(file: Manifest) -> datetime:
    return datetime.fromisoformat(str(file.exported_at))


GUARDS = [
    Guard(
        "standstill.what_changed_every_week_changes",
        "an export that is made again says something new after a week, where every week had changes",
        what_changed_every_week_changes,
        "look whether the old file was landed again or the connector stands still; approve it if nothing happened",
        owner="data team",
    ),
]
