"""What each source delivers, as an asset of its own: fresh by when its files came, not by when we last looked."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg

from orchestration import durable
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.manifest import Manifest, read_manifests
from orchestration.publish.gate.freshness import expected_days
from orchestration.rules import load_rules
from orchestration.settings import Settings, get_settings

FILES = "files, as one hash"


def delivery_key(source: str) -> dg.AssetKey:
    """The asset that stands for the files of a source."""
    return dg.AssetKey(["deliveries", source])


def delivery_specs(days: Mapping[str, int]) -> list[dg.AssetSpec]:
    """One asset per source that people or connectors export from; late as the gate has it, a day later failed."""
    return [
        dg.AssetSpec(
            key=delivery_key(name),
            group_name="landing",
            description=f"Exports of {source.title}, as people or connectors drop them below data/landing.",
            kinds={"file"},
            owners=["team:data"],
            tags={"layer": "landing"},
            freshness_policy=_policy(days[name]) if name in days else None,
        )
        for name, source in load_sources().items()
        if source.formats
    ]


def _policy(days: int) -> dg.FreshnessPolicy:
    """A delivery of today tells of yesterday; so one more day than its age may be passes before it is missed."""
    late, failed = dt.timedelta(days=days + 1), dt.timedelta(days=days + 2)
    return dg.FreshnessPolicy.time_window(fail_window=failed, warn_window=late)


def arrived(context: dg.AssetExecutionContext, settings: Settings) -> Iterator[dg.AssetMaterialization]:
    """The sources whose files are not those of which Dagster heard last; how often each comes is kept for the next."""
    files: dict[str, list[Manifest]] = {}
    for manifest in read_manifests(settings):
        if manifest.status == "loaded" and manifest.source is not None:
            files.setdefault(manifest.source, []).append(manifest)
    _keep_rhythm(settings, [manifest for theirs in files.values() for manifest in theirs])
    for source, theirs in sorted(files.items()):
        found = hashlib.sha256("".join(sorted(one.file_id for one in theirs)).encode()).hexdigest()
        if not load_sources()[source].formats or found == _heard_last(context, source):
            continue
        newest = max(theirs, key=lambda one: str(one.landed_at))
        about = {"newest": newest.name, "landed at (UTC)": str(newest.landed_at), FILES: found}
        yield dg.AssetMaterialization(delivery_key(source), metadata={"files": len(theirs), **about})


def _heard_last(context: dg.AssetExecutionContext, source: str) -> object:
    event = context.instance.get_latest_materialization_event(delivery_key(source))
    heard = event.asset_materialization if event else None
    return heard.metadata[FILES].value if heard and FILES in heard.metadata else None


def _keep_rhythm(settings: Settings, files: list[Manifest]) -> None:
    rules = load_rules(settings.config)
    days = expected_days(files, rules.sources, settings.as_of_date(rules.reporting_timezone))
    durable.write_json(_place(settings), days)


def known_rhythm(settings: Settings) -> dict[str, int]:
    """Days between two deliveries of each source: what duet.yml declares now, else what the last run saw."""
    try:
        seen: dict[str, int] = json.loads(_place(settings).read_text())
    except (FileNotFoundError, ValueError):
        seen = {}
    declared = load_rules(settings.config).sources
    return seen | {name: said.max_age_days for name, said in declared.items() if said.max_age_days is not None}


def _place(settings: Settings) -> Path:
    return settings.state / "rhythm.json"


@dg.definitions
def defs() -> dg.Definitions:
    """The deliveries of every source in orchestration/sources."""
    return dg.Definitions(assets=delivery_specs(known_rhythm(get_settings())))
