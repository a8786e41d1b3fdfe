"""The semantic layer as dbt writes it for MetricFlow: metrics beside what was read of the project for builds."""

import hashlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgpack
import pytest

from orchestration.engine.dbt import invoke
from orchestration.engine.manifest import PARTIAL, load_manifest, parsed
from orchestration.rules import load_rules
from orchestration.settings import ROOT, Settings


@cache
def read_semantic_manifest() -> str:
    """semantic_manifest.json; of the project dbt reads the metrics alone, where the rest has been read before."""
    settings, rules = Settings(), load_rules(ROOT / "duet.yml")
    load_manifest(settings, rules)
    read = msgpack.unpackb((parsed(settings) / PARTIAL).read_bytes(), strict_map_key=False)
    # dbt reads everything again when a variable of dbt_project.yml has another value.
    read["state_check"]["project_env_vars_hash"]["checksum"] = hashlib.sha256(
        b"DUET_SEMANTIC_PATH:semantic|"
    ).hexdigest()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as environment:
        target = Path(folder)
        (target / PARTIAL).write_bytes(msgpack.packb(read))
        environment.setenv("DUET_SEMANTIC_PATH", "semantic")
        result = invoke(["parse", "--quiet"], settings, rules, target)
        assert result.success, result.exception
        return (target / "semantic_manifest.json").read_text(encoding="utf-8")
