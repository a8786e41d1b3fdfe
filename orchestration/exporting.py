"""The verbs of `duet export`: copies of a certified version for readers elsewhere."""

from pathlib import Path

import click

from orchestration.deliver.parquet import copy_parquet
from orchestration.deliver.postgres import without_password
from orchestration.deliver.push import push
from orchestration.deliver.superset.bundle import bundle, zipped
from orchestration.failures import Reading
from orchestration.publish.version import serving_file
from orchestration.report.named_versions import intact_version
from orchestration.settings import get_settings


@click.group()
def export() -> None:
    """Copy a certified version to where others read it: PostgreSQL, or Parquet files."""


@export.command(cls=Reading)
def postgres() -> None:
    """Make the schema marts of DUET_POSTGRES_URL the version online; a refresh that publishes does it by itself."""
    pushed = push(get_settings())
    click.echo(f"{pushed.version} is in {pushed.place}: {len(pushed.rows)} tables, {sum(pushed.rows.values()):,} rows")


@export.command(cls=Reading)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--of", "version", default="online", show_default=True, help="A version, or the beginning of its name.")
def parquet(folder: Path, version: str) -> None:
    """Copy the tables of a version as Parquet files into FOLDER/VERSION, with the manifest that certifies them."""
    settings = get_settings()
    copied = copy_parquet(settings, intact_version(settings, version), folder)
    click.echo(f"{copied.folder}: {copied.files} files, {copied.megabytes:,.1f} MB")


@export.command(cls=Reading)
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--postgres", "from_postgres", is_flag=True, help="Over DUET_POSTGRES_URL instead of the published file.")
def superset(output: Path, from_postgres: bool) -> None:
    """Write the Superset dashboard to OUTPUT, a ZIP for `superset import-dashboards`; it holds no password."""
    settings = get_settings()
    uri = without_password(settings) if from_postgres else f"duckdb:///{serving_file(settings)}"
    output.write_bytes(zipped(bundle(uri)))
    click.echo(f"{output} written, over {uri}")
