"""What a version is made of, as one hash: inputs, rules, as-of day, engine and code. Equal means nothing to do."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from orchestration.engine.project import project_files
from orchestration.rules import Rules
from orchestration.settings import DBT_PROJECT_DIR, ROOT, Settings

CODE = {ROOT / "orchestration": ("*.py", "*.yml", "*.html"), ROOT / "expectations": ("*.py",)}
ENGINES = ("duet", "duckdb", "dbt-core", "dbt-duckdb", "great-expectations")


def fingerprint(settings: Settings, rules: Rules) -> str:
    """Hash of everything that decides what a version says."""
    parts = (
        lake_hash(settings),
        rules.model_dump_json(),
        settings.as_of_date(rules.reporting_timezone).isoformat(),
        settings.engine,
        code_hash(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def lake_hash(settings: Settings) -> str:
    """Hash of the lake's manifests: they name every file that was loaded and account for every row."""
    return _hash_of(settings.lake, sorted(settings.lake.glob("*/*/_*.json")))


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Hash of models, tests, contracts and code, and of the libraries that run them."""
    parts = [f"{name}=={version(name)}" for name in ENGINES]
    for folder, patterns in CODE.items():
        parts.append(_hash_of(folder, sorted(path for pattern in patterns for path in folder.rglob(pattern))))
    parts.append(_hash_of(DBT_PROJECT_DIR, project_files()))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _hash_of(folder: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
