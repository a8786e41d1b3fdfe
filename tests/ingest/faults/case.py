"""One fault: how it is made, what must become of it, and what must be said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.ingest_files import Landing

Outcome = Literal["file rejected", "row rejected", "unrecognised", "accepted", "skipped", "waits", "held", "aborted"]

SPEND = "date,channel,spend,currency,clicks,campaign\n"
GOOD = "2026-03-01,google,10.50,EUR,3,Brand\n"
PEOPLE = "person_id,created_at,email\n"
PERSON = "1,2026-03-01,jane@example.com\n"
CAMPAIGNS = "Day,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions\n"
CAMPAIGN = "2026-03-01,Brand,120236846902150299,EUR,10.50,100,3,1\n"
# Up to a thousandth of the rows and of the money may be set aside.
MANY = 1500


# Where anomalies are proved to be held for a person.
GATE, GATE_FILES = "tests/publish/test_gate_anomalies.py::", "tests/publish/test_gate_files.py::"
GATE_DAYS = "tests/publish/test_gate_ad_days.py::"


@dataclass(frozen=True)
class Case:
    """One row of the catalogue."""

    id: str
    fault: str
    outcome: Outcome
    content: str | bytes | None = None
    says: str = ""  # in a problem of the file, or in a note where it is accepted
    loaded: int | None = None
    name: str = "export.csv"
    steps: Callable[[Landing], FileOutcome] | None = None  # where one file is not enough
    proved_by: str = ""  # a test elsewhere that runs it: file::function
    reason: str = ""  # why it is not run


def bad(row: str, header: str = SPEND, good: str = GOOD) -> str:
    """A row among so many good ones that it alone is set aside."""
    return header + good * MANY + row + "\n"


def spend(*rows: str) -> str:
    """A small file of good and given rows."""
    return SPEND + GOOD + "".join(row + "\n" for row in rows)
