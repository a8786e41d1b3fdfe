"""The push: the tables of the version online into PostgreSQL, in one transaction, and a word on how it went."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb
from pydantic import BaseModel

from orchestration import durable
from orchestration.deliver.postgres import NEXT, NotDelivered, Postgres, place, transaction
from orchestration.deliver.tables import (
    SCHEMA,
    Table,
    changes,
    published_tables,
    qualified,
    remarks,
    tables_there,
    text,
)
from orchestration.engine.connection import connect_to_published
from orchestration.publish.candidate import SERVING
from orchestration.publish.version import Version, online
from orchestration.settings import Settings

VERSION, TABLES = "duet_version", "duet_tables"
OURS = {
    VERSION: Table(
        VERSION,
        {
            "version": "text", "as_of": "date", "certified_at": "timestamp without time zone",
            "delivered_at": "timestamp without time zone", "content_hash": "text",
        },
        "One row: the certified version that the other tables of this schema are. Instants are UTC.",
    ),
    TABLES: Table(TABLES, {"table_name": "text", "rows": "bigint"}, "One row per table that Duet writes."),
}  # fmt: skip
# A reader who left a transaction open must not stop everybody who comes after.
PATIENCE = "10s"
# Finds the rows of a KPI among all of them.
INDEXES = {"kpi_values": '"kpi", "grain", "dimension"'}


class Delivered(BaseModel):
    """What is known of the copy: which version it holds, since when, and what went wrong since."""

    place: str
    version: str | None = None
    at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True)
class Push:
    """What a push brought to PostgreSQL."""

    version: str
    place: str
    rows: Mapping[str, int]


def push(settings: Settings) -> Push:
    """Make the schema marts hold the version online, whole or not at all; NotDelivered leaves what was there."""
    where = str(place(settings))
    try:
        version, rows = _push(settings)
    except NotDelivered as error:
        before = read_delivered(settings)
        # What is known of another server says nothing of this one.
        known = before if before and before.place == where else Delivered(place=where)
        _remember(settings, known.model_copy(update={"error": str(error)}))
        raise
    _remember(settings, Delivered(place=where, version=version, at=datetime.now(UTC)))
    return Push(version, where, rows)


def bring_along(settings: Settings) -> None:
    """Push what is online where PostgreSQL does not have it yet; NotDelivered changes nothing about what is online."""
    if is_behind(settings, online(settings)):
        push(settings)


def is_behind(settings: Settings, version: Version | None) -> bool:
    """Whether a PostgreSQL is named that does not hold this version, as far as is known here."""
    if settings.postgres_url is None or version is None:
        return False
    held = read_delivered(settings)
    return held is None or held.error is not None or (held.version, held.place) != (version.version, place(settings))


def read_delivered(settings: Settings) -> Delivered | None:
    """How the last push went; None where there was none."""
    path = settings.state / "postgres.json"
    return Delivered.model_validate(json.loads(path.read_text())) if path.exists() else None


def _remember(settings: Settings, delivered: Delivered) -> None:
    durable.write_json(settings.state / "postgres.json", delivered.model_dump(mode="json"))


def _push(settings: Settings) -> tuple[str, dict[str, int]]:
    with transaction(settings) as postgres:
        postgres.run(f"set local lock_timeout = '{PATIENCE}'")
        postgres.run(f"do $duet$ begin perform pg_advisory_xact_lock(hashtext('duet {SCHEMA}')); end $duet$")
        # Whoever waited for another push asks again what is online.
        version = online(settings)
        if version is None:
            raise NotDelivered("no version is online; run `duet refresh`")
        with connect_to_published(settings.published / version.version / SERVING) as conn:
            wanted = published_tables(conn)
            _make_room(postgres, wanted)
            rows = {name: _fill(conn, postgres, table) for name, table in wanted.items()}
        _say_which(postgres, version, rows)
    return version.version, rows


def _make_room(postgres: Postgres, wanted: Mapping[str, Table]) -> None:
    """Tables as they should be, those of a version before that are no more taken away."""
    if not postgres.ask(f"select 1 from pg_namespace where nspname = '{SCHEMA}'"):
        postgres.run(f"create schema {SCHEMA}")
    there = tables_there(postgres)
    ours = set(OURS)
    if TABLES in there:
        ours |= {name for (name,) in postgres.ask(f"select table_name from {qualified(TABLES)}")}
    if strangers := sorted((wanted.keys() | set(OURS)) & (there.keys() - ours)):
        raise NotDelivered(
            f"the schema {SCHEMA} holds {', '.join(strangers)}, which Duet did not write and will not empty\n"
            f"  remedy:    rename what is yours, or give Duet a database of its own in DUET_POSTGRES_URL, {NEXT}"
        )
    for gone in sorted(ours & there.keys() - wanted.keys() - OURS.keys()):
        postgres.run(f"drop table {qualified(gone)}")
    for table in [*OURS.values(), *wanted.values()]:
        for statement in changes(table, there.get(table.name)):
            postgres.run(statement)
        if table.name not in there and table.name in INDEXES:
            postgres.run(f"create index on {qualified(table.name)} ({INDEXES[table.name]})")
        postgres.run(remarks(table))


def _fill(conn: duckdb.DuckDBPyConnection, postgres: Postgres, table: Table) -> int:
    """Other rows in the same table: whoever reads meanwhile reads the old ones, and waits for nobody."""
    postgres.run(f"delete from {qualified(table.name)}")
    columns = ", ".join(
        f"""replace("{name}", chr(0), '␀') as "{name}\"""" if kind == "text" else f'"{name}"'
        for name, kind in table.columns.items()
    )
    rows = postgres.load(table.name, conn.sql(f'select {columns} from {SCHEMA}."{table.name}"'))
    postgres.run(f"analyze {qualified(table.name)}")
    return rows


def _say_which(postgres: Postgres, version: Version, rows: Mapping[str, int]) -> None:
    """The version that a reader sees from the commit on."""
    for name in OURS:
        postgres.run(f"delete from {qualified(name)}")
    certified, now = (moment.replace(tzinfo=None).isoformat() for moment in (version.certified_at, datetime.now(UTC)))
    values = (version.version, version.as_of.isoformat(), certified, now, version.content_hash)
    postgres.run(f"insert into {qualified(VERSION)} values ({', '.join(text(value) for value in values)})")
    lines = ", ".join(f"({text(name)}, {count})" for name, count in rows.items())
    postgres.run(f"insert into {qualified(TABLES)} values {lines}")
