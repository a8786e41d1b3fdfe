"""A candidate and the version online by hand: only the tables and columns that the gate looks at."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from orchestration.engine.connection import connect
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import Seen
from orchestration.publish.gate.history import History
from orchestration.rules import Rules

TABLES = {
    "fct_spend_history": "source varchar, account_key varchar, breakdown varchar, spend_date date, currency varchar, "
    "file_id varchar, is_current boolean, is_feeding boolean, export_number bigint, age_days bigint, "
    "spend_in_currency decimal(20, 6), impressions bigint, clicks bigint, conversions decimal(20, 6), "
    "report_rows bigint",
    "fct_spend": "source varchar, account_id varchar, campaign_id varchar, campaign_name varchar, spend_date date, "
    "currency varchar, spend_in_currency decimal(20, 6), impressions bigint, clicks bigint, report_rows bigint",
    "fct_orders": "source varchar, order_id varchar, order_date date, currency varchar, gross decimal(20, 6)",
    "fct_refunds": "refund_id varchar, order_id varchar, currency varchar, amount decimal(20, 6)",
    "fct_opportunities": "source varchar, opportunity_id varchar, status varchar, created_date date, closed_date date, "
    "currency varchar, amount_in_currency decimal(20, 6)",
    "dim_persons": "person_id bigint, is_excluded boolean, lead_date date, mql_date date, sal_date date, "
    "sql_date date, opportunity_date date, won_date date",
    "fct_costs": "pool varchar, month date, currency varchar, amount_in_currency decimal(20, 6)",
    "bridge_person_records": "source varchar, record_key varchar, role varchar, first_seen_date date",
    "bridge_deal_records": "source varchar, record_id varchar, fate varchar, created_date date",
    "kpi_values": "kpi varchar, variant varchar, grain varchar, period date, dimension varchar, member varchar, "
    "value decimal(28, 8), numerator decimal(28, 8), denominator decimal(28, 8), n bigint, unit varchar, "
    "is_complete boolean",
}
Rows = dict[str, list[dict[str, Any]]]
MONDAY = date(2026, 5, 4)


def day(number: int) -> date:
    """Days are counted from a Monday."""
    return MONDAY + timedelta(days=number)


def ad_days(first: int, last: int, file: str = "old", **figures: Any) -> list[dict[str, Any]]:
    """Rows of fct_spend_history for a stretch of days: 100.00 and 50 clicks a day where nothing else is said."""
    usual = {
        "source": "google_ads", "account_key": "111", "breakdown": "campaign", "currency": "USD", "file_id": file,
        "is_current": True, "is_feeding": True, "export_number": 1, "age_days": 1, "spend_in_currency": 100,
        "impressions": 1000, "clicks": 50, "conversions": 5, "report_rows": 2,
    }  # fmt: skip
    return [usual | {"spend_date": day(number)} | figures for number in range(first, last + 1)]


def values(kpi: str, grain: str, figures: Sequence[float], step: int = 7, **more: Any) -> list[dict[str, Any]]:
    """Complete periods of a KPI, one after the other."""
    usual = {"kpi": kpi, "variant": "", "grain": grain, "dimension": "", "member": "", "unit": "USD"}
    return [
        usual | {"is_complete": True, "period": day(number * step), "value": figure, "numerator": figure} | more
        for number, figure in enumerate(figures)
    ]


@contextmanager
def history(
    candidate: Rows, online: Rows | None = None, as_of: date = date(2026, 6, 30), before: date | None = None,
    files: Sequence[Manifest] = (), known: Sequence[str] = ("old",), rules: Rules | None = None,
    sources: Sequence[str] = (), lake: Path = Path("no lake"), landing: Path | None = None,
    written: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[History]:  # fmt: skip
    """The two sides; files whose id is not among the known ones are fresh."""
    with connect() as conn:
        for side, rows in (("candidate", candidate), ("online", online)):
            conn.execute(f"attach ':memory:' as {side}")
            conn.execute(f"create schema {side}.marts")
            for table, columns in TABLES.items():
                conn.execute(f"create table {side}.marts.{table} ({columns})")
                for row in (rows or {}).get(table, []):
                    names, marks = ", ".join(row), ", ".join("?" for _ in row)
                    conn.execute(f"insert into {side}.marts.{table} ({names}) values ({marks})", [*row.values()])
        inputs = [{"file_id": one, "source": "google_ads"} for one in known]
        inputs += [{"file_id": f"file of {source}", "source": source} for source in sources]
        version = SimpleNamespace(as_of=before or as_of, tables=dict.fromkeys(TABLES), inputs=inputs)
        found = History(
            conn, rules or Rules(), lake, as_of, files, None if online is None else version, landing,  # type: ignore[arg-type]
            written or {},
        )  # fmt: skip
        conn.execute("create temp table fresh_files (file_id varchar)")
        ids = {row["file_id"] for row in candidate.get("fct_spend_history", [])} - set(known if online else ())
        conn.execute("insert into fresh_files select unnest(cast(? as varchar[]))", [sorted(ids)])
        yield found


def manifest(file_id: str, start: int | None, end: int | None, exported: int, **more: Any) -> Manifest:
    """What the lake knows of an ad export that covers days from start to end."""
    covered = (str(day(start)), str(day(end))) if start is not None and end is not None else None
    told = {
        "file_id": file_id, "sha256": file_id, "name": f"{file_id}.csv", "status": "loaded", "source": "google_ads",
        "stream": "campaign_days", "breakdown": "campaign", "rows": {"loaded": 10, "rejected": 0}, "window": covered,
        "exported_at": str(datetime.combine(day(exported), datetime.min.time())),
    }  # fmt: skip
    return Manifest(**(told | more))


# Eight weeks that are certified, and the Monday after them.
BEFORE = ad_days(0, 55)
NEXT = 56


def spend(rows: list[dict[str, Any]]) -> Rows:
    """A side of which only the days of ad accounts are known."""
    return {"fct_spend_history": rows}


def look(guard: Any, candidate: Rows, online: Rows | None = None, **more: Any) -> Seen:
    """What a guard sees a week after eight certified ones."""
    more = {"before": day(55), "as_of": day(62)} | more
    with history(candidate, online, **more) as sides:
        seen: Seen = guard(sides)
    return seen
