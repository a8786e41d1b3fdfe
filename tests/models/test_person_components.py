"""Person resolution: records that share a token, directly or through others, are one, however they hang together."""

from pathlib import Path

import duckdb
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.settings import Settings
from tests.models.dbt_runs import dbt

Links = set[tuple[str, str]]


@pytest.fixture(scope="module")
def statement(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The SQL of the macro over a table `links`."""
    settings = Settings(data_dir=Path(tmp_path_factory.mktemp("components")), engine="duckdb")
    compiled = dbt(["compile", "--quiet", "--inline", "{{ connected_components('links') }}"], settings)
    assert compiled.success, compiled.exception
    return str(compiled.result.results[0].node.compiled_code)


def components(links: Links) -> dict[str, str]:
    """Union-find: the smallest record of each record's component."""
    parent = {record: record for record, _ in links}
    first: dict[str, str] = {}

    def root(record: str) -> str:
        while parent[record] != record:
            record = parent[record]
        return record

    for record, token in sorted(links):
        one, other = root(record), root(first.setdefault(token, record))
        parent[max(one, other)] = min(one, other)
    return {record: root(record) for record in parent}


# Records that point to one another in chains, and addresses that several share: stars, pairs and long tangles.
NUMBERS = st.integers(0, 25)
MERGED = NUMBERS.map(
    lambda number: {(f"r{number:02d}", f"r{number + 1:02d}"), (f"r{number + 1:02d}", f"r{number + 1:02d}")}
)
SHARED = st.tuples(NUMBERS, st.integers(0, 9)).map(lambda pair: {(f"r{pair[0]:02d}", f"e{pair[1]}")})


@hypothesis.settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(MERGED, SHARED), min_size=1, max_size=40))
def test_components_are_those_of_union_find(statement: str, told: list[Links]) -> None:
    links = set().union(*told)
    with duckdb.connect() as conn:
        conn.execute("create table links (record_key varchar, token varchar)")
        conn.executemany("insert into links values (?, ?)", sorted(links))
        found = conn.execute(statement).fetchall()
    expected = components(links)
    assert sorted(found) == sorted((record, token, expected[record]) for record, token in links)
