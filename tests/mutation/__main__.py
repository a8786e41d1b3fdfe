"""`make mutation`: changes the guarded modules one expression at a time; tests or types must notice. Writes a page."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePath

from orchestration.settings import ROOT
from tests.mutation.groups import EQUAL, GROUPS, LEFT_OUT, Group

PAGE = ROOT / "docs/mutation.md"
HEAD = """# Would a test notice?

Written by `make mutation` (mutmut {version}): each mutant is the code with one expression changed, such as `<` for
`<=` or a text in capitals. Noticed: a test fails or runs for ever, or `make types` refuses it. The modules are those of
ledger, quarantine, gate and publish; `tests/mutation/groups.py` says which tests must notice, none of which starts dbt.
`make mutation ONLY=seals` tries one group again. Some that neither notices are equal to the code, which is why no test
can; the shares count them as not noticed all the same.

| module | mutants | types refuse | tests notice | neither | equal | noticed | of those types let through | on |
|---|---|---|---|---|---|---|---|---|
"""
# mutmut's exit codes: types refuse it; a test failed, ran too long or crashed. With any other it slipped through.
TYPES = 37
TESTS = {1, 3, 24, 36, 152, 255, -9, -11, -24}
SHOW = """
import json, sys
from mutmut.mutation.diff_apply import get_diff_for_mutant
print(json.dumps([get_diff_for_mutant(name) for name in sys.argv[1:]]))
"""
# Made before mutmut forks: each mutant would read all contracts and write an empty lake of its own, a second each.
ONCE = """
from tests.models.lake_parts import _empty_lake

_empty_lake()
"""
CONFIGURATION = """
[tool.mutmut]
source_paths = ["orchestration"]
only_mutate = {modules}
also_copy = {also}
process_isolation = "forkserver"
use_git_change_detection = false
pytest_add_cli_args = ["-p", "no:xdist", "-p", "no:cacheprovider", "-m", "not slow"]
pytest_add_cli_args_test_selection = {tests}
type_check_command = {types}
"""


def copy_of_project(folder: Path) -> list[str]:
    """Everything that git knows, as it is in the working tree; the names at the top beside code and tests."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    for name in filter(None, listed):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return sorted(
        path.name for path in folder.iterdir() if path.name not in ("orchestration", "tests", "pyproject.toml")
    )


def configure(group: Group, folder: Path) -> list[str]:
    """Tell mutmut what to change and what must notice; the modules of the group, by name."""
    also = copy_of_project(folder)
    modules = [str(path.relative_to(folder)) for pattern in group.modules for path in sorted(folder.glob(pattern))]
    types = ["mypy", "--output", "json", "--follow-imports", "silent", "--disable-error-code", "unused-ignore"]
    with (folder / "pyproject.toml").open("a") as file:
        file.write(
            CONFIGURATION.format(
                modules=json.dumps(modules),
                also=json.dumps(also),
                tests=json.dumps(group.tests),
                types=json.dumps([*types, *modules]),
            )
        )
    with (folder / "tests/conftest.py").open("a") as file:
        file.write(ONCE)
    return modules


def mutate(group: Group, folder: Path) -> dict[str, dict[str, int]]:
    """How mutmut ended for each mutant of each module; what it printed, where it did not come to its end."""
    modules = configure(group, folder)
    environment = os.environ | {
        "PYTHONPATH": "",
        "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache/mutation"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "mutmut", "run"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    metas = {module: folder / "mutants" / f"{module}.meta" for module in modules}
    missing = [module for module, meta in metas.items() if not meta.exists()]
    fates = {module: json.loads(meta.read_text()) for module, meta in metas.items() if meta.exists()}
    codes = {module: told["exit_code_by_key"] for module, told in fates.items()}
    if missing or any(code is None for one in codes.values() for code in one.values()):
        raise SystemExit(f"{group.name}: mutmut did not come to its end\n{ended.stdout[-3000:]}{ended.stderr[-3000:]}")
    for told in fates.values():
        for name, error in told["type_check_error_by_key"].items():
            print(f"refused by types: {name}: {error}")
    return {module: one for module, one in codes.items() if one}


def unnoticed(codes: dict[str, int], folder: Path) -> list[str]:
    """The mutants that neither tests nor types noticed, each as the lines that differ."""
    names = [name for name, code in codes.items() if code not in {TYPES, *TESTS}]
    told = subprocess.check_output([sys.executable, "-c", SHOW, *names], cwd=folder, text=True)
    diffs: list[str] = json.loads(told.splitlines()[-1])
    return diffs


def is_equal(diff: str) -> bool:
    """Whether a mutant is known to say what the code says."""
    return any(re.search(pattern, diff, re.MULTILINE) for pattern in EQUAL)


def fates_of(codes: Iterable[int], equal: int) -> list[int]:
    """How many mutants there were, how many types refuse, tests notice and nobody notices, and how many cannot be."""
    counted = Counter("types" if code == TYPES else "tests" if code in TESTS else "nobody" for code in codes)
    return [counted.total(), counted["types"], counted["tests"], counted["nobody"], equal]


def row_of(module: str, fates: Sequence[int], day: str) -> str:
    """One line of the page."""
    mutants, _, tests, nobody, _ = fates
    shares = [f"{1 - nobody / max(mutants, 1):.0%}", f"{tests / max(tests + nobody, 1):.0%}"]
    return f"| {' | '.join([module, *map(str, fates), *shares, day])} |"


def write_page(rows: dict[str, str]) -> None:
    """Rows of modules that were not tried this time stay, with their day; the last line adds all of them up."""
    known = {line.split(" | ")[0].removeprefix("| "): line for line in rows_of_page()} | rows
    known = {module: known[module] for module in sorted(known) if (ROOT / module).exists()}
    every = [[int(cell) for cell in line.split(" | ")[1:6]] for line in known.values()]
    lines = [*known.values(), row_of("all of them", [sum(column) for column in zip(*every, strict=True)], "")]
    tried = [PurePath(module) for module in known]
    waiting = [group.name for group in GROUPS if not any(path.match(one) for path in tried for one in group.modules)]
    told = [f"- `{modules}`: {why}" for modules, why in LEFT_OUT.items()]
    told += [f"- the group `{name}`: not tried yet" for name in waiting]
    equal = [f"- {why}" for why in EQUAL.values()]
    body = "\n".join([*lines, "", "Equal to the code:", "", *equal, "", "Not mutated:", "", *told])
    PAGE.write_text(f"{HEAD.format(version=version('mutmut'))}{body}\n")


def rows_of_page() -> list[str]:
    """The rows of the page as it is."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return [line for line in lines if line.startswith("| orchestration/")]


def main(chosen: Sequence[str]) -> None:
    """Mutate all groups, or those that are named, and show what nobody noticed."""
    for group in GROUPS:
        if chosen and group.name not in chosen:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            found = mutate(group, Path(scratch))
            rows = {}
            for module, codes in found.items():
                slipped = unnoticed(codes, Path(scratch))
                print(*slipped, sep="\n")
                equal = sum(is_equal(diff) for diff in slipped)
                rows[module] = row_of(module, fates_of(codes.values(), equal), str(date.today()))
        print(*rows.values(), sep="\n", flush=True)
        write_page(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
