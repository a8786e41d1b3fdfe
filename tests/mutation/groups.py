"""Which modules are mutated, and the quick tests that must notice; no test here starts dbt."""

from dataclasses import dataclass

PUBLISH, KEEPING, INGEST = "orchestration/publish", "orchestration/ingest/keeping", "orchestration/ingest"


@dataclass(frozen=True)
class Group:
    """Modules that the same tests guard: few of them, for a mutant that survives is tried by each."""

    name: str
    modules: list[str]
    tests: list[str]


LAKE = ["tests/ingest/test_lake.py", "tests/ingest/test_exports.py"]
CERTIFIED = ["tests/publish/test_certify.py", "tests/publish/test_what_was_seen.py", "tests/publish/test_staged.py"]
GATE = ["tests/publish/test_gate.py", "tests/publish/test_gate_anomalies.py", "tests/publish/test_gate_files.py"]
CONSERVATION = ["tests/publish/test_gate_conservation.py"]

GROUPS = [
    Group("disk", ["orchestration/disk.py", "orchestration/durable.py"], ["tests/test_disk.py"]),
    Group("space", [f"{PUBLISH}/space.py"], ["tests/publish/test_space.py"]),
    Group("lock", [f"{PUBLISH}/lock.py"], ["tests/publish/test_lock.py"]),
    Group("keys", [f"{INGEST}/keys.py"], ["tests/ingest/test_keys.py"]),
    Group("seals", [f"{PUBLISH}/seals.py"], ["tests/publish/test_seals.py"]),
    Group(
        "version",
        [f"{PUBLISH}/version.py"],
        [
            "tests/publish/test_shelf.py",
            "tests/publish/test_version.py",
            "tests/trust/test_damage.py::test_a_publish_in_the_middle_of_a_look_is_looked_at_again",
        ],
    ),
    Group("archive", [f"{KEEPING}/archive.py", f"{KEEPING}/commits.py"], ["tests/ingest/test_keeping.py"]),
    Group(
        "lake", [f"{KEEPING}/{name}.py" for name in ("lake", "manifest", "exports")], ["tests/ingest/test_keeping.py"]
    ),
    Group("quarantine", [f"{INGEST}/filing.py", f"{INGEST}/forget.py"], LAKE),
    Group("outcome", [f"{KEEPING}/outcome.py", f"{KEEPING}/rivals.py"], ["tests/ingest/test_explain.py"]),
    Group(
        "checks",
        [f"{PUBLISH}/{name}.py" for name in ("audit", "checks", "evidence")],
        ["tests/publish/test_checks.py", "tests/publish/test_what_was_seen.py"],
    ),
    Group("certify", [f"{PUBLISH}/certify.py"], ["tests/publish/test_checks.py", *CERTIFIED]),
    Group("candidate", [f"{PUBLISH}/{name}.py" for name in ("build", "candidate", "content")], CERTIFIED[:2]),
    Group("staged", [f"{PUBLISH}/{name}.py" for name in ("approval", "staged")], CERTIFIED[2:]),
    Group(
        "gate_days",
        [f"{PUBLISH}/gate/{name}.py" for name in ("days", "headlines", "records", "zeros")],
        ["tests/publish/test_gate_anomalies.py"],
    ),
    Group(
        "gate_moves",
        [f"{PUBLISH}/gate/{name}.py" for name in ("deletions", "restatements", "units", "volumes")],
        ["tests/publish/test_gate_anomalies.py", "tests/publish/test_gate_words.py"],
    ),
    Group("gate_conservation", [f"{PUBLISH}/gate/conservation.py", f"{PUBLISH}/gate/spend_of_files.py"], CONSERVATION),
    Group("gate_files", [f"{PUBLISH}/gate/{name}.py" for name in ("arrivals", "freshness", "history", "every")], GATE),
]
# Of ledger, quarantine, gate and publish, these are not mutated, and why.
LEFT_OUT = {
    f"{PUBLISH}/restated/*": "nearly all of it is SQL in constants, which mutmut leaves alone",
    f"{PUBLISH}/{{files,fingerprint,landed,ops,page,unit_tests}}.py": "held by tests of whole versions and builds",
}
