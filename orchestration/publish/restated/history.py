"""What every certified version reported: kept beside the versions, also of those that are deleted."""

from pathlib import Path

import duckdb

from orchestration import durable
from orchestration.engine.connection import connect
from orchestration.publish.candidate import SERVING, open_serving, write_parquet
from orchestration.publish.restated.step import Side, write_step
from orchestration.publish.seals import MANIFEST, Damaged, digest_of, read_manifest, seal, seal_of, sealed_bytes
from orchestration.publish.version import Version, damage, names, read_version, versions
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
    """Keep what every version on disk reported, and its step, each with its seal; the manifest's comes last."""
    for version in versions(settings):
        source, place = settings.published / version.version, reported(settings) / version.version
        if read_manifest(place) is not None:
            continue
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o750)
        if (source / "parquet" / f"{TABLE}.parquet").exists():
            _keep_step(source / "parquet" / f"{TABLE}.parquet", version.version, place / STEP)
        if (source / "parquet" / VALUES).exists():
            durable.replace_with(source / "parquet" / VALUES, place / VALUES)
        for path in (source / MANIFEST, seal_of(source / MANIFEST)):
            durable.replace_with(path, place / path.name)


def write_restatements(settings: Settings, folder: Path, version: Version) -> None:
    """Write the table into the serving file and as Parquet: every step before, and the one to this version."""
    remember(settings)
    before = next((read_version(settings, name) for name in names(settings)), None)
    steps = kept_steps(settings)
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
    """Write what a version says otherwise than the one before; False where they say the same or cannot be compared.

    A damaged version has no step to the next: what it reported may be known all the same.
    """
    before_file = settings.published / before.version / SERVING
    same = {name for name, table in after.tables.items() if before.tables.get(name) == table}
    if VALUES.removesuffix(".parquet") in same or not _comparable(settings, before):
        return False
    return write_step((side_of(before), before_file), (side_of(after), after_file), same, place)


def _comparable(settings: Settings, version: Version) -> bool:
    return VALUES.removesuffix(".parquet") in version.tables and damage(settings, version.version) is None


def _keep_step(table: Path, version: str, place: Path) -> None:
    fresh = place.with_name(f".{place.name}.new")
    with connect() as conn:
        step = conn.from_parquet(str(table)).filter(duckdb.ColumnExpression("version_after") == version)
        step.write_parquet(str(fresh), compression="zstd")
    fresh.chmod(0o440)
    durable.replace_with(fresh, place)
    fresh.unlink(missing_ok=True)
    seal(place)


def kept_steps(settings: Settings) -> list[Path]:
    """Every step that was kept, oldest first; Damaged where one is not what was kept."""
    found = sorted(reported(settings).glob(f"v[0-9]*/{STEP}"))
    steps = [step for step in found if seal_of(step.with_name(MANIFEST)).exists()]
    for step in steps:
        if sealed_bytes(step) is None:
            raise Damaged(f"{step} is not what was kept; restore it from a backup, or delete it to go on without it")
    return steps


def reported_values(settings: Settings, version: Version) -> Path:
    """The KPI values that a version reported, from whichever copy is intact; Damaged where none is."""
    certified = version.files.get(f"parquet/{VALUES}")
    copies = [reported(settings) / version.version / VALUES, settings.published / version.version / "parquet" / VALUES]
    for copy in copies:
        if copy.exists() and digest_of(copy) == certified:
            return copy
    raise Damaged(f"{copies[0]} is not what {version.version} reported; restore it from a backup, or compare others")


def known_versions(settings: Settings) -> list[Version]:
    """Every version whose values are known, oldest first, deleted ones too."""
    folders = [*reported(settings).glob("v[0-9]*"), *settings.published.glob("v[0-9]*")]
    found = {folder.name: manifest for folder in folders if (manifest := read_manifest(folder)) is not None}
    return [Version.model_validate(found[name]) for name in sorted(found)]


def side_of(version: Version) -> Side:
    """What a step must know of a version."""
    return Side(
        version=version.version,
        as_of=version.as_of,
        rules=version.rules,
        code_hash=version.code_hash,
        files={str(file["file_id"]) for file in version.inputs},
    )
