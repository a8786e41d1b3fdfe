"""Builds the models over three years of ads and orders: `python -m benchmarks.money 30000000 20000000`."""

import datetime as dt
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.invented import build, report, write_part
from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.lake import prepare
from orchestration.settings import Settings

FIRST_DAY, DAYS = dt.date(2023, 7, 1), 1096
# Every report goes back this many days, so that each day of ads is exported as often.
REPORTED_DAYS, REPORTS = 30, DAYS // 7
LINES_OF_AN_ORDER, MONTH_DAYS = 3, 30


def name_campaigns(conn: duckdb.DuckDBPyConnection, lake: Path, campaigns: int) -> None:
    """The campaigns of the reports, in five accounts."""
    write_part(conn, lake, "google_ads/campaigns", f"range({campaigns}) t(i)", {
        "account_id": "'a' || i % 5", "campaign_id": "'c' || i", "campaign_name": "'Campaign ' || i",
        "currency": "'USD'", "channel_type": "['search', 'display', 'video'][1 + i % 3]",
    })  # fmt: skip


def ads_report(conn: duckdb.DuckDBPyConnection, lake: Path, campaigns: int, first: dt.date, name: str) -> int:
    """A report of every campaign over thirty days, exported on the day after; returns its rows."""
    return write_part(conn, lake, "google_ads/campaign_days", f"range({campaigns * REPORTED_DAYS}) t(i)", {
        "account_id": f"'a' || i % {campaigns} % 5", "campaign_id": f"'c' || i % {campaigns}",
        "campaign_name": f"'Campaign ' || i % {campaigns}", "currency": "'USD'", "breakdown": "'campaign'",
        "day": f"date '{first}' + (i // {campaigns})::int", "spend": "i % 997 / 100", "impressions": "i % 997",
        "clicks": "i % 997 // 10", "exported_at": f"timestamp '{first + dt.timedelta(days=REPORTED_DAYS)}'",
    }, name)  # fmt: skip


def write_ads(lake: Path, rows: int) -> int:
    """A report a week over its last 30 days, of as many campaigns as make the rows; returns how many there are."""
    campaigns = max(rows // (REPORTS * REPORTED_DAYS), 1)
    with connect() as conn:
        name_campaigns(conn, lake, campaigns)
        first_days = (FIRST_DAY + dt.timedelta(days=week * 7) for week in range(REPORTS))
        return sum(ads_report(conn, lake, campaigns, first, f"week{week:03}") for week, first in enumerate(first_days))


def order_lines(
    conn: duckdb.DuckDBPyConnection, lake: Path, first_day: int, days: int, daily_orders: int, name: str
) -> int:
    """A shop's orders of three lines each of some days, exported when they are over; returns how many lines."""
    orders, first_order = daily_orders * days, daily_orders * first_day
    first = FIRST_DAY + dt.timedelta(days=first_day)
    rows = f"range({orders}) o(j), range({LINES_OF_AN_ORDER}) l(n), (select j * 3 + n as i)"
    first_line = {
        "financial_status": "'paid'", "total": "100 + j % 50", "subtotal": "90 + j % 50", "taxes": "10",
    }  # fmt: skip
    return write_part(conn, lake, "shopify/order_lines", rows, {
        **{column: f"case when n = 0 then {value} end" for column, value in first_line.items()},
        "order_name": f"'#' || {first_order} + j", "email_key": f"md5('c' || j * 7 % {daily_orders * 270})",
        "currency": "'USD'", "line_sku": "'SKU' || i % 40", "line_quantity": "1 + i % 2",
        "line_price": "10 + i % 50",
        "created_at": f"timestamp '{first}' + to_seconds((j * 7919 % {days * 86400})::bigint)",
        "exported_at": f"timestamp '{first + dt.timedelta(days=days)}'",
    }, name)  # fmt: skip


def write_orders(lake: Path, lines: int) -> int:
    """A shop's orders, a file a month; returns how many lines there are."""
    months = DAYS // MONTH_DAYS
    daily_orders = lines // LINES_OF_AN_ORDER // months // MONTH_DAYS
    with connect() as conn:
        return sum(
            order_lines(conn, lake, month * MONTH_DAYS, MONTH_DAYS, daily_orders, f"month{month:02}")
            for month in range(months)
        )


def main() -> None:
    """Print the slowest models, their sum and the peak of memory."""
    ads = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000_000
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000_000
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), as_of=FIRST_DAY + dt.timedelta(days=DAYS - 1), engine="duckdb")
        prepare(settings.lake, load_sources())
        written = write_ads(settings.lake, ads), write_orders(settings.lake, lines)
        report("{:,} ad rows, {:,} order lines".format(*written), *build(settings, *sys.argv[3:]))


if __name__ == "__main__":
    main()
