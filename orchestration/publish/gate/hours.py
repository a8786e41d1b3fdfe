"""The hours of the day at which things happen: an export in another time zone tells of business at night."""

from collections.abc import Mapping, Sequence

from orchestration.publish.gate.chance import stands_out
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, successors

# Hours in which together so few moments lie are quiet.
QUIET = 0.01


def moments_come_at_their_hours(history: History) -> Seen:
    """Moments of new records, and those filled in since, in hours that were quiet, by more than chance.

    Whoever exports several times a day has evenings of their own: then nobody asks. When a record was changed last says
    when somebody worked on it, nights and imports included.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in [one for one in successors(history) if one.days_since_before >= 1]:
        for name in [name for name in one.of_type("timestamp") if name != one.stream.version]:
            before = _known(one, name)
            quiet = _quiet(before)
            known, now = (_split(hours, quiet) for hours in (before, _filled_in(one, name)))
            if stands_out(now, known, "quiet"):
                lies = f"{now['quiet']:,} of {sum(now.values()):,} new moments lies in hours of the day"
                lay = f"{known['quiet']:,} of {sum(known.values()):,} lay before"
                wrong.append(f"{one.name}: {name} of {lies} in which {lay}")
    return Seen(wrong)


def _split(hours: Mapping[int, int], quiet: Sequence[int]) -> dict[str, int]:
    """How many moments lie in quiet hours, and how many in others."""
    found = sum(hours.get(hour, 0) for hour in quiet)
    return {"quiet": found, "other": sum(hours.values()) - found}


def _quiet(hours: Mapping[int, int]) -> list[int]:
    """The emptiest hours of the day that together have at most so much of all moments."""
    found, left = [], sum(hours.values()) * QUIET
    for hour in sorted(range(24), key=lambda hour: hours.get(hour, 0)):
        left -= hours.get(hour, 0)
        if left < 0:
            break
        found.append(hour)
    return found


def _known(one: Successor, name: str) -> dict[int, int]:
    return _hours(one, f"select {name} as moment from {one.records.was}")


def _filled_in(one: Successor, name: str) -> dict[int, int]:
    """The moments of new records and of cells that were empty in the export before."""
    new = f"select {name} as moment from {one.records.new}"
    return _hours(one, f"{new} union all select now.{name} from {one.records.both} where was.{name} is null")


def _hours(one: Successor, moments: str) -> dict[int, int]:
    """How many moments lie in each hour; what came at one moment came by one hand."""
    asked = f"select hour(moment), count(distinct moment) from ({moments}) where moment is not null group by all"
    return dict(one.history.rows(asked))


GUARDS = [
    Guard(
        "hours.moments_come_at_their_hours",
        "moments of new records lie in hours of the day in which some lay before",
        moments_come_at_their_hours,
        "look whether the time zone of the export, or of the account that it was made with, changed; approve it if not",
        owner="sales operations",
    ),
]
