"""What the version online says otherwise than the one before it about months that were over."""

from typing import Any

from orchestration.publish.version import online
from orchestration.report.kpi import query
from orchestration.settings import Settings

MART = "kpi_restatements"
MOVED = f"""
select version_before, kpi, variant, period, unit, value_before, value_after, delta,
    string_agg(replace(cause, '_', ' '), ', ' order by cause) as causes
from marts.{MART}
where version_after = ? and grain = 'month' and dimension = '' and delta is not null
group by version_before, kpi, variant, period, unit, value_before, value_after, delta
order by abs(delta) / nullif(abs(value_before), 0) desc nulls last, kpi, variant, period
"""


def read_moved(settings: Settings) -> list[dict[str, Any]]:
    """One entry per KPI and month that moved, the largest part of itself first; empty where nothing did."""
    version = online(settings)
    if version is None:
        return []
    known = "select 1 from duckdb_tables() where schema_name = 'marts' and table_name = ?"
    if not query(settings, known, (MART,)).rows:
        return []
    return query(settings, MOVED, (version.version,)).records()
