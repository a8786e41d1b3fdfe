"""The landing folder: every file that people dropped, recognised and loaded into the lake."""

from typing import get_args

import dagster as dg

from orchestration.defs.deliveries import arrived, delivery_key
from orchestration.defs.locking import RunLock
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.outcome import FileOutcome, Status
from orchestration.ingest.load import ingest
from orchestration.publish.checks import accepted
from orchestration.publish.files import keep_outcomes, refused_files
from orchestration.publish.space import check_space
from orchestration.settings import get_settings

ACCEPTED = "files_are_accepted"


@dg.asset(
    group_name="landing",
    kinds={"file"},
    owners=["team:data"],
    tags={"layer": "landing"},
    deps=[delivery_key(name) for name, source in load_sources().items() if source.formats],
    # Nothing is built from a folder that would be refused at the end.
    check_specs=[dg.AssetCheckSpec(ACCEPTED, asset="landing", blocking=True, description=accepted().fact)],
)
def landing(context: dg.AssetExecutionContext, run_lock: RunLock) -> dg.MaterializeResult:
    """One row per file below data/landing: what it is and what became of its rows."""
    check_space(get_settings())
    report = ingest(get_settings())
    keep_outcomes(get_settings(), report.files)
    for file in report.with_status("rejected", "unrecognised"):
        context.log.warning("%s %s: %s", file.path, file.status, "; ".join(str(problem) for problem in file.problems))
    for delivery in arrived(context, get_settings()):
        context.log_event(delivery)
    counts = {status: len(report.with_status(status)) for status in get_args(Status)}
    refused = refused_files(get_settings())
    listed = dg.MetadataValue.md("\n".join(f"- {line}" for line in refused) or "none")
    who = {"remedy": accepted().remedy, "owner": accepted().owner}
    return dg.MaterializeResult(
        metadata={"files": len(report.files), **counts, "table": _table(report.files)},
        check_results=[
            dg.AssetCheckResult(passed=not refused, check_name=ACCEPTED, metadata={"refused": listed, **who})
        ],
    )


def _table(files: list[FileOutcome]) -> dg.TableMetadataValue:
    records = [
        dg.TableRecord(
            {
                "file": file.path,
                "status": file.status,
                "stream": f"{file.source}/{file.stream}" if file.source else "",
                "rows": file.rows_in_file,
                "seconds": round(file.seconds, 2),
            }
        )
        for file in files
    ]
    kinds = {"file": "string", "status": "string", "stream": "string", "rows": "int", "seconds": "float"}
    schema = dg.TableSchema([dg.TableColumn(name, kind) for name, kind in kinds.items()])
    return dg.MetadataValue.table(records, schema=schema)
