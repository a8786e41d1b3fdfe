"""dbt's manifest for Dagster: parsed when models changed, with every test tied to the table that it speaks of."""

import hashlib
import json
import os
import pprint
import shutil
from pathlib import Path
from typing import Any

import msgpack

from orchestration.engine.dbt import dbt_variables, invoke
from orchestration.engine.project import project_files
from orchestration.rules import Rules
from orchestration.settings import DBT_PROJECT_DIR, Settings

TARGET = DBT_PROJECT_DIR / "target"
MANIFEST = "manifest.json"
STAMP = "parsed_from"
# dbt's memory of the files it has read; with it, the next parse is twice as fast.
PARTIAL = "partial_parse.msgpack"


class DbtProjectBroken(RuntimeError):
    """dbt cannot read the project; dbt's own message says where."""


def load_manifest(settings: Settings, rules: Rules) -> dict[str, Any]:
    """The manifest of the project as it is now."""
    if not _is_parsed(settings, rules):
        _parse(settings, rules)
    manifest: dict[str, Any] = json.loads((parsed(settings) / MANIFEST).read_text())
    return tie_tests(manifest)


def parsed(settings: Settings) -> Path:
    """Where lies what dbt read of the project for an engine: models are stored otherwise on another."""
    return TARGET / settings.engine


def reuse_parse(target: Path, settings: Settings, rules: Rules) -> None:
    """Let a run of dbt into this target folder take what was read of the project; call it before the run.

    dbt reads everything again when a variable has another value (a third of a run). Only the day changes from run to
    run, and no file is read otherwise on another day; where rules or files did change, dbt reads again.
    """
    if not _is_parsed(settings, rules):
        return
    read = msgpack.unpackb((parsed(settings) / PARTIAL).read_bytes(), strict_map_key=False)
    variables = pprint.pformat(dbt_variables(settings, rules))
    stamp = "\0".join((variables, "", settings.engine, read["metadata"]["dbt_version"]))
    read["state_check"]["vars_hash"]["checksum"] = hashlib.sha256(stamp.encode()).hexdigest()
    target.mkdir(parents=True, exist_ok=True)
    (target / PARTIAL).write_bytes(msgpack.packb(read))


def _is_parsed(settings: Settings, rules: Rules) -> bool:
    made = [parsed(settings) / name for name in (MANIFEST, PARTIAL, STAMP)]
    return all(path.exists() for path in made) and made[-1].read_text() == _project_state(settings, rules)


def _parse(settings: Settings, rules: Rules) -> None:
    """Parse beside the target and move the result in, so that a second process never reads half of it."""
    place, scratch = parsed(settings), TARGET / f"parsing-{os.getpid()}"
    for folder in (place, scratch):
        folder.mkdir(parents=True, exist_ok=True)
    if (place / PARTIAL).exists():
        shutil.copyfile(place / PARTIAL, scratch / PARTIAL)
    try:
        result = invoke(["--quiet", "parse"], settings, rules, target_path=scratch)
        if not result.success:
            raise DbtProjectBroken(f"{DBT_PROJECT_DIR}: dbt cannot read the project: {result.exception}")
        (scratch / STAMP).write_text(_project_state(settings, rules))
        for artefact in (PARTIAL, MANIFEST, STAMP):
            os.replace(scratch / artefact, place / artefact)
    finally:
        shutil.rmtree(scratch)


def tie_tests(manifest: dict[str, Any]) -> dict[str, Any]:
    """Tie each test over several tables to the last of them, so that Dagster shows it as a check of that table."""
    heights: dict[str, int] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] != "test" or node.get("attached_node"):
            continue
        tables = [parent for parent in node["depends_on"]["nodes"] if parent.startswith(("model.", "seed."))]
        if len(tables) > 1:
            last = max(tables, key=lambda table: (_height(manifest, table, heights), table))
            node["config"].setdefault("meta", {})["dagster"] = {"ref": {"name": last.rpartition(".")[2]}}
    return manifest


def _height(manifest: dict[str, Any], unique_id: str, known: dict[str, int]) -> int:
    """Longest way from a source to a node."""
    if unique_id not in known:
        parents = manifest["parent_map"].get(unique_id, [])
        known[unique_id] = 1 + max((_height(manifest, parent, known) for parent in parents), default=0)
    return known[unique_id]


def _project_state(settings: Settings, rules: Rules) -> str:
    """Changes whenever a file of the project or a rule does."""
    stats = [
        (path.relative_to(DBT_PROJECT_DIR).as_posix(), path.stat().st_mtime_ns, path.stat().st_size)
        for path in project_files()
    ]
    return hashlib.sha256(repr((settings.engine, rules.model_dump_json(), stats)).encode()).hexdigest()
