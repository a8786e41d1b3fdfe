"""What Dagster's pages need before they open: a folder to remember runs in, and what each column is made of."""

import os
import shutil
from pathlib import Path

from orchestration.engine.lineage import keep_lineage
from orchestration.ingest.contracts.sources import load_sources
from orchestration.settings import ROOT, Settings


def prepare_dagster_home(settings: Settings) -> Path:
    """The folder in which Dagster remembers runs, telemetry off; DAGSTER_HOME where it is set."""
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(settings.state / "dagster")))
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(ROOT / "dagster.yaml", home / "dagster.yaml")
    return home


def keep_columns(settings: Settings) -> int:
    """Work out what changed models made of their columns; a refresh does not pay for it, who looks at pages does."""
    streams = {
        (source.source, name): list(stream.lake_schema())
        for source in load_sources().values()
        for name, stream in source.streams.items()
    }
    return keep_lineage(settings, streams)
