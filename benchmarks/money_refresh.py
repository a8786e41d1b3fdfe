"""A day's new files after a tenth of three years and after all of it: `python -m benchmarks.money_refresh`."""

import datetime as dt
import resource
import sys
import tempfile
from pathlib import Path

from benchmarks.invented import build, write_part
from benchmarks.money import (
    DAYS,
    FIRST_DAY,
    LINES_OF_AN_ORDER,
    MONTH_DAYS,
    REPORTED_DAYS,
    ads_report,
    name_campaigns,
    order_lines,
)  # fmt: skip
from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.lake import prepare
from orchestration.settings import Settings

# Of every hundred orders of the last month one is exported again, with a refund.
REFUNDED_EVERY = 100


def write_history(lake: Path, days: int, campaigns: int, daily_orders: int) -> None:
    """Weekly reports of ads and monthly files of orders up to a day."""
    with connect() as conn:
        name_campaigns(conn, lake, campaigns)
        for week in range((days - REPORTED_DAYS) // 7 + 1):
            ads_report(conn, lake, campaigns, FIRST_DAY + dt.timedelta(days=week * 7), f"week{week:03}")
        for month in range(days // MONTH_DAYS):
            order_lines(conn, lake, month * MONTH_DAYS, MONTH_DAYS, daily_orders, f"month{month:02}")


def write_day(lake: Path, day: int, campaigns: int, daily_orders: int) -> None:
    """What lands the day after: the last thirty days of ads, the orders of the day, some of them refunded since."""
    today = FIRST_DAY + dt.timedelta(days=day)
    with connect() as conn:
        ads_report(conn, lake, campaigns, today - dt.timedelta(days=REPORTED_DAYS - 1), "today")
        order_lines(conn, lake, day, 1, daily_orders, "today")
        refunded = f"range({daily_orders * MONTH_DAYS // REFUNDED_EVERY}) o(j)"
        first_order = (day // MONTH_DAYS - 1) * MONTH_DAYS * daily_orders
        write_part(conn, lake, "shopify/order_lines", refunded, {
            "file_row": "j", "order_name": f"'#' || {first_order} + j * {REFUNDED_EVERY}",
            "financial_status": "'partially_refunded'", "currency": "'USD'", "total": "100", "subtotal": "90",
            "taxes": "10", "refunded_amount": "20", "line_sku": "'SKU1'", "line_quantity": "1", "line_price": "90",
            "created_at": f"timestamp '{today - dt.timedelta(days=MONTH_DAYS)}'",
            "exported_at": f"timestamp '{today + dt.timedelta(days=1)}'",
        }, "refunded")  # fmt: skip


def measure(days: int, campaigns: int, daily_orders: int) -> None:
    """Print what the first build took and what the day after it took."""
    with tempfile.TemporaryDirectory() as folder:
        first = Settings(data_dir=Path(folder), as_of=FIRST_DAY + dt.timedelta(days=days - 1), engine="duckdb")
        prepare(first.lake, load_sources())
        write_history(first.lake, days, campaigns, daily_orders)
        _, whole = build(first)
        write_day(first.lake, days, campaigns, daily_orders)
        seconds, refreshed = build(first.model_copy(update={"as_of": FIRST_DAY + dt.timedelta(days=days)}))
        slowest = ", ".join(f"{name} {spent:.1f}" for spent, name in seconds[:10])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
        print(f"{days} days: whole {whole:.0f} CPU s, the day after {refreshed:.0f} CPU s, peak {peak:.2f} GB")
        print(f"  slowest of the day after: {slowest}", flush=True)


def main() -> None:
    """A tenth of the history first, then all of it; the same rows a day."""
    ads = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000_000
    lines = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000_000
    campaigns = max(ads // (DAYS // 7 * REPORTED_DAYS), 1)
    for days in (DAYS // 10, DAYS):
        measure(days, campaigns, max(lines // LINES_OF_AN_ORDER // DAYS, REFUNDED_EVERY))


if __name__ == "__main__":
    main()
