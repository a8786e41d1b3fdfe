"""What the models make of one more delivery, without dbt's own time.

dbt takes seventeen seconds for four hundred models even where none of them changed. It compiles them once; the same SQL
is then run in the same order, and only of what a changed file reaches. That this gives dbt's tables is a test.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from tests.models.dbt_runs import dbt

Content = tuple[int, int, int]
OPTIONS = (
    "set disabled_optimizers = 'top_n_window_elimination,late_materialization'",
    "set threads = 1",
    "set TimeZone = 'UTC'",
    "set preserve_insertion_order = false",
    # What is written is read again at once: it goes to the file at the end.
    "set checkpoint_threshold = '100GB'",
)


@dataclass(frozen=True)
class Model:
    """A model as dbt compiled it."""

    name: str
    relation: str
    is_view: bool
    sql: str
    needs: frozenset[str]

    @property
    def statement(self) -> str:
        """What builds it anew."""
        return f"create or replace {'view' if self.is_view else 'table'} {self.relation} as {self.sql}"


@dataclass(frozen=True)
class Test:
    """A blocking test: the query that must find nothing, and what it reads."""

    __test__ = False
    name: str
    sql: str
    needs: frozenset[str]


@dataclass(frozen=True)
class Project:
    """Every model, in an order in which they can be built, and every test that blocks."""

    models: list[Model]
    tests: list[Test]

    def only(self, wanted: Collection[str], without: Collection[str] = ()) -> "Project":
        """The models that some are made of, without a few and what they alone are made of; no tests."""
        needs = {model.name: model.needs for model in self.models}
        found: set[str] = set()
        reached = [*wanted]
        while reached:
            name = reached.pop()
            if name in needs and name not in found and name not in without:
                found.add(name)
                reached += needs[name]
        return Project([model for model in self.models if model.name in found], [])


def compiled(settings: Settings) -> Project:
    """The project for the lake and the day of these settings."""
    outcome = dbt(["compile", "--quiet"], settings)
    assert outcome.success, outcome.exception
    nodes = {one.node.unique_id: one.node for one in outcome.result.results}
    models = {uid: node for uid, node in nodes.items() if node.resource_type == "model"}
    ordered: list[Model] = []
    placed: set[str] = set()
    while len(ordered) < len(models):
        ready = [uid for uid, node in models.items() if uid not in placed
                 and all(need in placed or need not in models for need in node.depends_on.nodes)]  # fmt: skip
        placed.update(ready)
        ordered += [_model(models[uid]) for uid in ready]
    tests = [
        Test(node.name, node.compiled_code, _needs(node))
        for node in nodes.values()
        if node.resource_type == "test" and node.config.severity.lower() == "error"
    ]
    return Project(ordered, tests)


def _model(node: object) -> Model:
    is_view = node.config.materialized == "view"  # type: ignore[attr-defined]
    schema, name = node.schema, node.name  # type: ignore[attr-defined]
    return Model(name, f'"{schema}"."{name}"', is_view, node.compiled_code, _needs(node))  # type: ignore[attr-defined]


def _needs(node: object) -> frozenset[str]:
    """Names of models, and of streams as source/stream."""
    found = set()
    for uid in node.depends_on.nodes:  # type: ignore[attr-defined]
        kind, *_, source, name = uid.split(".")
        found.add(f"{source}/{name}" if kind == "source" else name)
    return frozenset(found)


def build(warehouse: Path, models: Sequence[Model]) -> None:
    """Build models anew in a warehouse."""
    with duckdb.connect(str(warehouse)) as conn:
        for option in OPTIONS:
            conn.execute(option)
        for schema in {model.relation.split(".")[0] for model in models}:
            conn.execute(f"create schema if not exists {schema}")
        for model in models:
            conn.execute(model.statement)


@dataclass(frozen=True)
class Rebuilt:
    """What a change came to: the streams and models that say something else now, and what every table holds."""

    changed: frozenset[str]
    contents: dict[str, Content]


def rebuild(
    warehouse: Path, project: Project, changed: Collection[str], known: Mapping[str, Content],
    altered: Collection[str] = (),
) -> Rebuilt:  # fmt: skip
    """Build what changed streams reach, as far as anything changes, and models whose own SQL was altered.

    A view is built anew only where it was altered: otherwise what it says is what it reads.
    """
    reached, holds = set(changed), dict(known)
    with duckdb.connect(str(warehouse)) as conn:
        for option in OPTIONS:
            conn.execute(option)
        for model in project.models:
            if not model.needs & reached and model.name not in altered:
                continue
            if not model.is_view or model.name in altered:
                conn.execute(model.statement)
            if not model.is_view:
                holds[model.name] = content(conn, model)
            if model.is_view or holds[model.name] != known[model.name]:
                reached.add(model.name)
    return Rebuilt(frozenset(reached), holds)


def contents(warehouse: Path, models: Sequence[Model]) -> dict[str, Content]:
    """What each table holds."""
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        return {model.name: content(conn, model) for model in models if not model.is_view}


def content(conn: duckdb.DuckDBPyConnection, model: Model) -> Content:
    """The rows of a table in any order, as numbers that no other rows have."""
    row = conn.execute(f"select count(*), sum(hash(t)), bit_xor(hash(t)) from {model.relation} as t").fetchone()
    assert row
    return row


def failing_tests(warehouse: Path, tests: Iterable[Test]) -> list[str]:
    """The blocking tests that find something."""
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        return [test.name for test in tests if conn.execute(f"select 1 from ({test.sql}) limit 1").fetchall()]


def seeded(house: Settings) -> Project:
    """The project as it is compiled for a house, whose seeds are laid."""
    project = compiled(house)
    assert dbt(["seed", "--quiet"], house).success
    return project


def for_day(project: Project, then: date, now: date) -> Project:
    """The same SQL for another day: it stands in it as a literal."""

    def moved(model: Model) -> Model:
        return Model(model.name, model.relation, model.is_view, model.sql.replace(str(then), str(now)), model.needs)

    tests = [type(test)(test.name, test.sql.replace(str(then), str(now)), test.needs) for test in project.tests]
    return Project([moved(model) for model in project.models], tests)
