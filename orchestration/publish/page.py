"""checks.html: every check of a candidate or a version on one page that needs no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, StrictUndefined, Template

from orchestration.publish.approval import Approval
from orchestration.publish.checks import Check

Outcome = Literal["failed", "held", "approved", "warning", "passed"]
# What a person must act on comes first.
ORDER: list[Outcome] = ["failed", "held", "approved", "warning", "passed"]
WORDS = {
    "certified": "Certified: every blocking check passed.",
    "approved": "Certified: every blocking check passed, and a person approved what was unusual.",
    "held": "Held: every blocking check passed, something is unusual, and a person must look before it is published.",
    "failed": "Not published: a blocking check failed or did not run.",
}


@dataclass(frozen=True)
class About:
    """Which candidate or version the page speaks of."""

    run: str
    as_of: date | None
    audited_at: datetime | None
    content_hash: str = ""
    version: str | None = None
    approval: Approval | None = None


def outcome_of(check: Check, approved: bool) -> Outcome:
    """A check in one word."""
    if check.passed:
        return "passed"
    if check.severity == "hold":
        return "approved" if approved else "held"
    return "failed" if check.severity == "block" else "warning"


def render(about: About, checks: Sequence[Check]) -> str:
    """The page; the same checks give the same bytes."""
    named = {check.id for check in about.approval.checks} if about.approval else set()
    rows = [(outcome_of(check, check.id in named), check) for check in checks]
    rows.sort(key=lambda row: (ORDER.index(row[0]), row[1].layer, row[1].id))
    counts = {word: sum(outcome == word for outcome, _ in rows) for word in ORDER}
    state = "failed" if counts["failed"] else "held" if counts["held"] else "approved" if named else "certified"
    layers = sorted({check.layer for check in checks})
    return _template().render(about=about, rows=rows, counts=counts, words=WORDS[state], state=state, layers=layers)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(Path(__file__).with_name("checks.html").read_bytes().decode())
