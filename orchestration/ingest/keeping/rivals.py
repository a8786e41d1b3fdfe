"""Which files of the lake tell the same things as a file: what it would replace, and what would replace it."""

import glob
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.ingest.cells.texts import quoted
from orchestration.ingest.contracts.sources import Stream
from orchestration.ingest.keeping.lake import EMPTY
from orchestration.ingest.keeping.manifest import Manifest, read_manifest

# What a row is, where a newer export takes its place.
UNITS = {"window": "account day", "period": "account period", "event": "event", "document": "document"}
RECORD = "record"
# A state of a record that says when it was changed is newer by that, whichever file it stands in.
NEWER = (
    "(coalesce(o.version, t.version), o.exported_at, o.file_id) > "
    "(coalesce(t.version, o.version), t.exported_at, t.file_id)"
)
NO_VERSION = "cast(null as timestamp)"
RIVALS = """
select t.file_id, cast(max(t.exported_at) as varchar), count(*) filter (where {newer}), count(*)
from (
    select file_id, max(exported_at) as exported_at, {keys}, {version} as version
    from read_parquet({parts}, union_by_name = true) group by file_id, {keys}
) t
join ({ours}) o using ({keys})
group by t.file_id order by count(*) desc, t.file_id
"""


@dataclass(frozen=True)
class Rival:
    """Another file of the stream: how much of it this file replaces, and how much of this file it replaces."""

    file: str
    file_id: str
    exported_at: str
    replaced: int
    replacing: int
    unit: str


def rivals(conn: duckdb.DuckDBPyConnection, lake: Path, manifest: Manifest, stream: Stream, part: Path) -> list[Rival]:
    """The files of the lake that share something with a part, the most in common first."""
    folder = lake / str(manifest.source) / str(manifest.stream)
    parts = [path for path in sorted(folder.glob("*.parquet")) if path.name != EMPTY and path.stem != manifest.file_id]
    keys = _keys(stream)
    if not parts or not keys or not part.exists():
        return []
    version = f"max({stream.version})" if stream.version else NO_VERSION
    ours = _ours(manifest, stream, keys, version, part)
    asked = RIVALS.format(newer=NEWER, keys=", ".join(keys), version=version, parts=_files(parts), ours=ours)
    unit = UNITS.get(stream.kind, RECORD)
    return [
        Rival(_name(folder, file_id), file_id, exported_at, replaced, shared - replaced, unit)
        for file_id, exported_at, replaced, shared in conn.execute(asked).fetchall()
    ]


def _keys(stream: Stream) -> list[str]:
    """The columns that say what a row speaks of, as the models take it."""
    if stream.kind == "window":
        return [*stream.partition, *([stream.day] if stream.day else [])]
    if stream.kind == "period":
        return [*stream.partition, *(name for name, column in stream.columns.items() if column.type == "date")]
    return stream.key


def _ours(manifest: Manifest, stream: Stream, keys: list[str], version: str, part: Path) -> str:
    """What the file speaks of: its rows and, of days, the whole window that it declares."""
    named = ", ".join(keys)
    own = f"select {named}, {version} as version from read_parquet({_files([part])}) group by {named}"
    if stream.kind == "window" and stream.day and manifest.declared:
        start, end = (quoted(day) for day in manifest.declared)
        days = f"cast(unnest(generate_series(date {start}, date {end}, interval 1 day)) as date) as {stream.day}"
        accounts = ", ".join(stream.partition)
        own += (
            f" union select {accounts}, {days}, cast(null as timestamp) from (select distinct {accounts} from ({own}))"
        )
    exported = f"cast({quoted(str(manifest.exported_at))} as timestamp)"
    return f"select *, {exported} as exported_at, {quoted(manifest.file_id)} as file_id from ({own})"


def _files(paths: list[Path]) -> str:
    return f"[{', '.join(quoted(glob.escape(str(path))) for path in paths)}]"


def _name(folder: Path, file_id: str) -> str:
    return read_manifest(folder / f"_{file_id}.json").name
