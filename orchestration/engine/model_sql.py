"""The SQL of one model over other relations than those that a build gives it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from orchestration.settings import DBT_PROJECT_DIR

if TYPE_CHECKING:
    from jinja2 import Environment


def model_sql(model: str, relations: Mapping[str, str], macros: tuple[str, ...]) -> str:
    """The model as SQL for DuckDB, each `ref` replaced by a relation; macros are the files that it needs."""
    texts = [(DBT_PROJECT_DIR / "macros" / f"{name}.sql").read_text() for name in macros]
    texts.append((DBT_PROJECT_DIR / "models" / f"{model}.sql").read_text())
    return _environment().from_string("\n".join(texts)).render(ref=relations.__getitem__)


def _environment() -> "Environment":
    # dbt's own template language; only what renders a model should wait for it.
    from jinja2 import Environment, StrictUndefined

    return Environment(extensions=["jinja2.ext.do"], undefined=StrictUndefined, autoescape=False)
