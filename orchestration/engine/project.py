"""The files of the dbt project."""

from pathlib import Path

from orchestration.settings import DBT_PROJECT_DIR


def project_files() -> list[Path]:
    """What a build is made of: models, tests, seeds, settings; no metrics, and nothing that dbt wrote itself."""
    apart = {"target", "logs", "semantic"}
    found = (path for pattern in ("*.sql", "*.yml", "*.csv") for path in DBT_PROJECT_DIR.rglob(pattern))
    return sorted(path for path in found if not apart & set(path.relative_to(DBT_PROJECT_DIR).parts))
