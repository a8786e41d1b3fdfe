"""Builds the models over millions of invented people: `python -m benchmarks.people 5000000`."""

import sys
import tempfile
from pathlib import Path

from benchmarks.invented import build, report, write_part
from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.lake import prepare
from orchestration.settings import Settings

# Two and a half years of leads, early enough for all that becomes of them to be told; four in ten are known to HubSpot
# and to a log of our own, as many to both CRMs, the rest to Salesforce alone.
CREATED = "timestamp '2023-07-01' + to_seconds((i * 7919 % 77760000)::bigint)"
IN_HUBSPOT, IN_SALESFORCE, IN_OWN_LOG = "i % 10 < 8", "i % 10 >= 4", "i % 10 < 4"
# How far a person comes: of 100, 70 become MQL, 50 are accepted, 30 qualified; most come back once or twice.
DEPTH = "(i * 104729 % 100)"

# What a log says, the stage that it means, how many of 100 get there, the days after creation and their spread.
STEPS = (
    ("Open", "lead", 100, 0, 2), ("Working", "mql", 90, 1, 3), ("MQL", "mql", 70, 2, 20),
    ("Accepted", "sal", 50, 22, 10), ("Qualified", "sql", 30, 32, 20), ("Nurturing", "recycled", 60, 52, 10),
    ("MQL", "mql", 50, 62, 10), ("Accepted", "sal", 30, 72, 10), ("Nurturing", "recycled", 40, 82, 10),
    ("MQL", "mql", 30, 92, 20), ("Accepted", "sal", 20, 112, 10), ("Qualified", "sql", 15, 122, 30),
    ("Unqualified", "disqualified", 15, 152, 10),
)  # fmt: skip


def at(days: int, spread: int) -> str:
    """An instant some days after creation, other for every person."""
    return f"{CREATED} + to_seconds(({days} * 86400 + i * 31 % {spread * 86400})::bigint)"


def write_people(lake: Path, people: int) -> int:
    """Write the exports' rows as ingest would have left them; returns how many stage events they tell."""
    prepare(lake, load_sources())
    with connect() as conn:
        everybody = f"range({people}) t(i)"
        write_part(conn, lake, "hubspot/contacts", f"{everybody} where {IN_HUBSPOT}", {
            "contact_key": "md5('h' || i)", "email_key": "md5('e' || i)", "created_at": CREATED, "updated_at": CREATED,
            "original_source": "['Paid search', 'Organic search', 'Direct traffic', 'Referrals'][1 + i % 4]",
            "owner": "'o' || i % 40", "lifecycle_stage": "'lead'", "became_lead_at": CREATED,
            "became_mql_at": f"case when {DEPTH} < 70 then {at(2, 20)} end",
            "became_sql_at": f"case when {DEPTH} < 30 then {at(32, 20)} end",
        })  # fmt: skip
        write_part(conn, lake, "salesforce/leads", f"{everybody} where {IN_SALESFORCE}", {
            "lead_key": "md5('l' || i)", "email_key": "md5('e' || i)", "created_at": CREATED, "updated_at": CREATED,
            "lead_source": "['Web', 'Event', 'Partner', 'Cold Call'][1 + i % 4]", "owner_id": "'o' || i % 40",
            "status": "'New'",
        })  # fmt: skip
        write_part(conn, lake, "template/people", f"{everybody} where {IN_OWN_LOG}", {
            "person_key": "md5('t' || i)", "email_key": "md5('e' || i)", "created_at": CREATED,
            "source_channel": "['Paid search', 'Organic search', 'Direct traffic', 'Referrals'][1 + i % 4]",
        })  # fmt: skip
        log = 0
        for step, (status, stage, reach, days, spread) in enumerate(STEPS):
            came_far = f"{DEPTH} < {reach}"
            in_salesforce = f"{everybody} where {IN_SALESFORCE} and {came_far}"
            log += write_part(conn, lake, "salesforce/lead_history", in_salesforce, {
                "history_id": f"'{step}-' || i", "lead_key": "md5('l' || i)", "field": "'Status'",
                "new_value": f"'{status}'", "changed_at": at(days, spread),
            }, f"step{step}")  # fmt: skip
            log += write_part(conn, lake, "template/stage_events", f"{everybody} where {IN_OWN_LOG} and {came_far}", {
                "person_key": "md5('t' || i)", "stage": f"'{stage}'", "entered_at": at(days, spread),
                "owner": "'o' || i % 40",
            }, f"step{step}")  # fmt: skip
    return log


def main() -> None:
    """Print the slowest models, their sum and the peak of memory."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), as_of="2026-06-30", engine="duckdb")
        events = write_people(settings.lake, people)
        report(f"{people:,} people, {events:,} logged stage events", *build(settings, *sys.argv[2:]))


if __name__ == "__main__":
    main()
