"""The commands of a page and what it says that they print.

A fence that begins with ```sh holds commands of the reader; the word behind it says how they are run:
nothing: they succeed; `fails`: they end with an error, which the page explains; `demo`: they succeed after `duet demo`;
`setup`: what every test has behind it; `shown`: what somebody saw on a day that cannot be repeated; `root`: they change
the reader's machine. The last three are read and not run. A fence without a word after such a fence is
what is printed: lines in this order, with … for what does not matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
# What differs from run to run: versions, runs, seconds, dates of today.
VARYING = [
    (re.compile(r"v\d{6}-[0-9a-f]{8}"), "VERSION"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "RUN"),
    (re.compile(r"\(\d+\.\d s\)"), "(SECONDS)"),
    (re.compile(r"\s+"), " "),
]


@dataclass
class Step:
    """Commands, and the lines that the page shows below them."""

    how: str
    commands: str
    shown: list[str] = field(default_factory=list)


def steps_of(page: Path) -> list[Step]:
    """Every fence of commands of a page, in order."""
    steps: list[Step] = []
    for fence in FENCE.finditer(page.read_text()):
        word, _, how = fence["info"].strip().partition(" ")
        if word == "sh":
            steps.append(Step(how, fence["text"]))
        elif word == "" and steps:
            steps[-1].shown += fence["text"].splitlines()
    return steps


def missing(shown: list[str], said: str) -> Iterator[str]:
    """The lines of the page that are not in what was said, or not in this order."""
    lines = iter([plain(line) for line in said.splitlines()])
    for line in shown:
        if line.strip() in ("", "…"):
            continue
        parts = [re.escape(part) for part in plain(line).split("…")]
        pattern = re.compile(".*".join(parts))
        if not any(pattern.search(other) for other in lines):
            yield line


def plain(line: str) -> str:
    """A line without what differs from run to run."""
    for pattern, word in VARYING:
        line = pattern.sub(word, line)
    return line.strip()
