"""Amounts that are far beyond everything that an export ever had."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Records, successors

# Fewer amounts do not show how far they go.
AT_LEAST = 30
# So many amounts of the same words make a series.
SERIES = 5
# An amount this many times beyond all that there ever were is a slip of the pen or another unit.
BEYOND = 5


def amounts_stay_within_reach(history: History) -> Seen:
    """New and changed amounts far beyond all that the export before had, and signs that it had not."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        for name in one.of_type("money", "number"):
            count, amount = _beyond(one.records, name)
            if not count and one.is_sheet:
                count, amount = _beyond_series(one.records, name)
            if count:
                wrong.append(f"{one.name}: {name} of {count:,} new records is like none before, such as {amount:,.2f}")
    return Seen(wrong)


def _beyond(records: Records, name: str) -> tuple[int, float]:
    """Amounts of new records, and of old ones that changed, outside of all earlier ones by far."""
    sql = f"""
        with known as (
            select count({name}) as amounts, max(abs({name})) as largest,
                min(abs({name})) filter ({name} <> 0) as smallest, coalesce(bool_or({name} < 0), false) as has_negative
            from {records.was}
        ),
        fresh as (
            select {name} as amount from {records.new}
            union all
            select now.{name} from {records.both} where now.{name} is distinct from was.{name}
        )
        select count(*), coalesce(any_value(amount), 0) from fresh, known
        where amounts >= {AT_LEAST} and amount <> 0 and (
            abs(amount) > largest * {BEYOND} or abs(amount) * {BEYOND} < smallest or (amount < 0 and not has_negative)
        )
    """
    count, amount = records.one(sql)
    return count, float(amount)


def _beyond_series(records: Records, name: str) -> tuple[int, float]:
    """New amounts outside of all earlier ones of the same words, such as a cost of the same pool and description."""
    series = records.of.of_type("text")
    same = " and ".join(f"known.{word} is not distinct from fresh.{word}" for word in series) or "true"
    sql = f"""
        with known as (
            select {"".join(f"{word}, " for word in series)} max(abs({name})) as largest, min(abs({name})) as smallest
            from {records.was} where {name} <> 0 group by all having count(*) >= {SERIES}
        )
        select count(*), coalesce(any_value({name}), 0) from {records.new} as fresh inner join known on {same}
        where {name} <> 0 and (abs({name}) > largest * {BEYOND} or abs({name}) * {BEYOND} < smallest)
    """
    count, amount = records.one(sql)
    return count, float(amount)


GUARDS = [
    Guard(
        "amounts.stay_within_reach",
        "no new amount is five times beyond every earlier one",
        amounts_stay_within_reach,
        "correct the amount in its system, or the unit of the export; approve it if it is true",
        owner="finance",
    ),
]
