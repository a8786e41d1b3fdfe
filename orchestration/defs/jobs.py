"""The jobs: from what has landed to a certified version, and the pages for the meetings, each in one process."""

import dagster as dg

from orchestration.defs.packs import PACKS
from orchestration.defs.replaying import REPLAY
from orchestration.defs.steps import steps_logger

EDITIONS = dg.AssetSelection.assets(*PACKS)
REPLAYING = dg.AssetSelection.checks(REPLAY)

kpi_refresh = dg.define_asset_job(
    "kpi_refresh",
    selection=dg.AssetSelection.all() - EDITIONS - REPLAYING,
    description="Load what has landed, build and test all models, audit them, publish a version.",
    executor_def=dg.in_process_executor,
)
packs = {
    pack: dg.define_asset_job(
        f"write_{pack}",
        selection=dg.AssetSelection.assets(pack),
        description=f"Write the {pack.replace('_', ' ')} of the version that is online.",
        executor_def=dg.in_process_executor,
    )
    for pack in PACKS
}
replay = dg.define_asset_job(
    "replay_archive",
    selection=REPLAYING,
    description="Build the version online again from the archive alone, elsewhere, and compare the two.",
    executor_def=dg.in_process_executor,
)


@dg.definitions
def defs() -> dg.Definitions:
    """kpi_refresh runs everything that a version needs; DuckDB has one writer, so steps share a process."""
    return dg.Definitions(
        jobs=[kpi_refresh, *packs.values(), replay],
        executor=dg.in_process_executor,
        loggers={"steps": steps_logger},
    )
