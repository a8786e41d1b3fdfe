"""Records that name a record of another export which is not there, such as stages of people who are in no list."""

from collections.abc import Iterator, Sequence

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.chance import stands_out
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, part_of, successors

# An address is somebody's, and names no record.
ADDRESS = "email"
ORPHANS = """
select there.key is null, count(*)
from (select distinct {column} as key from {records} where {column} is not null) left join {there} as there using (key)
group by all
"""


def nobody_is_named_in_vain(history: History) -> Seen:
    """Keys of other records in new ones, where no export has the record that they name; a contract says what they name.

    Where that was so before, as many may be; who names records that are exported less often is not asked. An export
    that was written again with the same bytes on that day says that nobody is new.
    """
    if history.before is None:
        return NO_HISTORY
    return Seen([line for one in successors(history) for line in _orphans(one)])


def _orphans(one: Successor) -> Iterator[str]:
    for name, column in one.stream.columns.items():
        if column.type != "key" or column.namespace == ADDRESS or one.stream.key == [name]:
            continue
        bearers = _bearers(one.history, str(column.namespace))
        if not bearers or not all(_made_with(one.history, files, one.file) for _, files in bearers):
            continue
        now, known = (
            _counted(one, name, records, str(column.namespace)) for records in (one.records.new, one.records.was)
        )
        orphans, keys = now.get("in vain", 0), sum(now.values())
        if stands_out(now, known, "in vain"):
            yield f"{one.name}: {orphans:,} of {keys:,} {name} in new records name nothing that an export has"


def _counted(one: Successor, column: str, records: str, namespace: str) -> dict[str, int]:
    found = one.history.rows(ORPHANS.format(column=column, records=records, there=_borne(one.history, namespace)))
    return {"in vain" if is_orphan else "found": count for is_orphan, count in found}


def _borne(history: History, namespace: str) -> str:
    """A table of all keys of a namespace that exports have; made once, for every column of a run."""
    made: set[str] = history.kept.setdefault("borne", set())
    if namespace not in made:
        keys = " union ".join(
            f"select distinct {key} as key from read_parquet([{', '.join(part_of(history, file) for file in files)}])"
            for key, files in _bearers(history, namespace)
        )
        history.conn.execute(f"create temp table borne_{namespace} as {keys}")
        made.add(namespace)
    return f"borne_{namespace}"


def _bearers(history: History, namespace: str) -> list[tuple[str, list[Manifest]]]:
    """The exports of each stream whose records bear keys of a namespace, with the column of the key."""
    found = []
    for source, contract in load_sources().items():
        for name, stream in contract.streams.items():
            files = [file for file in history.files if (file.source, file.stream) == (source, name)]
            if files and len(stream.key) == 1 and stream.columns[stream.key[0]].namespace == namespace:
                found.append((stream.key[0], files))
    return found


def _made_with(history: History, files: Sequence[Manifest], file: Manifest) -> bool:
    """Whether one of some exports was made on the day of another one or later, or written again unchanged."""
    made = [str(moment) for one in files for moment in (one.exported_at, history.landed_at(one.name)) if moment]
    return max(made, default="")[:10] >= (file.exported_at or "")[:10]


GUARDS = [
    Guard(
        "orphans.nobody_is_named_in_vain",
        "new records name people, companies and customers that an export has, where they did",
        nobody_is_named_in_vain,
        "look whether the export of those who are named was cut or filtered, and export it again; else approve it",
        owner="sales operations",
    ),
]
