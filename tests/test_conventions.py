"""What a review would say twice: conventions of models, rooms and locked files."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest.contracts.sources import LAKE_TYPES
from orchestration.settings import DBT_PROJECT_DIR, ROOT
from tests.models.dbt_runs import read_manifest

PYTHON = sorted([*ROOT.glob("orchestration/**/*.py"), *ROOT.glob("expectations/**/*.py")])
MODELS = sorted((DBT_PROJECT_DIR / "models").glob("**/*.sql"))
# The house has one direction: a room may import from the rooms behind it only.
BEHIND = {
    "settings": set(),
    "disk": set(),
    "durable": {"disk"},
    "rules": set(),
    "dictionary": {"settings"},
    "engine": {"durable", "rules", "settings"},
    "ingest": {"disk", "durable", "engine", "rules", "settings"},
    "demo": {"rules", "settings"},
    "publish": {"disk", "durable", "engine", "ingest", "rules", "settings"},
    "deliver": {"dictionary", "durable", "engine", "publish", "settings"},
    "report": {"deliver", "dictionary", "durable", "engine", "ingest", "publish", "rules", "settings"},
    "alerts": {"disk", "publish", "settings"},
    "defs": {"alerts", "deliver", "durable", "engine", "ingest", "publish", "report", "rules", "settings"},
    "run": {
        "definitions", "defs", "deliver", "disk", "durable", "engine", "ingest", "publish", "report", "rules",
        "settings",
    },
}  # fmt: skip
# So have the rooms of ingest, in the order that a file walks through them; what stands beside them leads it.
WITHIN_INGEST = {
    "problems": set(),
    "contracts": set(),
    "text": {"problems"},
    "landing": {"problems", "text"},
    "unpacking": {"problems", "text"},
    "books": {"problems", "text", "unpacking"},
    "cells": {"contracts", "text"},
    "recognition": {"cells", "contracts", "problems", "text"},
    "rows": {"cells", "contracts", "recognition", "text"},
    "keeping": {"cells", "contracts", "landing", "problems"},
    "judging": {"contracts", "problems", "rows", "text"},
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return read_manifest()


def models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def rooms_imported(path: Path, house: str) -> set[str]:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        if isinstance(node, ast.ImportFrom) and module == house:
            imported |= {alias.name for alias in node.names}
        elif module.startswith(f"{house}."):
            imported.add(module.removeprefix(f"{house}.").split(".")[0])
    return imported


def check_rooms(house: str, room: str, behind: set[str]) -> None:
    folder = ROOT / house.replace(".", "/")
    modules = [*folder.glob(f"{room}.py"), *folder.glob(f"{room}/**/*.py")]
    assert modules
    for path in modules:
        assert rooms_imported(path, house) <= behind | {room}, path


@pytest.mark.parametrize("room", BEHIND, ids=str)
def test_no_room_looks_forward(room: str) -> None:
    check_rooms("orchestration", room, BEHIND[room])


@pytest.mark.parametrize("room", WITHIN_INGEST, ids=str)
def test_no_room_of_ingest_looks_forward(room: str) -> None:
    check_rooms("orchestration.ingest", room, WITHIN_INGEST[room])


def test_the_order_of_the_rooms_of_ingest_has_no_circle() -> None:
    passed: set[str] = set()
    for room, behind in WITHIN_INGEST.items():
        assert behind <= passed, room
        passed.add(room)


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_knows_and_can_be_read_in_one_sitting(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert text.count("\n") <= 250


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_model_is_short_and_has_its_page_beside_it(path: Path) -> None:
    assert path.with_suffix(".yml").exists()
    assert path.read_text().count("\n") <= 150


def test_every_model_states_its_grain(manifest: dict[str, Any]) -> None:
    assert [model["name"] for model in models(manifest) if "One row per" not in model["description"]] == []


def test_every_column_of_a_mart_is_described_and_contracted(manifest: dict[str, Any]) -> None:
    marts = [model for model in models(manifest) if model["schema"] == "marts"]
    assert marts
    for model in marts:
        assert model["config"]["contract"]["enforced"], model["name"]
        assert [name for name, column in model["columns"].items() if not column["description"]] == [], model["name"]


def test_no_contract_promises_a_float(manifest: dict[str, Any]) -> None:
    marts = [model for model in models(manifest) if model["schema"] == "marts"]
    promised = {column["data_type"] for mart in marts for column in mart["columns"].values()} | set(LAKE_TYPES.values())
    for kind in promised:
        assert re.fullmatch(r"decimal\(\d+, ?\d+\)|bigint|integer|boolean|date|string|timestamp|varchar", kind), kind


def test_only_staging_reads_a_source_and_each_reads_one(manifest: dict[str, Any]) -> None:
    for model in models(manifest):
        sources = [node for node in model["depends_on"]["nodes"] if node.startswith("source.")]
        assert len(sources) == (model["schema"] == "staging"), model["name"]


def test_every_identity_names_owner_and_remedy(manifest: dict[str, Any]) -> None:
    identities = [node for node in manifest["nodes"].values() if "/identities/" in node["original_file_path"]]
    assert identities
    for test in identities:
        assert {"identity", "owner", "remedy"} <= set(test["config"]["meta"]), test["name"]
        assert test["config"]["severity"].lower() == "error", test["name"]


def test_no_lock_names_a_registry() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|--index-url|--find-links", lock.read_text()), lock


def test_every_locked_version_carries_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        pins = re.split(r"\n(?=[a-z0-9])", lock.read_text())
        assert [pin.split()[0] for pin in pins if "==" in pin and "--hash=sha256:" not in pin] == [], lock
