"""How much the days of ad accounts still moved after they were first seen, by their age then."""

from typing import Any

from orchestration.publish.version import online
from orchestration.report.kpi import query
from orchestration.settings import Settings

MART = "fct_spend_restatements"


def read_restatements(settings: Settings) -> list[dict[str, Any]]:
    """One entry per platform and age, of the version that is online; empty where no day was exported twice."""
    version = online(settings)
    if version is None or MART not in version.tables:
        return []
    return query(settings, f"select * from marts.{MART} order by source, platform, age_from_days").records()
