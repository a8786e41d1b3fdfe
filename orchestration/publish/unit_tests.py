"""dbt's unit tests: asked once of the same models, rules and libraries, because they say the same over every lake."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from orchestration import durable
from orchestration.engine.inputs import rules_stamp
from orchestration.settings import Settings

KIND = "unit_test."
WITHOUT = ("--exclude-resource-type", "unit_test")


def kept_results(settings: Settings) -> list[dict[str, Any]]:
    """What the unit tests said of the models and rules of the build at hand; nothing where these are others."""
    stamp, place = rules_stamp(settings), _place(settings)
    if stamp is None or not place.exists():
        return []
    kept = json.loads(place.read_bytes())
    results: list[dict[str, Any]] = kept["results"] if kept["rules"] == stamp else []
    return results


def keep_results(settings: Settings, results: list[dict[str, Any]], every: Collection[str]) -> None:
    """Remember a build in which every unit test ran and passed; of any other all are asked again in the next build."""
    asked = [result for result in results if result["unique_id"].startswith(KIND)]
    passed = {result["unique_id"] for result in asked if result["status"] == "pass"}
    if asked and passed == set(every):
        durable.write_json(_place(settings), {"rules": rules_stamp(settings), "results": asked})
    elif asked:
        _place(settings).unlink(missing_ok=True)


def _place(settings: Settings) -> Path:
    return settings.state / "unit_tests.json"
