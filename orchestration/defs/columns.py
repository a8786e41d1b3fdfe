"""The columns of a table as Dagster shows them: type, meaning, and the columns that each is made of."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from orchestration.engine.lineage import Origins

NAMED = 6  # origins in words; the lineage itself has all


def column_metadata(node: Mapping[str, Any], origins: Origins) -> dict[str, Any]:
    """Schema and lineage of a dbt model; the free edition of Dagster shows the first, its API and others both."""
    known = node.get("columns") or {}
    columns = [
        dg.TableColumn(name, known.get(name, {}).get("data_type") or "?", _told(known.get(name, {}), parents))
        for name, parents in origins.items()
    ]
    lineage = {
        name: [dg.TableColumnDep(dg.AssetKey([room, table]), column) for room, table, column in parents]
        for name, parents in origins.items()
    }
    return {
        "dagster/column_schema": dg.TableSchema(columns),
        "dagster/column_lineage": dg.TableColumnLineage(lineage),
    }


def _told(column: Mapping[str, Any], parents: list[tuple[str, str, str]]) -> str:
    named = ", ".join(f"{table}.{name}" for _, table, name in parents[:NAMED])
    more = f" and {len(parents) - NAMED} more" if len(parents) > NAMED else ""
    made_of = f"Made of {named}{more}." if parents else ""
    return " ".join(part for part in (str(column.get("description") or ""), made_of) if part)
