"""The one job: from what has landed to a certified version, in one process."""

import dagster as dg

from orchestration.defs.steps import steps_logger


@dg.definitions
def defs() -> dg.Definitions:
    """kpi_refresh runs everything; DuckDB has one writer, so steps share a process."""
    return dg.Definitions(
        jobs=[
            dg.define_asset_job(
                "kpi_refresh",
                selection=dg.AssetSelection.all(),
                description="Load what has landed, build and test all models, audit them, publish a version.",
                executor_def=dg.in_process_executor,
            )
        ],
        executor=dg.in_process_executor,
        loggers={"steps": steps_logger},
    )
