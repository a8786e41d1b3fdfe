"""The lake by source: one asset per stream, named like the dbt source that reads it."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from orchestration.defs.locking import RunLock
from orchestration.ingest.contracts.sources import Source, Stream, load_sources
from orchestration.publish.files import LandedFile, landed_files
from orchestration.settings import get_settings


def lake_assets(source: Source) -> dg.AssetsDefinition:
    """All streams of a source."""
    specs = [
        dg.AssetSpec(
            key=[source.source, name],
            deps=["landing"],
            description=stream.description,
            group_name=source.source,
            kinds={"parquet"},
            owners=["team:data"],
            tags={"layer": "lake", "replaced": stream.kind},
            metadata={"source": source.title, "dagster/column_schema": _columns(stream)},
            skippable=True,
        )
        for name, stream in source.streams.items()
    ]

    @dg.multi_asset(name=f"{source.source}_lake", specs=specs, can_subset=True)
    def streams(context: dg.AssetExecutionContext, run_lock: RunLock) -> Iterator[dg.MaterializeResult]:
        landed = landed_files(get_settings())
        for key in sorted(context.selected_asset_keys):
            yield dg.MaterializeResult(
                asset_key=key,
                metadata=_metadata([file for file in landed if [file.source, file.stream] == list(key.path)]),
            )

    return streams


def _columns(stream: Stream) -> dg.TableSchema:
    told = {name: column.description for name, column in stream.columns.items()}
    return dg.TableSchema([dg.TableColumn(name, kind, told.get(name)) for name, kind in stream.lake_schema().items()])


def _metadata(files: list[LandedFile]) -> dict[str, Any]:
    """Rows by fate, the days that the files cover and their names."""
    loaded = [file for file in files if file.status == "loaded"]
    fates = {fate: sum(file.rows.get(fate, 0) for file in loaded) for file in loaded for fate in file.rows}
    covered = [day for file in loaded for day in (file.window_start, file.window_end) if day is not None]
    return {
        "dagster/row_count": fates.get("loaded", 0),
        **{f"rows {fate}": count for fate, count in fates.items()},
        "files": len(loaded),
        "seconds": round(sum(file.seconds for file in loaded), 2),
        "file": dg.MetadataValue.md("\n".join(f"- {file.file}" for file in loaded) or "none has landed"),
        **({"from": str(min(covered)), "to": str(max(covered))} if covered else {}),
    }


@dg.definitions
def defs() -> dg.Definitions:
    """The streams of every source in orchestration/sources."""
    return dg.Definitions(assets=[lake_assets(source) for source in load_sources().values()])
