"""What every certified version reported: kept beside the versions, also of those that are deleted."""

import json
from pathlib import Path

import duckdb

from orchestration import durable
from orchestration.engine.connection import connect
from orchestration.publish.candidate import SERVING, open_serving, write_parquet
from orchestration.publish.restated.step import Side, write_step
from orchestration.publish.version import Version, versions
from orchestration.settings import Settings

TABLE = "kpi_restatements"
VALUES, STEP = "kpi_values.parquet", "kpi_restatements.parquet"
COLUMNS = {
    "version_before": ("varchar", "Certified version that said value_before."),
    "version_after": ("varchar", "The next certified version, which says value_after."),
    "kpi": ("varchar", "As in kpi_values."),
    "variant": ("varchar", "As in kpi_values."),
    "grain": ("varchar", "week, month, quarter, year, fiscal_quarter or fiscal_year."),
    "period": ("date", "First day of a period that had ended when version_before was certified."),
    "dimension": ("varchar", "As in kpi_values."),
    "member": ("varchar", "As in kpi_values."),
    "unit": ("varchar", "As in kpi_values."),
    "value_before": ("decimal(28, 8)", "What was reported."),
    "value_after": ("decimal(28, 8)", "What is known now."),
    "delta": ("decimal(28, 8)", "value_after - value_before; null where one of them has no value."),
    "cause": ("varchar", "late_data, restatement, withdrawn, refund, merge, exclusion, reclassified, rate, definition, "
        "maturing or unexplained."),
    "contribution": ("decimal(28, 8)", "What the cause adds to delta; the contributions of a number add up to it."),
}  # fmt: skip
TABLE_COLUMNS = ", ".join(f"{name} {kind}" for name, (kind, _) in COLUMNS.items())
MEANING = (
    "What certified versions say otherwise than the version before about periods that were over. One row per pair of "
    "versions, number and cause."
)


def reported(settings: Settings) -> Path:
    """Where reported values lie: a folder for each version that was ever certified."""
    return settings.published / "reported"


def remember(settings: Settings) -> None:
    """Keep what every version on disk reported, and its step; the manifest comes last and completes it."""
    for version in versions(settings):
        source, place = settings.published / version.version, reported(settings) / version.version
        if (place / "manifest.json").exists():
            continue
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o750)
        if (source / "parquet" / f"{TABLE}.parquet").exists():
            _keep_step(source / "parquet" / f"{TABLE}.parquet", version.version, place / STEP)
        if (source / "parquet" / VALUES).exists():
            durable.replace_with(source / "parquet" / VALUES, place / VALUES)
        durable.replace_with(source / "manifest.json", place / "manifest.json")


def write_restatements(settings: Settings, folder: Path, version: Version) -> None:
    """Write the table into the serving file and as Parquet: every step before, and the one to this version."""
    remember(settings)
    before = next(iter(versions(settings)), None)
    steps = sorted(reported(settings).glob(f"v[0-9]*/{STEP}"))
    fresh = folder / f".{STEP}"
    if before and _step(settings, before, version, folder / SERVING, fresh):
        steps.append(fresh)
    with connect() as conn:
        open_serving(conn, folder / SERVING)
        place = f"serving.marts.{TABLE}"
        conn.execute(f"create or replace table {place} ({TABLE_COLUMNS})")
        conn.execute(f"comment on table {place} is '{MEANING}'")
        for name, (_, meaning) in COLUMNS.items():
            conn.execute(f"comment on column {place}.{name} is '{meaning}'")
        if steps:
            conn.execute(f"insert into {place} by name from read_parquet(?)", [[str(step) for step in steps]])
        write_parquet(conn, TABLE, folder)
        conn.execute("detach serving")
    fresh.unlink(missing_ok=True)


def _step(settings: Settings, before: Version, after: Version, after_file: Path, place: Path) -> bool:
    """Write what a version says otherwise than the one before; False where they say the same or cannot be compared."""
    before_file = settings.published / before.version / SERVING
    same = {name for name, table in after.tables.items() if before.tables.get(name) == table}
    if VALUES.removesuffix(".parquet") in same or not _readable(before_file):
        return False
    return write_step((side_of(before), before_file), (side_of(after), after_file), same, place)


def _readable(file: Path) -> bool:
    """Whether an old version can still be compared; what it reported is known all the same."""
    try:
        with connect(file, read_only=True) as conn:
            return bool(conn.execute("from duckdb_tables() where table_name = 'kpi_values'").fetchall())
    except duckdb.Error:
        return False


def _keep_step(table: Path, version: str, place: Path) -> None:
    fresh = place.with_name(f".{place.name}.new")
    with connect() as conn:
        step = conn.from_parquet(str(table)).filter(duckdb.ColumnExpression("version_after") == version)
        step.write_parquet(str(fresh), compression="zstd")
    fresh.chmod(0o440)
    durable.replace_with(fresh, place)
    fresh.unlink(missing_ok=True)


def known_versions(settings: Settings) -> list[Version]:
    """Every version whose values are known, oldest first, deleted ones too."""
    remembered = {
        path.parent.name: path for path in [
            *reported(settings).glob("v[0-9]*/manifest.json"), *settings.published.glob("v[0-9]*/manifest.json")
        ]
    }  # fmt: skip
    return [Version.model_validate(json.loads(remembered[name].read_text())) for name in sorted(remembered)]


def side_of(version: Version) -> Side:
    """What a step must know of a version."""
    return Side(
        version=version.version,
        as_of=version.as_of,
        rules=version.rules,
        code_hash=version.code_hash,
        files={str(file["file_id"]) for file in version.inputs},
    )
