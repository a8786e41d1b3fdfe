"""What dbt did in the build at hand: its manifest, its results and the state in which it left the warehouse."""

import json
import shutil
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from orchestration import durable
from orchestration.publish.unit_tests import keep_results, kept_results
from orchestration.settings import Settings


class NoBuild(RuntimeError):
    """There is no finished build to publish."""


class Mart(BaseModel):
    """One table of the marts as its contract promises it."""

    name: str
    description: str
    columns: dict[str, str]
    comments: dict[str, str]


class Build(BaseModel):
    """One run of dbt over the whole project."""

    run: str
    warehouse_state: str
    manifest: dict[str, Any]
    results: dict[str, dict[str, Any]]

    def marts(self) -> list[Mart]:
        """The tables that will be published, by name."""
        nodes = (node for node in self.manifest["nodes"].values() if node["resource_type"] == "model")
        return sorted((_mart(node) for node in nodes if node["schema"] == "marts"), key=lambda mart: mart.name)


def build_folder(settings: Settings) -> Path:
    """Where the artefacts of the last build lie."""
    return settings.state / "build"


def begin_build(settings: Settings) -> None:
    """Forget the results of the build before, so that they can never stand for this one."""
    for folder in (build_folder(settings), dbt_targets(settings)):
        shutil.rmtree(folder, ignore_errors=True)


def dbt_targets(settings: Settings) -> Path:
    """Where dbt writes what it compiled and logged, one folder per run."""
    return settings.state / "dbt"


def keep_build(settings: Settings, run: str, target: Path) -> None:
    """Keep what dbt left in its target folder; call it also after a failure, to tell what failed."""
    if not (target / "run_results.json").exists():
        return
    folder = build_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    for artefact in ("manifest.json", "run_results.json"):
        shutil.copyfile(target / artefact, folder / artefact)
    if settings.warehouse.exists():
        settings.warehouse.chmod(0o600)
    manifest, ran = (json.loads((folder / name).read_bytes()) for name in ("manifest.json", "run_results.json"))
    keep_results(settings, ran["results"], manifest.get("unit_tests", {}).keys())
    durable.write_json(folder / "build.json", {"run": run, "warehouse_state": warehouse_state(settings)})


def read_build(settings: Settings) -> Build:
    """The last build; NoBuild when dbt did not come to an end."""
    folder = build_folder(settings)
    try:
        about = json.loads((folder / "build.json").read_bytes())
        manifest = json.loads((folder / "manifest.json").read_bytes())
        results = json.loads((folder / "run_results.json").read_bytes())["results"]
    except FileNotFoundError as error:
        raise NoBuild(f"{folder}: no finished build; run `duet refresh`") from error
    # Unit tests that were left out of this build passed in an earlier one of the same models and rules.
    told = {result["unique_id"]: result for result in [*kept_results(settings), *results]}
    return Build(manifest=manifest, results=told, **about)


def warehouse_state(settings: Settings) -> str:
    """Changes whenever anybody writes to the working tables after the build."""
    if settings.engine == "duckdb":
        stat = settings.warehouse.stat()
        return f"{stat.st_size}/{stat.st_mtime_ns}"
    parts = sorted((settings.state / "spark").glob("*/*.parquet"))
    return f"{len(parts)}/{max((part.stat().st_mtime_ns for part in parts), default=0)}"


def _mart(node: dict[str, Any]) -> Mart:
    return Mart(
        name=node["name"],
        description=node["description"],
        columns={name: column["data_type"] for name, column in node["columns"].items()},
        comments={name: column["description"] for name, column in node["columns"].items()},
    )
