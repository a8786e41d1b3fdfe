"""New exports of one day that tell the same records differently, so that nothing says which is right."""

from itertools import combinations

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import ADS, SHARED, Records, Successor


def new_exports_agree(history: History) -> Seen:
    """Two new files of a stream that were made at one moment and share most records of the smaller one.

    Of exports made one after the other the later one is right; here chance would choose.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    fresh = sorted((file for file in history.fresh if file.stream not in ADS), key=lambda file: file.name)
    for one, other in combinations(fresh, 2):
        if (one.source, one.stream, one.exported_at) != (other.source, other.stream, other.exported_at):
            continue
        records = Records(Successor(history, one, [other]), one, other)
        gone, there = records.gone
        [smaller] = records.one(f"select least({there}, count(*)) from {records.now}")
        if there - gone < smaller * SHARED:
            continue
        differs = " or ".join(f"was.{name} is distinct from now.{name}" for name in records.of.measured) or "false"
        count, *_ = records.one(f"select count(*) from {records.both} where {differs}")
        if count:
            wrong.append(f"{one.name} and {other.name}, both new, tell {count:,} records differently")
    return Seen(wrong)


GUARDS = [
    Guard(
        "copies.new_exports_agree",
        "two new exports of one moment tell the records that both have in the same way",
        new_exports_agree,
        "take the older one of the two files out of the landing folder; `duet forget FILE` takes it back",
    ),
]
