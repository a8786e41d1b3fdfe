"""A connection to PostgreSQL through ADBC: rows travel as Arrow, and what can go wrong says what to do next."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import duckdb

from orchestration.settings import Settings

NEXT = "then run `duet export postgres`"
# The server's own word for what went wrong (SQLSTATE), and what a person does about it.
REMEDIES = {
    "2BP01": f"change or drop what depends on it, {NEXT}",
    "28": f"look at user, password and pg_hba.conf, {NEXT}",
    "3D000": f"create that database, {NEXT}",
    "42501": "let this user create the schema marts (grant create on database) or own it, " + NEXT,
    "53100": f"free some space on the server, {NEXT}",
    "55P03": f"end whatever holds that table, a transaction left open by a reader perhaps, {NEXT}",
}
UNREACHABLE = f"see that the server runs and that DUET_POSTGRES_URL names it, {NEXT}"
# A server's message as libpq tells it: what, and of what.
SAID = re.compile(r"^(?:.*ERROR|DETAIL): +(.+)$", re.MULTILINE)
DEFAULTS = {"connect_timeout": "10", "application_name": "duet", "client_encoding": "UTF8"}


class NotDelivered(RuntimeError):
    """PostgreSQL does not have the version that is online; the message says why and what to do next."""


class NoPostgres(ValueError):
    """No PostgreSQL is named; the message says how."""


def place(settings: Settings) -> str | None:
    """Host, port and database as people may read them, without user and password; None where no URL is set."""
    if settings.postgres_url is None:
        return None
    address = urlsplit(settings.postgres_url.get_secret_value())
    return f"{address.netloc.rpartition('@')[2]}{address.path}"


def without_password(settings: Settings) -> str:
    """The URL as another tool may keep it: its password, where it has one, is for that tool to ask for."""
    address = urlsplit(_url(settings))
    user = f"{address.username}@" if address.username else ""
    return urlunsplit(address._replace(scheme="postgresql", netloc=f"{user}{address.netloc.rpartition('@')[2]}"))


class Postgres:
    """One transaction of a session: everything that it did is seen at once, when the block that opened it ends."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def run(self, statement: str) -> None:
        """Execute one statement that returns nothing."""
        self._cursor.execute(statement)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        self._cursor.execute(query)
        stream = self._cursor.fetch_arrow()
        with duckdb.connect() as conn:
            conn.register("answer", stream)
            try:
                return conn.execute("from answer").fetchall()
            except duckdb.Error as error:
                raise NotDelivered(f"the answer broke off: {error}\n  remedy:    {UNREACHABLE}") from error

    def load(self, table: str, rows: duckdb.DuckDBPyRelation) -> int:
        """Append rows to a table of the schema marts, columns by name; how many they are."""
        return int(self._cursor.adbc_ingest(table, rows, mode="append", db_schema_name="marts"))


@contextmanager
def transaction(settings: Settings) -> Iterator[Postgres]:
    """A transaction that is committed when the block ends, and leaves no trace where it fails; NotDelivered then."""
    # Twenty milliseconds that only those pay who have a PostgreSQL.
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    url = _url(settings)
    try:
        with dbapi.connect(_with_defaults(url)) as connection:
            with connection.cursor() as cursor:
                yield Postgres(cursor)
            connection.commit()
    except Error as error:
        raise NotDelivered(f"{place(settings)}: {_said(settings, error)}\n  remedy:    {_remedy(error)}") from error


def _url(settings: Settings) -> str:
    if settings.postgres_url is None:
        raise NoPostgres("DUET_POSTGRES_URL names no PostgreSQL; set it to postgresql://user@host/database")
    return settings.postgres_url.get_secret_value()


def _with_defaults(url: str) -> str:
    """The URL, with what a run must not wait for or get wrong where it says nothing about it."""
    address = urlsplit(url)
    query = DEFAULTS | dict(parse_qsl(address.query, keep_blank_values=True))
    return urlunsplit(address._replace(query=urlencode(query, quote_via=quote)))


def _said(settings: Settings, error: Any) -> str:
    """What the server said, else what the client did; never the statement, and never the password."""
    said = ": ".join(SAID.findall(str(error))) or str(error).partition("[libpq] ")[2].strip() or str(error)
    password = urlsplit(_url(settings)).password
    return said.replace(password, "…") if password else said


def _remedy(error: Any) -> str:
    state = error.sqlstate or ""
    found = (remedy for prefix, remedy in REMEDIES.items() if state.startswith(prefix))
    return next(found, UNREACHABLE if not state or state.startswith("08") else f"put that right, {NEXT}")
