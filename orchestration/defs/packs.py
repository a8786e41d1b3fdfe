"""The pages for the meetings: an edition of the KPI pack of the version online, kept under the day it was written."""

import datetime as dt
from zoneinfo import ZoneInfo

import dagster as dg

from orchestration.defs.links import link
from orchestration.defs.locking import RunLock
from orchestration.publish.version import online
from orchestration.report.pack.edition import write_edition
from orchestration.rules import load_rules
from orchestration.settings import get_settings

PACKS = ("weekly_pack", "monthly_pack")


def pack_of(edition: str) -> dg.AssetsDefinition:
    """The asset that writes an edition."""

    @dg.asset(
        name=f"{edition}_pack",
        group_name="publish",
        kinds={"html"},
        owners=["team:analytics"],
        tags={"layer": "publish"},
        deps=["published_version"],
        description=f"The KPI pack for the {edition} meeting; one page per day on which it was written.",
    )
    def write(run_lock: RunLock) -> dg.MaterializeResult:
        settings = get_settings()
        version = online(settings)
        if version is None:
            raise dg.Failure("nothing is online yet, so there is nothing to show; run kpi_refresh", allow_retries=False)
        today = dt.datetime.now(ZoneInfo(load_rules(settings.config).reporting_timezone)).date()
        page = settings.packs / edition / f"{today}.html"
        write_edition(settings, version, edition, page)
        return dg.MaterializeResult(metadata={"version": version.version, "pack": link(settings, page)})

    return write


weekly_pack, monthly_pack = pack_of("weekly"), pack_of("monthly")
