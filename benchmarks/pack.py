"""Measures the KPI pack of three years of days: `python -m benchmarks.pack`, after `make demo`.

The demo's eighteen months stand twice in every published table, the second time eighteen months (78 weeks) earlier.
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from orchestration.publish.candidate import SERVING
from orchestration.publish.version import online
from orchestration.report.pack.edition import about
from orchestration.report.pack.page import read_pack, render
from orchestration.settings import get_settings

DAYS_BACK, MONTHS_BACK = 78 * 7, 18
COLUMNS = "select column_name, data_type from duckdb_columns() where schema_name = 'marts' and table_name = ?"


def twice_as_long(serving: Path) -> None:
    """Put eighteen months before the first day; days and weeks go back by weeks, other periods by months."""
    with duckdb.connect(str(serving)) as conn:
        conn.execute("set schema = 'marts'")
        for (table,) in conn.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall():
            columns = dict(conn.execute(COLUMNS, [table]).fetchall())
            dates = [name for name, kind in columns.items() if kind == "DATE" and name != "as_of"]
            by_weeks = ", ".join(f"{name} - {DAYS_BACK} as {name}" for name in dates)
            by_months = ", ".join(f"cast({name} - interval {MONTHS_BACK} month as date) as {name}" for name in dates)
            moves = [(by_weeks, "true")] if dates else []
            if dates and "grain" in columns:
                moves = [(by_weeks, "grain in ('day', 'week')"), (by_months, "grain not in ('day', 'week', 'all')")]
            for dated, which in moves:
                rest = f"select * replace ({dated}) from (select * from {table} where {which})"
                conn.execute(f"create or replace temp table earlier as {rest}")
                conn.execute(f"insert into {table} by name from earlier")


def main() -> int:
    """Print rows, size and cost of the page."""
    settings = get_settings()
    version = online(settings)
    if version is None:
        print("nothing is published; run `make demo` first")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        serving = Path(folder) / SERVING
        shutil.copyfile(settings.published / version.version / SERVING, serving)
        twice_as_long(serving)
        wall, cpu = time.perf_counter(), time.process_time()
        page = render(read_pack(serving, about(version)))
        cost = {"wall s": round(time.perf_counter() - wall, 1), "CPU s": round(time.process_time() - cpu, 1)}
    print(json.dumps({"bytes": len(page.encode()), **cost}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
