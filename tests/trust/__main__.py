"""`make trust`: puts every promise to the test, prints promise, tried, held, and writes docs/trust.md from it."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from orchestration.settings import ROOT
from tests.trust.promises import PROMISES, Promise
from tests.trust.record import FOLDER

PAGE = ROOT / "docs/trust.md"
HEAD = """# What Duet promises, tried

Written by `make trust`, on {cores} cores ({system}, Python {python}); `make trust ONLY=damage` tries one again.
Long trials go on where they were cut off, or stopped by `MINUTES=30`, as long as the code is the same.
The tests are in `tests/trust`; `make test` runs a sample of most.

| promise | tried by | tried | held | figures | on |
|---|---|---|---|---|---|
"""
SLIPS = "\n## What did not hold, by name\n"


@dataclass(frozen=True)
class Result:
    """What the trials of one promise came to; a promise that was not tried says why."""

    promise: Promise
    tried: int
    held: int
    figures: dict[str, Any]
    why_not: str = ""
    slips: Sequence[str] = ()

    @property
    def is_kept(self) -> bool:
        """Whether it was tried and held each time, or as often as was promised."""
        return self.tried > 0 and self.held >= self.tried * self.promise.at_least

    def shown(self) -> list[str]:
        """The last three columns."""
        if self.why_not:
            return ["not tried", "", self.why_not]
        return [f"{self.tried:,}", f"{self.held:,}", _told(self.figures)]


def _told(figures: Any) -> str:
    if not isinstance(figures, dict):
        return f"{figures:,}" if isinstance(figures, int) else str(figures)
    return ", ".join(f"{name} {_told(value)}" for name, value in figures.items())


def put_to_the_test(promise: Promise) -> Result:
    """Run its test in a process of its own and read what it recorded, or what pytest counted."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch, "report.xml")
        options = ["-q", "-p", "no:xdist", "-m", "", f"--junitxml={report}"]
        command = [sys.executable, "-m", "pytest", *options, promise.test]
        started = time.monotonic()
        ended = subprocess.run(
            command, cwd=ROOT, env=os.environ | {FOLDER: scratch}, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            print(ended.stdout[-4000:], flush=True)
        took = {"seconds": round(time.monotonic() - started)}
        suite = next(ElementTree.parse(report).iter("testsuite"))
        skipped = next(suite.iter("skipped"), None)
        record = Path(scratch, f"{promise.id}.json")
        if promise.is_counted_by_pytest:
            tried = int(suite.attrib["tests"])
            failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
            return Result(promise, tried, tried - failed, took)
        if record.exists():
            content = json.loads(record.read_text())
            held = content["held"] if ended.returncode == 0 else min(content["held"], content["tried"] - 1)
            return Result(promise, content["tried"], held, content["figures"] | took, slips=content["slips"])
        if skipped is not None:
            return Result(promise, 0, 0, {}, skipped.attrib.get("message", "skipped"))
        return Result(promise, 0, 0, {}, "its test ended before it had tried anything")


def print_table(results: Sequence[Result]) -> None:
    """The table for people at a terminal."""
    table = Table("promise", "tried", "held", "figures", show_lines=True)
    for result in results:
        table.add_row(result.promise.says, *result.shown())
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def write_page(results: Sequence[Result]) -> None:
    """The same for docs/trust.md; the rows of what was not put to the test this time stay, with their day."""
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in rows_of_page()}
    for one in results:
        cells = [one.promise.says, one.promise.tried_by, *one.shown(), str(date.today())]
        rows[one.promise.says] = f"| {' | '.join(cells)} |"
    told = [rows[promise.says] for promise in PROMISES if promise.says in rows]
    slips = slips_of_page() | {one.promise.says: list(one.slips) for one in results}
    below = [
        f"\n### {promise.says}\n\n" + "".join(f"- {slip}\n" for slip in slips[promise.says])
        for promise in PROMISES
        if slips.get(promise.says)
    ]
    head = HEAD.format(cores=os.cpu_count(), system=platform.system(), python=platform.python_version())
    PAGE.write_text(head + "".join(f"{row}\n" for row in told) + (SLIPS if below else "") + "".join(below))


def slips_of_page() -> dict[str, list[str]]:
    """What did not hold, by promise, as the page names it."""
    found: dict[str, list[str]] = {}
    for line in PAGE.read_text().splitlines() if PAGE.exists() else []:
        if line.startswith("### "):
            found[line.removeprefix("### ")] = slips = []
        elif line.startswith("- "):
            slips.append(line.removeprefix("- "))
    return found


def rows_of_page() -> list[str]:
    """The rows of the page as it is."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return [line for line in lines if line.startswith("| ")][1:]


def main(chosen: Sequence[str]) -> int:
    """Put the promises to the test, all of them or those that are named; 0 where each was kept."""
    results = []
    for promise in PROMISES:
        if not chosen or promise.id in chosen:
            results.append(put_to_the_test(promise))
            print(f"{promise.id}: {' '.join(results[-1].shown())}", flush=True)
    print_table(results)
    write_page(results)
    return 0 if all(result.is_kept or result.why_not.startswith("only root") for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
