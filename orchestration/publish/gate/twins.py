"""New records that are copies of others: all that they say is the same, and only their ids are their own."""

from orchestration.publish.gate.chance import AT_LEAST, stands_out
from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Records, successors


def nobody_comes_twice(history: History) -> Seen:
    """What new records say that another one says too, differing in nothing but ids; twice as often as usual may be.

    What several say at one moment came by one hand and counts once: members of a campaign who answered on one day.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        said = [name for name in one.stream.columns if name not in one.identities and name != "extra"]
        if not one.identities or not set(said) & set(one.of_type("date", "timestamp")):
            continue
        twins, statements = _twins(one.records, said)
        if twins > FEW and twins > _may_be(one.records, said, statements):
            wrong.append(f"{one.name}: {twins:,} new records are copies of others under ids of their own")
    return Seen(wrong)


def addresses_stay_apart(history: History) -> Seen:
    """Addresses and keys of others that new records share, in columns in which nearly each had its own."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        for name in [name for name in one.of_type("key") if name in one.measured]:
            now, known = _shared(one.records, one.records.new, name), _shared(one.records, one.records.was, name)
            if stands_out(now, known, "shared"):
                wrong.append(
                    f"{one.name}: {now['shared']:,} of {sum(now.values()):,} new records share their {name}, "
                    f"{known['shared']:,} of {sum(known.values()):,} did before"
                )
    return Seen(wrong)


def _shared(records: Records, relation: str, name: str) -> dict[str, int]:
    """How many records have a key in common with another one of theirs, and how many one of their own."""
    groups = f"select count(*) as records from {relation} where {name} is not null group by {name}"
    shared, alone = records.one(
        f"select coalesce(sum(records) filter (records > 1), 0), count(*) filter (records = 1) from ({groups})"
    )
    return {"shared": int(shared), "alone": alone}


def _may_be(records: Records, said: list[str], statements: int) -> float:
    """How many new statements may be copies: of the earlier ones some were made by several records."""
    groups = f"select count(*) as records from {records.was} where {_told(records, said)} group by {', '.join(said)}"
    alike, known = records.one(f"select count(*) filter (records > 1), count(*) from ({groups})")
    if known < AT_LEAST:
        return statements / 2
    return float(FEW + 2 * alike / known * statements)


def _told(records: Records, said: list[str]) -> str:
    """Whether a record says when anything was: others are alike by chance."""
    moments = [name for name in said if name in records.of.of_type("date", "timestamp")]
    return f"coalesce({', '.join(f'cast({name} as timestamp)' for name in moments)}) is not null"


def _twins(records: Records, said: list[str]) -> tuple[int, int]:
    """What new records say in words, figures and moments that another one says too, and all that they say."""
    same = " and ".join(f"one.{name} is not distinct from other.{name}" for name in said)
    differs = " or ".join(f"one.{name} is distinct from other.{name}" for name in records.of.key)
    twin = f"select 1 from {records.now} as other where {same} and ({differs})"
    statement = f"({', '.join(f'one.{name}' for name in said)})"
    counted = f"count(distinct {statement}) filter (exists ({twin})), count(distinct {statement})"
    twins, statements = records.one(f"select {counted} from {records.new} as one where {_told(records, said)}")
    return twins, statements


GUARDS = [
    Guard(
        "twins.addresses_stay_apart",
        "new records have addresses and keys of their own in columns in which records had",
        addresses_stay_apart,
        "look whether a form or an import wrote one address for all; correct it in its system, or approve it",
        owner="sales operations",
    ),
    Guard(
        "twins.nobody_comes_twice",
        "no new records are copies of others under ids of their own",
        nobody_comes_twice,
        "ask whether an import ran twice, and delete the copies in their system; approve it if they are meant",
        owner="sales operations",
    ),
]
