"""The certified versions as they lie on disk, and a way past those that are damaged."""

from typing import Any

from orchestration.publish.lock import RunInProgress, run_lock
from orchestration.publish.version import damage, finish_switch, names, read_version, shelf
from orchestration.settings import Settings


def list_versions(settings: Settings) -> list[dict[str, Any]]:
    """Everything that `duet versions --json` prints: each manifest, what is wrong with it, whether it is online."""
    online = shelf(settings).online
    return [_describe(settings, name, online.version if online else None) for name in names(settings)]


def _describe(settings: Settings, name: str, online: str | None) -> dict[str, Any]:
    version = read_version(settings, name)
    manifest = version.model_dump(mode="json") if version else {"version": name}
    return manifest | {"damage": damage(settings, name), "online": name == online}


def put_right(settings: Settings) -> list[str]:
    """Lead whoever reads the published folder past what is damaged, where we may write there; the alarms."""
    alarms = shelf(settings).alarms
    if not alarms:
        return []
    try:
        with run_lock(settings):
            return finish_switch(settings)
    except (RunInProgress, OSError) as error:
        return [*alarms, f"BI tools may still read what is damaged: {error}"]
