"""New exports of one moment that tell the same records differently, so that nothing says which is right."""

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
        if records.count_changed:
            told = f"tell {records.count_changed:,} records differently"
            wrong.append(f"{one.name} and {other.name}, both new, {told}")
    return Seen(wrong)


GUARDS = [
    Guard(
        "copies.new_exports_agree",
        "two new exports of one moment tell the records that both have in the same way",
        new_exports_agree,
        "take the one that is wrong out of the landing folder; `duet forget FILE` takes it back",
    ),
]
