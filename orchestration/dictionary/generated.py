"""Every file in the repository that is made of the registry, with the content that it must have."""

from pathlib import Path

from orchestration.dictionary.pages import DBT_DOCS, KPIS_PAGE, dbt_docs_md, kpis_md
from orchestration.dictionary.semantic import CELLS_FILE, METRICS_FILE, cells_yml, metrics_yml


def generated() -> dict[Path, str]:
    """Content by file."""
    return {METRICS_FILE: metrics_yml(), CELLS_FILE: cells_yml(), KPIS_PAGE: kpis_md(), DBT_DOCS: dbt_docs_md()}
