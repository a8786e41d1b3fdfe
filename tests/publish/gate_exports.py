"""Weekly exports of people, refunds and costs, and what a guard says of the last of them."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.landing.folder import ledger_path, read_ledger
from orchestration.publish.gate.guard import Seen
from orchestration.publish.gate.history import History
from tests.ingest.ingest_files import Landing
from tests.publish.gate_sides import day, history

PEOPLE = "person_id,created_at,email,source_channel,is_test,updated_at\n"
REFUNDS = "refund_id,order_id,refunded_at,amount,currency\n"
COSTS = "month,pool,amount,currency,description\n"
WEEK = timedelta(days=7)
Look = Callable[[History], Seen]


def export_of(week: int) -> datetime:
    """Mondays at noon, from the first of June on."""
    return datetime(2026, 6, 1, 12, tzinfo=UTC) + week * WEEK


def moment(week: int, number: int = 0, later: timedelta = timedelta()) -> str:
    """A moment on the Friday before an export, or later."""
    return (export_of(week) - timedelta(days=3, minutes=number) + later).strftime("%Y-%m-%dT%H:%M:%SZ")


def person(number: int, week: int, channel: str = "referral", touched: int | None = None, **more: str) -> str:
    cells = {
        "id": f"P-{number}", "created": moment(week, number), "email": f"p{number}@example.com", "channel": channel,
        "test": "", "updated": moment(week if touched is None else touched, number),
    } | more  # fmt: skip
    return ",".join(cells.values()) + "\n"


def refund(number: int, week: int, amount: str = "20.00") -> str:
    return f"R-{number},#{number},{moment(week, number)},{amount},USD\n"


def asked(
    landing: Landing, look: Look, *deliveries: dict[str, str], step: timedelta = WEEK, apart: timedelta = timedelta()
) -> list[str]:
    """What a guard says of the last of some deliveries, a week apart, where the others are certified.

    Files of a delivery are written at one moment, or apart.
    """
    known: set[str] = set()
    for week, files in enumerate(deliveries):
        known = {file.file_id for file in read_manifests(landing.settings)}
        for number, (name, content) in enumerate(files.items()):
            moment_of_writing = (export_of(0) + week * step + number * apart).timestamp()
            os.utime(landing.drop(name, content), (moment_of_writing, moment_of_writing))
        landing.ingest()
    files_now = [file for file in read_manifests(landing.settings) if file.status == "loaded"]
    lake, folder = landing.settings.lake, landing.settings.landing
    written = read_ledger(ledger_path(landing.settings)).days
    with history(
        {}, {}, files=files_now, known=sorted(known), as_of=day(90), lake=lake, landing=folder, written=written
    ) as sides:  # fmt: skip
        return list(look(sides).wrong)


def people(*rows: str) -> dict[str, str]:
    return {"people.csv": PEOPLE + "".join(rows)}


def refunds(*rows: str) -> dict[str, str]:
    return {"refunds.csv": REFUNDS + "".join(rows)}


CROWD = [person(number, 0) for number in range(100)]


def costs(months: int, tools: str | None = "100.00") -> dict[str, str]:
    """A sheet of two costs a month from January on; the last month's tools are told."""
    rows = []
    for number in range(1, months + 1):
        amount = tools if number == months else "100.00"
        rows.append(f"2026-{number:02},salaries,5000.00,USD,Team\n")
        rows += [f"2026-{number:02},tools,{amount},USD,Design\n"] if amount else []
    return {"costs.csv": COSTS + "".join(rows)}
