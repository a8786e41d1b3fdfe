"""Measures ingest against DuckDB's own reader, and a refresh with nothing new: `python -m benchmarks`."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import duckdb

ROWS = int(os.environ.get("ROWS", "2000000"))
RUNS = int(os.environ.get("RUNS", "3"))
DUET = str(Path(sys.executable).parent / "duet")

# The connector's table of campaign statistics, every column, as a warehouse would type it.
TYPES = (
    "{'_fivetran_id': 'varchar', 'customer_id': 'varchar', 'date': 'date', 'ad_network_type': 'varchar', "
    "'base_campaign': 'varchar', 'clicks': 'bigint', 'conversions': 'decimal(24, 8)', "
    "'conversions_value': 'decimal(24, 8)', 'cost_micros': 'bigint', 'device': 'varchar', 'id': 'varchar', "
    "'impressions': 'bigint'}"
)
EXPORT = """
    copy (
        select
            md5(i::varchar) as _fivetran_id, '2121450128' as customer_id,
            date '2024-01-01' + (i % 700)::integer as date, ['SEARCH', 'CONTENT'][1 + i % 2] as ad_network_type,
            'customers/2121450128/campaigns/' || (9935249409 + i % 400) as base_campaign, i % 97 as clicks,
            (i % 50) / 10 as conversions, (i % 900) / 4 as conversions_value, (i % 7919) * 10000 as cost_micros,
            ['MOBILE', 'DESKTOP', 'TABLET'][1 + i % 3] as device, 9935249409 + i % 400 as id,
            100 + i % 4001 as impressions
        from range({rows}) t(i)
    ) to '{path}' (header)
"""
READ = (
    "create table stats as from read_csv('{path}', header = true, auto_detect = false, delim = ',', "
    "quote = '\"', columns = {types})"
)
INGEST = "from orchestration.ingest.load import ingest; from orchestration.settings import Settings; ingest(Settings())"


@dataclass(frozen=True)
class Cost:
    """What one process took: CPU seconds, wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


def measure(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command once, alone, and account for it and its children."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    measured = ["/usr/bin/env", "python3", "-c", PEAK, *command]
    finished = subprocess.run(measured, env=os.environ | environment, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, time.perf_counter() - started, float(finished.stdout.strip().splitlines()[-1]) / 1024)


# ru_maxrss of children only ever grows, so each command gets a parent of its own that reports it.
PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def typical(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(median(getattr(cost, figure) for cost in costs) for figure in ("cpu", "wall", "peak")))


def ingest_beside_raw(folder: Path) -> tuple[Cost, Cost]:
    """Ingest an export, and read the same file with DuckDB's typed reader into a table, in turn."""
    export = folder / "campaign_stats.csv"
    with duckdb.connect() as conn:
        conn.execute(EXPORT.format(rows=ROWS, path=export))
    raw, ours = [], []
    for run in range(RUNS):
        database = folder / f"raw{run}.duckdb"
        statement = (
            f"import duckdb; duckdb.connect({str(database)!r}).execute({READ.format(path=export, types=TYPES)!r})"
        )
        raw.append(measure([sys.executable, "-c", statement], {}))
        data = folder / f"data{run}"
        (data / "landing").mkdir(parents=True)
        os.link(export, data / "landing/campaign_stats.csv")
        ours.append(measure([sys.executable, "-c", INGEST], {"DUET_DATA_DIR": str(data)}))
    return typical(raw), typical(ours)


def demo_and_refresh(folder: Path) -> tuple[Cost, Cost]:
    """The demo from nothing (environment installed), then a refresh that finds nothing new."""
    environment = {"DUET_DATA_DIR": str(folder / "demo"), "DUET_AS_OF": "2026-06-30"}
    demo = measure([DUET, "demo"], environment)
    return demo, typical([measure([DUET, "refresh"], environment) for _ in range(RUNS)])


def main() -> None:
    """Print the table that benchmarks/README.md shows."""
    print(f"| {ROWS:,} rows, median of {RUNS} | CPU s | wall s | peak MB |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        raw, ours = ingest_beside_raw(Path(folder))
        demo, refresh = demo_and_refresh(Path(folder))
    for name, cost in [
        ("DuckDB: typed read_csv into a table", raw),
        ("Duet: archive, hash, check, lake part, manifest", ours),
        ("duet demo, environment installed", demo),
        ("duet refresh, nothing new", refresh),
    ]:
        print(f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak:.0f} |")
    print(f"\nIngest costs {ours.cpu / raw.cpu:.2f} times the raw read in CPU seconds (aim: at most 2).")


if __name__ == "__main__":
    main()
