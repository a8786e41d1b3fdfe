"""Writes Lumen & Oak's exports into a landing folder: same seed and scale, same bytes and file times."""

import datetime as dt
import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from orchestration.demo.exports.alignment_sheets import alignment_files
from orchestration.demo.exports.care_sheets import care_files
from orchestration.demo.exports.files import ExportFile
from orchestration.demo.exports.google_ads import google_ads_files
from orchestration.demo.exports.hubspot import hubspot_files
from orchestration.demo.exports.hubspot_deals import hubspot_deal_files
from orchestration.demo.exports.hubspot_engagements import hubspot_engagement_files
from orchestration.demo.exports.meta_ads import meta_ads_files
from orchestration.demo.exports.salesforce import salesforce_files
from orchestration.demo.exports.shopify import shopify_files
from orchestration.demo.exports.templates import template_files
from orchestration.demo.simulate import simulate

DIALECTS = (
    google_ads_files, meta_ads_files, hubspot_files, hubspot_deal_files, hubspot_engagement_files, salesforce_files,
    shopify_files, template_files, care_files, alignment_files,
)  # fmt: skip


def write_demo(landing: Path, scale: int = 1, seed: int = 7) -> None:
    """Write every export; a file that already holds the same bytes is left alone but for its time."""
    for export in export_files(scale, seed):
        path = landing / export.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != export.content:
            path.write_bytes(export.content)
        written = export.written_at.replace(tzinfo=dt.UTC).timestamp()
        os.utime(path, (written, written))


def export_files(scale: int = 1, seed: int = 7) -> Iterable[ExportFile]:
    """Every export of the company, one at a time."""
    company = simulate(scale, seed)
    return chain.from_iterable(dialect(company) for dialect in DIALECTS)


def strangers(landing: Path, folder: Path) -> list[Path]:
    """Files of other people in the landing folder, outside the folder of the demo."""
    files = (path for path in sorted(landing.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return [path for path in files if folder not in path.parents]
