"""Whether the archive still gives the version that is online: asked by a job of its own, for it builds everything."""

import tempfile
from pathlib import Path

import dagster as dg

from orchestration.publish.replay import replay
from orchestration.rules import load_rules
from orchestration.settings import get_settings

REPLAY = dg.AssetCheckKey(dg.AssetKey("published_version"), "archive_gives_the_same_version")


@dg.asset_check(
    asset=REPLAY.asset_key,
    name=REPLAY.name,
    description="Built again from the archive alone, the version online has the same content, value for value.",
)
def archive_gives_the_same_version() -> dg.AssetCheckResult:
    """A house of its own, empty but for archive and secret, gone afterwards."""
    settings = get_settings()
    settings.state.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.state, prefix="replay-") as folder:
        found = replay(settings, load_rules(settings.config), Path(folder))
    return dg.AssetCheckResult(
        passed=found.is_same,
        metadata={
            "version": found.version,
            "archived files": found.files,
            "content hash online": found.expected,
            "content hash replayed": found.found,
            "tables that differ": ", ".join(found.differing) or "none",
        },
    )
