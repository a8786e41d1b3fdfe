"""Where people find a page: a link where the data folder is served to them, else the place on the disk."""

from pathlib import Path
from urllib.parse import quote

import dagster as dg

from orchestration.settings import Automation, Settings


def link(settings: Settings, page: Path) -> dg.MetadataValue:
    """A link below DUET_PUBLISHED_URL for what lies in the published folder, else a path to copy."""
    base = Automation().published_url
    if base is None or not page.is_relative_to(settings.published):
        return dg.MetadataValue.path(page)
    return dg.MetadataValue.url(f"{base.rstrip('/')}/{quote(page.relative_to(settings.published).as_posix())}")
