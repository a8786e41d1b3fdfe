"""A published file by hand: every table that a pack reads, empty as its contract says, and a few numbers in them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml

from orchestration.publish.ops import TABLES
from orchestration.publish.restated.history import COLUMNS
from orchestration.report.limits import AT_LEAST, AT_MOST
from orchestration.report.pack.page import read_pack, render
from orchestration.settings import DBT_PROJECT_DIR

FIRST, AS_OF = dt.date(2026, 1, 1), dt.date(2026, 3, 10)
ABOUT = {
    "version": "v000001-0123abcd", "as_of": AS_OF.isoformat(), "certified_at": "2026-03-11 06:00", "passed": 12,
    "warned": 1, "notices": [], "held": [], "currency": "EUR", "multiples": ["mer"], "xmr_multiplier": 2.66,
    "limits_from": [AT_LEAST, AT_MOST],
}  # fmt: skip

# Day, channel: spend, new customers. January: search 90 for 3, social 60 for 0; February: search 100 for 4, social
# 50 for 1; the first ten days of March: search 40 for 1.
DAYS = [
    (dt.date(2026, 1, 5), "search", 60, 2),
    (dt.date(2026, 1, 20), "search", 30, 1),
    (dt.date(2026, 1, 20), "social", 60, 0),
    (dt.date(2026, 2, 3), "search", 70, 3),
    (dt.date(2026, 2, 25), "search", 30, 1),
    (dt.date(2026, 2, 10), "social", 50, 1),
    (dt.date(2026, 3, 2), "search", 40, 1),
]
# Number, decision, team: decided, due, closed.
DECISIONS = [
    ("D-1", "Mend the form", "marketing", "2026-01-12", "2026-02-10", "2026-02-20"),
    ("D-2", "Call the fair", "sales", "2026-02-02", "2026-02-28", None),
    ("D-3", "Ask the lawyers", "sales", "2026-02-23", None, None),
    ("D-4", "Count the leads", "sales", "2026-03-09", "2026-03-10", None),
]


def contracts() -> dict[str, dict[str, str]]:
    """Columns of every mart, by its contract."""
    models = [
        model
        for path in (DBT_PROJECT_DIR / "models" / "marts").glob("*.yml")
        for model in yaml.safe_load(path.read_text())["models"]
    ]
    restatements = {"kpi_restatements": {name: kind for name, (kind, _) in COLUMNS.items()}}
    return restatements | {
        model["name"]: {column["name"]: column["data_type"].replace("string", "varchar") for column in model["columns"]}
        for model in models
    }


def write_serving(folder: Path, days: list[tuple[dt.date, str, Any, int]] = DAYS) -> Path:
    file = folder / "serving.duckdb"
    with duckdb.connect(str(file)) as conn:
        conn.execute("create schema marts")
        for table, columns in contracts().items():
            named = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            conn.execute(f"create table marts.{table} ({named})")
        for table, listed in TABLES.items():
            conn.execute(f"create table marts.{table} ({listed})")
        conn.execute(
            """
            insert into marts.dim_date by name
            select day::date as date_day, date_trunc('week', day)::date as week,
                date_trunc('month', day)::date as month, day::date <= ? as is_elapsed
            from generate_series(?, date '2026-03-31', interval 1 day) as days(day)
            """,
            [AS_OF, FIRST],
        )
        conn.executemany("insert into marts.kpi_values values (" + ", ".join("?" * 15) + ")", kpi_rows(days))
    return file


def kpi_rows(days: list[tuple[dt.date, str, Any, int]]) -> list[list[Any]]:
    """Cells of days and months, in total and by channel, as kpi_values has them."""
    rows = []
    for grain in ("day", "month"):
        cells: dict[tuple[dt.date, str, str], list[Any]] = {}
        for day, channel, spend, customers in days:
            period = day if grain == "day" else day.replace(day=1)
            for dimension, member in (("", ""), ("channel", channel)):
                cell = cells.setdefault((period, dimension, member), [Decimal(0), 0])
                cell[0] += Decimal(str(spend))
                cell[1] += customers
        for (period, dimension, member), (spend, customers) in sorted(cells.items()):
            complete = grain == "day" or period < dt.date(2026, 3, 1)
            place, reading = (grain, period, dimension, member), (complete, True, "1", AS_OF)
            rows.append(["spend", "", *place, spend, spend, 1, 1, "EUR", *reading])
            rows.append(["won", "new_customers", *place, customers, customers, 1, customers, "count", *reading])
            if not dimension:
                cac = spend / customers if customers else None
                rows.append(["cac_blended_media", "", *place, cac, spend, customers, customers, "EUR", *reading])
    return rows


def decide(serving: Path) -> None:
    """Write the decisions into a published file."""
    with duckdb.connect(str(serving)) as conn:
        conn.executemany(
            "insert into marts.fct_decisions (decision_id, decision, owner_team, decided_date, due_date, closed_date) "
            "values (?, ?, ?, ?, ?, ?)",
            DECISIONS,
        )


def write_page(folder: Path, days: list[tuple[dt.date, str, Any, int]] = DAYS, **about: Any) -> Path:
    page = folder / "pack.html"
    page.write_text(render(read_pack(write_serving(folder, days), ABOUT | about)), encoding="utf-8")
    return page
