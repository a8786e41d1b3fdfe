"""Which modules are mutated, and the quick tests that must notice; no test here starts dbt."""

from dataclasses import dataclass

PUBLISH, KEEPING, INGEST = "orchestration/publish", "orchestration/ingest/keeping", "orchestration/ingest"


@dataclass(frozen=True)
class Group:
    """Modules that the same tests guard: few of them, for a mutant that survives is tried by each."""

    name: str
    modules: list[str]
    tests: list[str]


KEEPING_TESTS = [f"tests/ingest/test_{name}.py" for name in ("keys", "keeping", "explain", "outcome")]
FILING_TESTS = [f"tests/ingest/test_{name}.py" for name in ("filing", "lake", "exports")]
SEEN = [f"tests/publish/test_{name}.py" for name in ("checks", "what_was_seen")]
CERTIFIED = [f"tests/publish/test_{name}.py" for name in ("build", "certify", "what_was_seen", "staged")]
BUILT = [f"tests/publish/test_{name}.py" for name in ("build", "candidate", "content", "unit_tests", "what_was_seen")]
RECORDED = [f"tests/publish/test_{name}.py" for name in ("ops", "page")]
GATE = [f"tests/publish/test_gate{name}.py" for name in ("", "_ad_days", "_anomalies", "_files", "_records")]
LANDED = [f"tests/publish/test_gate_{name}.py" for name in ("conservation", "documents", "histories")]
COLUMNS = ["tests/publish/test_gate_columns.py"]
FOLLOWING = [f"tests/publish/test_gate_{name}.py" for name in ("records", "newcomers", "sheets")]


def modules(folder: str, *names: str) -> list[str]:
    """Modules of one folder."""
    return [f"{folder}/{name}.py" for name in names]


GROUPS = [
    Group("disk", modules("orchestration", "disk", "durable"), ["tests/test_disk.py"]),
    Group("space", modules(PUBLISH, "space"), ["tests/publish/test_space.py"]),
    Group("lock", modules(PUBLISH, "lock"), ["tests/publish/test_lock.py"]),
    Group("seals", modules(PUBLISH, "seals"), ["tests/publish/test_seals.py"]),
    Group(
        "version",
        modules(PUBLISH, "version"),
        [
            "tests/publish/test_shelf.py",
            "tests/publish/test_version.py",
            "tests/trust/test_damage.py::test_a_publish_in_the_middle_of_a_look_is_looked_at_again",
        ],
    ),
    Group("lake", modules(KEEPING, "lake", "manifest", "exports"), KEEPING_TESTS[1:2]),
    Group(
        "keeping", modules(INGEST, "keys") + modules(KEEPING, "archive", "commits", "outcome", "rivals"), KEEPING_TESTS
    ),
    Group("quarantine", modules(INGEST, "filing", "forget"), FILING_TESTS),
    Group("checks", modules(PUBLISH, "audit", "checks", "evidence"), SEEN),
    Group("certify", modules(PUBLISH, "certify"), [*SEEN[:1], *CERTIFIED]),
    Group("candidate", modules(PUBLISH, "build", "candidate", "content"), BUILT),
    Group("staged", modules(PUBLISH, "approval", "staged"), CERTIFIED[3:]),
    Group("ops", modules(PUBLISH, "ops", "page"), RECORDED),
    Group(
        "files",
        modules(PUBLISH, "files", "fingerprint", "landed", "unit_tests"),
        [f"tests/publish/test_{name}.py" for name in ("files", "fingerprint", "landed", "unit_tests")],
    ),
    Group("gate_days", modules(f"{PUBLISH}/gate", "days", "headlines", "records", "zeros"), GATE[1:3]),
    Group(
        "gate_moves",
        modules(f"{PUBLISH}/gate", "deletions", "restatements", "units", "volumes"),
        [*GATE[1:3], "tests/publish/test_gate_words.py"],
    ),
    Group("gate_lake", modules(f"{PUBLISH}/gate", "conservation", "spend_of_files", "documents", "histories"), LANDED),
    Group("gate_arrivals", modules(f"{PUBLISH}/gate", "arrivals", "freshness"), GATE[3:]),
    Group("gate", modules(f"{PUBLISH}/gate", "every", "guard", "history", "spend"), GATE),
    Group("gate_again", modules(f"{PUBLISH}/gate", "again", "amounts", "sheets", "standstill", "twins"), FOLLOWING),
    Group("gate_refunds", modules(f"{PUBLISH}/gate", "copies", "refunds"), ["tests/publish/test_gate_refunds.py"]),
    Group("gate_newcomers", modules(f"{PUBLISH}/gate", "newcomers", "words"), FOLLOWING[1:2]),
    Group(
        "gate_columns",
        modules(f"{PUBLISH}/gate", "chance", "columns", "hours", "moments", "orphans", "together"),
        ["tests/publish/test_gate_columns.py"],
    ),
    Group("gate_successors", modules(f"{PUBLISH}/gate", "successors"), FOLLOWING),
    Group("replay", modules(PUBLISH, "replay"), ["tests/publish/test_replay.py"]),
]
# Of ledger, quarantine, gate and publish, these are not mutated, and why.
LEFT_OUT = {
    f"{PUBLISH}/restated/*": "nearly all of it is SQL in constants, which mutmut leaves alone",
}
# What a mutant that nobody notices may be, by a pattern of its lines, and why it says what the code says.
EQUAL = {
    r'^\+.*installed\("DUET"\)': "the name of a package is read in either case",
    r"^\+.*zip\(.*(strict=False|, \))": "names and values of one row are equally many, checked or not",
    r"""^\+.*"varchar" if .*string.* else kind""": "DuckDB knows `string` as another name of `varchar`",
    r"""^\+.*("VARCHAR" if|"READ_ONLY" if|"DETACH SERVING")""": "names of types and options are read in either case",
    r"^\+.*subprocess\.run\(.*text=True, \)": "how a process ended is not checked unless somebody asks for it",
    r"""^\+.*["'] ?(SELECT|FROM|ATTACH|DETACH|CREATE|INSERT|COMMENT|COPY|DESCRIBE|DELETE|UNION|UNION_BY_NAME) """: (
        "SQL in capitals: DuckDB reads its words, names and parameters in either case"
    ),
}
