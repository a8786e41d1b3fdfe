"""New records that are copies of others: all that they say is the same, and only their ids are their own."""

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Records, successors

# Fewer records do not show how often two say the same; then every other new one may.
AT_LEAST = 30


def nobody_comes_twice(history: History) -> Seen:
    """New records that say the same as another one and differ in nothing but their ids; twice as many as usual may."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        said = [name for name in one.stream.columns if name not in one.identities and name != "extra"]
        if not one.identities or not set(said) & set(one.of_type("date", "timestamp")):
            continue
        twins = _twins(one.records, said)
        if twins > FEW and twins > _may_be(one.records, said):
            wrong.append(f"{one.name}: {twins:,} new records are copies of others under ids of their own")
    return Seen(wrong)


def _may_be(records: Records, said: list[str]) -> float:
    """How many new records may be copies: of the earlier ones some say the same, as members who came at one time do."""
    groups = f"select count(*) as records from {records.was} where {_told(records, said)} group by {', '.join(said)}"
    alike, known = records.one(f"select sum(records) filter (records > 1), sum(records) from ({groups})")
    if (known or 0) < AT_LEAST:
        return records.count_new / 2
    return FEW + 2 * (alike or 0) / known * records.count_new


def _told(records: Records, said: list[str]) -> str:
    """Whether a record says when anything was: others are alike by chance."""
    moments = [name for name in said if name in records.of.of_type("date", "timestamp")]
    return f"coalesce({', '.join(f'cast({name} as timestamp)' for name in moments)}) is not null"


def _twins(records: Records, said: list[str]) -> int:
    """New records whose words, figures and moments another record has too."""
    same = " and ".join(f"one.{name} is not distinct from other.{name}" for name in said)
    differs = " or ".join(f"one.{name} is distinct from other.{name}" for name in records.of.key)
    twin = f"select 1 from {records.now} as other where {same} and ({differs})"
    return int(
        records.one(f"select count(*) from {records.new} as one where {_told(records, said)} and exists ({twin})")[0]
    )


GUARDS = [
    Guard(
        "newcomers.nobody_comes_twice",
        "no new records are copies of others under ids of their own",
        nobody_comes_twice,
        "ask whether an import ran twice, and delete the copies in their system; approve it if they are meant",
        owner="sales operations",
    ),
]
