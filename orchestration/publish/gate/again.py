"""Records that an export has again: untouched ones say what they said, none vanish."""

from collections.abc import Iterator

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, successors

# So many may be merged or deleted between two exports, beside twice as many as usually are.
GONE = 0.02


def untouched_records_stay(history: History) -> Seen:
    """Each column of the records in new exports that were in the export before and have not been changed since.

    Where records do not say when they were changed, one in twenty may. A cell that is filled in takes nothing back.
    """
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) for line in _changed(one)])


def records_do_not_vanish(history: History) -> Seen:
    """Records of the export before that the new one does not have."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        gone, records = one.records.gone
        if gone <= FEW:
            continue
        usual = max((earlier.gone[0] / max(earlier.gone[1], 1) for earlier in one.earlier), default=0.0)
        if gone > records * (2 * usual + GONE):
            wrong.append(f"{one.name}: {gone:,} of {records:,} records of the export before are not in it")
    return Seen(wrong)


def _changed(one: Successor) -> Iterator[str]:
    gate, columns = one.history.rules.gate, [name for name in one.measured if name != one.stream.version]
    untouched = f"was.{one.stream.version} = now.{one.stream.version}" if one.says_when_touched else "true"
    asked = "".join(
        f", count(*) filter (was.{name} is not null and was.{name} is distinct from now.{name})" for name in columns
    )
    records, *counts = one.records.one(f"select count(*){asked} from {one.records.both} where {untouched}")
    share = gate.changed_record_share if one.says_when_touched else gate.restated_share
    for name, count in zip(columns, counts, strict=True):
        if count > FEW and count > records * share:
            yield f"{one.name}: {name} of {count:,} of {records:,} untouched records is not what it was"


GUARDS = [
    Guard(
        "again.untouched_records_stay",
        "records that nobody changed since the export before say what they said",
        untouched_records_stay,
        "look whether columns, units, dates or the filter of the export changed; approve it after a correction",
        owner="sales operations",
    ),
    Guard(
        "again.records_do_not_vanish",
        "an export made again has the records of the one before",
        records_do_not_vanish,
        "look whether the export was cut or filtered, and export it again; approve it after a clean-up",
        owner="sales operations",
    ),
]
