"""One shape for every check, whoever runs it, and what a build is expected to have checked."""

import re
from typing import Any, Literal

from pydantic import BaseModel

from expectations import suites
from expectations.believable import Believable
from orchestration.publish.build import Build
from orchestration.publish.gate.every import EVERY
from orchestration.publish.gate.guard import Guard, Severity

LANDING = "ingest.landing_files_are_accepted"
MODELS = "dbt.every_model_is_built"

# What dbt's own tests say, in words.
GENERIC_FACTS = {
    "unique": "{column} of {model} names each row once",
    "not_null": "{column} of {model} is never empty",
    "accepted_values": "{column} of {model} is one of the known values",
    "relationships": "{column} of {model} exists in the table it refers to",
}


class Check(BaseModel):
    """A fact that must hold, who owns it and what was seen; passed is None until it ran."""

    id: str
    fact: str
    layer: Literal["ingest", "models", "identities", "expectations", "gate"]
    severity: Severity
    owner: str
    remedy: str
    subject: str
    identity: str | None = None
    passed: bool | None = None
    observed: str = "did not run"

    @property
    def blocks(self) -> bool:
        """Whether this check, as it stands, keeps a version from being published."""
        return self.severity == "block" and not self.passed

    @property
    def holds(self) -> bool:
        """Whether this check, as it stands, keeps a version from being published until somebody approves it."""
        return self.severity == "hold" and not self.passed

    @property
    def ran(self) -> bool:
        """Whether it came to an answer."""
        return self.passed is not None and not self.observed.startswith("did not run")


def expected_checks(build: Build) -> list[Check]:
    """Every check that a certified version must show, by id; none has run yet."""
    tests = [_of_test(node) for node in build.manifest["nodes"].values() if node["resource_type"] == "test"]
    units = [_of_unit_test(node) for node in build.manifest.get("unit_tests", {}).values()]
    beliefs = [_of_belief(table, belief) for table, suite in suites().items() for belief in suite]
    gate = [_of_guard(guard) for guard in EVERY]
    return sorted([accepted(), _models(), *tests, *units, *beliefs, *gate], key=lambda check: check.id)


def accepted() -> Check:
    """What is asked of the landing folder, before anything is built from it."""
    return Check(
        id=LANDING,
        fact="every export in the landing folder that we recognise is accepted",
        layer="ingest",
        severity="block",
        owner="data",
        remedy="correct the file or take it out of the landing folder; `duet explain FILE` shows every row",
        subject="landing",
    )


def _models() -> Check:
    return Check(
        id=MODELS,
        fact="every model and seed is built",
        layer="models",
        severity="block",
        owner="analytics",
        remedy="correct the model that is named; the tables that need it were not built either",
        subject="dbt",
    )


def _of_test(node: dict[str, Any]) -> Check:
    meta = node["config"].get("meta") or {}
    identity = meta.get("identity")
    return Check(
        id=f"dbt.{node['name']}",
        fact=fact_of(node),
        layer="identities" if identity else "models",
        severity="block" if node["config"]["severity"].lower() == "error" else "warn",
        owner=meta.get("owner", "data"),
        remedy=meta.get("remedy", "look up the rows in the export they come from, correct it and land it again"),
        subject=_subject(node),
        identity=identity,
    )


def _of_unit_test(node: dict[str, Any]) -> Check:
    return Check(
        id=f"dbt.unit.{node['model']}.{node['name']}",
        fact=node.get("description") or _words(node["name"]),
        layer="models",
        severity="block",
        owner="analytics",
        remedy=f"the formula of {node['model']} no longer gives the example's answer: correct the model or the example",
        subject=node["model"],
    )


def _of_belief(table: str, belief: Believable) -> Check:
    return Check(
        id=f"expectations.{table}.{belief.name}",
        fact=belief.fact,
        layer="expectations",
        severity=belief.severity,
        owner=belief.owner,
        remedy=belief.remedy,
        subject=table,
    )


def _of_guard(guard: Guard) -> Check:
    told = {name: getattr(guard, name) for name in ("fact", "severity", "owner", "remedy", "subject", "identity")}
    return Check(id=f"gate.{guard.id}", layer="gate", **told)


def fact_of(node: dict[str, Any]) -> str:
    """What a dbt test says must hold, in words."""
    if node.get("description"):
        return str(node["description"])
    generic = node.get("test_metadata") or {}
    known = GENERIC_FACTS.get(str(generic.get("name")))
    if known and node.get("column_name"):
        return known.format(column=node["column_name"], model=_subject(node))
    if generic:
        return f"{_words(generic['name'])} ({_subject(node)})"
    return _words(re.sub("^assert_", "", node["name"]))


def _subject(node: dict[str, Any]) -> str:
    attached = node.get("attached_node") or next(iter(node["depends_on"]["nodes"]), node["unique_id"])
    return str(attached).rpartition(".")[2]


def _words(name: str) -> str:
    return name.replace("_", " ")
