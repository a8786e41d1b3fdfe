"""Tables of PostgreSQL: what a published table becomes there, and how one that is there is changed into it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from orchestration.deliver.postgres import NotDelivered, Postgres

SCHEMA = "marts"
# Longer names are cut off by PostgreSQL, silently.
LONGEST_NAME = 63
TYPES = {
    "BIGINT": "bigint", "BOOLEAN": "boolean", "DATE": "date", "INTEGER": "integer",
    "TIMESTAMP": "timestamp without time zone", "VARCHAR": "text",
}  # fmt: skip
DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


@dataclass(frozen=True)
class Table:
    """A table: its columns with their types, and what is said about it and them."""

    name: str
    columns: Mapping[str, str]
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)


def published_tables(conn: duckdb.DuckDBPyConnection) -> dict[str, Table]:
    """The tables of the published file as PostgreSQL has them."""
    columns: dict[str, dict[str, str]] = {}
    comments: dict[str, dict[str, str]] = {}
    for table, column, kind, comment in conn.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() where schema_name = ? "
        "order by table_name, column_index",
        [SCHEMA],
    ).fetchall():
        columns.setdefault(table, {})[_named(column)] = _type_of(table, column, kind)
        comments.setdefault(table, {})[column] = comment or ""
    about = dict(
        conn.execute("select table_name, comment from duckdb_tables() where schema_name = ?", [SCHEMA]).fetchall()
    )
    return {name: Table(_named(name), columns[name], about.get(name) or "", comments[name]) for name in columns}


def tables_there(postgres: Postgres) -> dict[str, Table]:
    """Everything that bears a name in the schema: tables with their columns, views too."""
    there: dict[str, dict[str, str]] = {}
    for table, column, kind in postgres.ask(
        "select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod) from pg_class c "
        "left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped "
        f"where c.relnamespace = to_regnamespace('{SCHEMA}') and c.relkind in ('r', 'p', 'v', 'm', 'f') "
        "order by c.relname, a.attnum"
    ):
        there.setdefault(table, {}).update({column: kind} if column else {})
    return {name: Table(name, columns) for name, columns in there.items()}


def changes(wanted: Table, there: Table | None) -> Iterator[str]:
    """Statements that make a table what it should be; what stays keeps grants, indexes and the views that read it.

    A column of another type is a new column: the type of one that is read cannot be changed under its reader either.
    """
    name = qualified(wanted.name)
    if there is None:
        columns = ", ".join(f'"{column}" {kind}' for column, kind in wanted.columns.items())
        yield f"create table {name} ({columns})"
        return
    for column, kind in there.columns.items():
        if wanted.columns.get(column) != kind:
            yield f'alter table {name} drop column "{column}"'
    for column, kind in wanted.columns.items():
        if there.columns.get(column) != kind:
            yield f'alter table {name} add column "{column}" {kind}'


def remarks(table: Table) -> str:
    """One statement that says of a table and its columns what the published file says."""
    said = {f"table {qualified(table.name)}": table.comment} | {
        f'column {qualified(table.name)}."{column}"': comment for column, comment in table.comments.items()
    }
    return _block(f"comment on {thing} is {text(comment)}" for thing, comment in said.items())


def qualified(table: str) -> str:
    """The name of a table with its schema."""
    return f'{SCHEMA}."{table}"'


def text(value: str) -> str:
    """A literal; PostgreSQL knows no NUL."""
    return "'" + value.strip().replace("\0", "").replace("'", "''") + "'"


def _block(statements: Iterable[str]) -> str:
    """Several statements in one, which saves a thousand round trips."""
    return f"do $duet$ begin {'; '.join(statements)}; end $duet$"


def _type_of(table: str, column: str, kind: str) -> str:
    if decimal := DECIMAL.fullmatch(kind):
        return f"numeric({decimal[1]},{decimal[2]})"
    if kind not in TYPES:
        raise NotDelivered(f"{table}.{column} is {kind}; PostgreSQL gets {', '.join(TYPES)} and decimals")
    return TYPES[kind]


def _named(name: str) -> str:
    if len(name.encode()) > LONGEST_NAME:
        raise NotDelivered(
            f"{name} is longer than the {LONGEST_NAME} bytes that PostgreSQL keeps of a name; shorten it"
        )
    return name
