"""Measures the dashboard's queries on the published file, eight readers: `python -m benchmarks.dashboard_queries`.

After `make demo`. Every reader is a process of its own that asks one chart after the other without a pause; once with
a connection for each question, as BI tools with a pool of none do, and once with a connection that stays open.
"""

import multiprocessing
import sys
import time
from pathlib import Path
from statistics import quantiles

from orchestration.deliver.superset.dashboard import CHARTS, Chart
from orchestration.engine.connection import connect_to_published
from orchestration.publish.version import online, serving_file
from orchestration.settings import get_settings

READERS, ROUNDS = 8, 10


def sql_of(chart: Chart) -> str:
    """What Superset asks for a chart."""
    if not chart.measures:
        return chart.dataset.sql
    metrics = ", ".join(f"{measure.expression} as {measure.name}" for measure in chart.measures)
    keys = ", ".join(["date_trunc('month', period)", *([chart.cut] if chart.cut else [])])
    return f"select {keys}, {metrics} from ({chart.dataset.sql}) as cells where is_complete group by {keys} limit 10000"


def ask_all(file: Path, keep_open: bool, rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each question, in turn; with a kept connection, opening it is no part of them."""
    took = []
    kept = connect_to_published(file) if keep_open else None
    for _ in range(rounds):
        for chart in CHARTS:
            started = time.perf_counter()
            conn = kept or connect_to_published(file)
            conn.execute(sql_of(chart)).fetchall()
            if kept is None:
                conn.close()
            took.append((time.perf_counter() - started) * 1000)
    return took


def main() -> int:
    """Print median and ninety-fifth percentile, of one reader and of eight."""
    settings = get_settings()
    if online(settings) is None:
        print("nothing is published; run `make demo` first")
        return 1
    file = serving_file(settings)
    print("| readers | connection | questions | median ms | p95 ms | CPU ms a question |\n|---|---|---|---|---|---|")
    for keep_open in (False, True):
        for readers in (1, READERS):
            with multiprocessing.get_context("spawn").Pool(readers) as pool:
                # Whoever starts takes a second to import; that is no question.
                pool.starmap(ask_all, [(file, keep_open, 1)] * readers, chunksize=1)
                before = time.perf_counter()
                found = pool.starmap(timed, [(file, keep_open)] * readers, chunksize=1)
                seconds = time.perf_counter() - before
            took = [one for times, _ in found for one in times]
            cpu = sum(used for _, used in found) / len(took) * 1000
            how = "stays open" if keep_open else "one a question"
            cuts = quantiles(took, n=20)
            print(
                f"| {readers} | {how} | {len(took):,} in {seconds:.1f} s | {cuts[9]:.1f} | {cuts[18]:.1f} | {cpu:.1f} |"
            )
    return 0


def timed(file: Path, keep_open: bool) -> tuple[list[float], float]:
    """The questions of one reader, and the CPU seconds that they took it."""
    before = time.process_time()
    took = ask_all(file, keep_open)
    return took, time.process_time() - before


if __name__ == "__main__":
    sys.exit(main())
