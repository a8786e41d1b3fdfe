"""Tables that say the same have one hash, in whatever order; tables that do not, have not."""

import hashlib
from itertools import pairwise

import duckdb
import pytest

from orchestration.publish.content import TableContent, combined_hash, content_of

ROWS = "(values (1, 'a'), (2, 'b'), (2, 'b')) as t(n, text)"
# Each differs from the first in one way that a sum of hashes could overlook.
OTHERS = {
    "a value": "(values (1, 'a'), (2, 'b'), (2, 'c')) as t(n, text)",
    "a row fewer": "(values (1, 'a'), (2, 'b')) as t(n, text)",
    "another row twice": "(values (1, 'a'), (1, 'a'), (2, 'b')) as t(n, text)",
    "values exchanged between rows": "(values (1, 'b'), (2, 'a'), (2, 'b')) as t(n, text)",
    "the name of a column": "(values (1, 'a'), (2, 'b'), (2, 'b')) as t(m, text)",
    "the type of a column": "(values (1::bigint, 'a'), (2, 'b'), (2, 'b')) as t(n, text)",
    "the order of the columns": "(values ('a', 1), ('b', 2), ('b', 2)) as t(text, n)",
}


def content(relation: str) -> TableContent:
    with duckdb.connect() as conn:
        return content_of(conn, f"(select * from {relation})")


def test_the_order_of_the_rows_says_nothing() -> None:
    assert content(ROWS) == content("(values (2, 'b'), (1, 'a'), (2, 'b')) as t(n, text)")
    assert content(ROWS).rows == 3


@pytest.mark.parametrize("other", OTHERS)
def test_what_differs_has_another_hash(other: str) -> None:
    assert content(OTHERS[other]).content_hash != content(ROWS).content_hash


def test_values_cannot_run_into_each_other_and_nothing_is_no_text() -> None:
    # Texts that hold what stands between two values, or what stands for none, are themselves.
    pairs = [
        "'a', 'b|c'",
        "'a|b', 'c'",
        "'a|3:b', 'c'",
        "'', ''",
        "null::text, ''",
        "'', null",
        "'-', '-'",
        "null::text, null",
    ]
    hashes = {content(f"(values ({pair})) as t(x, y)").content_hash for pair in pairs}
    assert len(hashes) == len(pairs)
    # Over the boundary, the same letters: only the lengths tell these two apart.
    assert content("(values ('a|1:b', 'c')) as t(x, y)") != content("(values ('a', 'b|1:c')) as t(x, y)")


def test_names_that_need_quotes_are_columns_as_well() -> None:
    assert content("""(values (1)) as t("a column, of 'people'")""").rows == 1


def test_an_empty_table_has_a_hash_of_its_columns() -> None:
    hashes = [content(f"(select 1 as {name} where false)") for name in ("a", "b", "c")]
    assert [one.rows for one in hashes] == [0, 0, 0]
    assert all(one.content_hash != other.content_hash for one, other in pairwise(hashes))


def test_the_hash_stays_what_it_was_from_one_release_to_the_next() -> None:
    # Written out by hand: versions that are online were certified by it.
    lines = ["1:1|1:a", "1:2|1:b", "1:2|1:b"]
    digests = [hashlib.md5(line.encode(), usedforsecurity=False).digest() for line in lines]
    columns = [("n", "INTEGER"), ("text", "VARCHAR")]
    halves = [sum(int.from_bytes(one[part], "little") for one in digests) for part in (slice(0, 8), slice(8, 16))]
    told = [repr((columns, 3, *order)) for order in (halves, halves[::-1])]
    assert content(ROWS).content_hash in [hashlib.sha256(one.encode()).hexdigest() for one in told]


def test_one_hash_for_many_tables_tells_which_table_says_what() -> None:
    one, other = content(ROWS), content(OTHERS["a value"])
    both = combined_hash({"a": one, "b": other})
    assert both == combined_hash({"b": other, "a": one})
    assert both == hashlib.sha256(repr([("a", one.content_hash), ("b", other.content_hash)]).encode()).hexdigest()
    assert len({both, combined_hash({"a": other, "b": one}), combined_hash({"a": one}), combined_hash({"c": one})}) == 4
