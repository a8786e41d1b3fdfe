"""Records that are new in an export: dated since the last one, and not after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import PLANS, Records, Successor, exported_again, part_of, successors

# By chance nothing comes in one case of 3,000 where eight are usual; and something came in each of the weeks before.
SOME, AT_LEAST = 8, 3
WEEKS = 4
HALF_A_DAY = timedelta(hours=12)


def nothing_lies_ahead_of_its_export(history: History) -> Seen:
    """Days and moments after the export, in columns that had none, or many more than they had."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in [one for one in successors(history) if one.file.stream not in PLANS]:
        for name in one.of_type("date", "timestamp"):
            now, before = (_ahead(records, name) for records in (one.records, _backwards(one)))
            if now > (before * 2 + FEW if before else 0):
                wrong.append(f"{one.name}: {name} of {now:,} records lies after the export was made")
    return Seen(wrong)


def newcomers_are_new(history: History) -> Seen:
    """Records that the export before did not have, and cells that were empty in it, that say they are older than it."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        for name, (late, new) in _late(one.records, _births(one)).items():
            if late <= FEW:
                continue
            usual = max((_share(*_late(earlier, [name])[name]) for earlier in one.earlier), default=0.0)
            if late > new * (usual + 0.5):
                wrong.append(f"{one.name}: {name} of {late:,} of {new:,} new records lies before the last export")
        # What was planned is ticked off later, with the day on which it was done.
        moments = one.of_type("date", "timestamp") if one.earlier and one.file.stream not in PLANS else []
        for name, (late, new) in _filled_late(one.records, moments).items():
            if late <= FEW:
                continue
            usual = max(_share(*_filled_late(earlier, [name])[name]) for earlier in one.earlier)
            if late > new * (usual + 0.5):
                wrong.append(
                    f"{one.name}: {name} was filled in with days before the last export in {late:,} of {new:,}"
                )
    return Seen(wrong)


def newcomers_come_up_to_the_export(history: History) -> Seen:
    """The silence between the newest moment of a column and the making of the export, against the weeks before.

    The same hours are compared, also as exports knew them that were made then: some moments are filled in late. An
    export of the same bytes as before was made when it was written: then the silence is longer. Old records are changed
    although no new ones come, so that each column is asked.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in (*successors(history), *exported_again(history)):
        for name in one.of_type("timestamp") if one.file.exported_at else []:
            newest, came = _silence(one, name)
            if newest and min(came) >= AT_LEAST and sum(came) >= SOME * WEEKS and _was_in_time(one, name, newest):
                wrong.append(
                    f"{one.name}: no {name} after {newest:%Y-%m-%d %H:%M}, made {str(one.file.exported_at)[:16]}; "
                    f"{', '.join(map(str, came))} moments were in the same hours of the weeks before"
                )
                break
    return Seen(wrong)


def _backwards(one: Successor) -> Records:
    return Records(one, one.before[0], one.before[0])


def _silence(one: Successor, name: str) -> tuple[datetime | None, list[int]]:
    """The newest moment of a column, and how many moments lay between it and the export's making, weeks earlier.

    What came at one moment came by one hand.
    """
    made = f"cast('{one.file.exported_at}' as timestamp)"
    weeks = ", ".join(
        f"count(distinct {name}) filter ({name} + interval {week} week between newest + interval 1 second and {made})"
        for week in range(1, WEEKS + 1)
    )
    newest, *came = one.records.one(
        f"""
        with moments as (
            select {name}, max({name}) over () as newest from {one.records.now} where {name} <= {made}
        )
        select any_value(newest), {weeks} from moments
        """
    )
    return newest, came


def _was_in_time(one: Successor, name: str, newest: datetime) -> bool:
    """Whether exports that were made whole weeks before knew of moments in the same hours: some come in late."""
    made = datetime.fromisoformat(str(one.file.exported_at))
    for file in [file for file in one.before if file.exported_at]:
        earlier = made - datetime.fromisoformat(str(file.exported_at))
        weeks = round(earlier / timedelta(days=7))
        if not 1 <= weeks <= WEEKS or abs(earlier - weeks * timedelta(days=7)) > HALF_A_DAY:
            continue
        since, until = (moment - weeks * timedelta(days=7) for moment in (newest, made))
        known = f"select {name} as moment from read_parquet({part_of(one.history, file)})"
        [(came,)] = one.history.rows(
            f"select count(distinct moment) from ({known}) where moment > $since and moment <= $until",
            since=since, until=until,
        )  # fmt: skip
        if came < AT_LEAST:
            return False
    return True


def _ahead(records: Records, name: str) -> int:
    day = "" if name in records.of.of_type("timestamp") else " + interval 1 day"
    sql = f"select count(*) from {records.now} where {name} >= cast('{records.later.exported_at}' as timestamp){day}"
    return int(records.one(sql)[0])


def _births(one: Successor) -> list[str]:
    """Moments that came with new records; which of them are old by nature, earlier exports tell."""
    moments = [name for name in one.of_type("timestamp") if name != one.stream.version]
    return moments if one.earlier else [name for name in moments if name == "created_at"]


def _late(records: Records, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of the new records, those whose moments lie before the export before, and all that have one; by column."""
    asked = "".join(f", count(*) filter ({name} < {_since(records)}), count({name})" for name in names)
    return _pairs(names, records.one(f"select count(*){asked} from {records.new}"))


def _filled_late(records: Records, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Of the cells that were empty, those filled in with such moments, and all that were filled in; by column."""
    filled = {name: f"was.{name} is null and now.{name} is not null" for name in names}
    asked = "".join(
        f", count(*) filter ({cell} and now.{name} < {_since(records)}), count(*) filter ({cell})"
        for name, cell in filled.items()
    )
    return _pairs(names, records.one(f"select count(*){asked} from {records.both}"))


def _pairs(names: Sequence[str], counts: tuple[int, ...]) -> dict[str, tuple[int, int]]:
    return dict(zip(names, zip(counts[1::2], counts[2::2], strict=True), strict=True))


def _since(records: Records) -> str:
    return f"cast('{records.earlier.exported_at}' as timestamp) - interval 1 day"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


OWNER = "sales operations"
GUARDS = [
    Guard(
        "newcomers.come_up_to_the_export",
        "an export knows what happened until it was made, where something always did in those hours",
        newcomers_come_up_to_the_export,
        "look whether the export was cut, filtered by an early day or made earlier; export it again",
        owner=OWNER,
    ),
    Guard(
        "newcomers.nothing_lies_ahead_of_its_export",
        "no record is dated after its export was made, where none was before",
        nothing_lies_ahead_of_its_export,
        "look at the time zone and the order of day and month in the export; approve it if people plan in that column",
        owner=OWNER,
    ),
    Guard(
        "newcomers.are_new",
        "records that are new in an export came to be since the one before",
        newcomers_are_new,
        "look whether dates are right and the export before was whole; approve it after an import of old records",
        owner=OWNER,
    ),
]
