"""What a table holds, as one hash: equal rows give equal hashes, in whatever order and from whatever engine."""

import hashlib
from collections.abc import Mapping

import duckdb
from pydantic import BaseModel


class TableContent(BaseModel):
    """How many rows a table has and what they say."""

    rows: int
    content_hash: str


def content_of(conn: duckdb.DuckDBPyConnection, relation: str) -> TableContent:
    """Rows and hash of a relation, given as a name that we wrote ourselves."""
    columns = [(row[0], row[1]) for row in conn.execute(f"describe from {relation}").fetchall()]
    # Every value carries its length, so no two rows read alike; a sum does not care for order.
    row_text = ", ".join(
        f"""coalesce(length(cast("{name}" as varchar)) || ':' || cast("{name}" as varchar), '-')"""
        for name, _ in columns
    )
    [(rows, lower, upper)] = conn.execute(
        f"""
        select count(*), sum(cast(md5_number_lower(line) as hugeint)), sum(cast(md5_number_upper(line) as hugeint))
        from (select concat_ws('|', {row_text}) as line from {relation})
        """
    ).fetchall()
    digest = hashlib.sha256(repr((columns, rows, lower, upper)).encode()).hexdigest()
    return TableContent(rows=rows, content_hash=digest)


def combined_hash(tables: Mapping[str, TableContent]) -> str:
    """One hash for many tables."""
    return hashlib.sha256(
        repr(sorted((name, table.content_hash) for name, table in tables.items())).encode()
    ).hexdigest()
