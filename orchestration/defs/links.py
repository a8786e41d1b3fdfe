"""Where people find a page: a link where the data folder is served to them, else the place on the disk."""

from pathlib import Path
from urllib.parse import quote

import dagster as dg

from orchestration.publish.version import Version
from orchestration.report.pack.edition import PAGE
from orchestration.settings import Automation, Settings


def link(settings: Settings, page: Path) -> dg.MetadataValue:
    """A link below DUET_PUBLISHED_URL for what lies in the published folder, else a path to copy."""
    base = Automation().published_url
    if base is None or not page.is_relative_to(settings.published):
        return dg.MetadataValue.path(page)
    return dg.MetadataValue.url(f"{base.rstrip('/')}/{quote(page.relative_to(settings.published).as_posix())}")


def about(settings: Settings, version: Version) -> dict[str, dg.MetadataValue]:
    """What Dagster shows of a certified version, with its pages."""
    folder = settings.published / version.version
    values = version.tables.get("kpi_values")
    return {
        "version": dg.MetadataValue.text(version.version),
        "as of": dg.MetadataValue.text(version.as_of.isoformat()),
        "kpi_values": dg.MetadataValue.text(values.content_hash if values else ""),
        "folder": dg.MetadataValue.path(folder),
        "checks": link(settings, folder / "checks.html"),
        "pack": link(settings, folder / PAGE),
    }
