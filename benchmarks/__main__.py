"""Measures ingest beside DuckDB's own reader and beside dlt, and a refresh with nothing new: `python -m benchmarks`."""

import codecs
import gzip
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

import duckdb

from benchmarks import dlt

ROWS = [int(rows) for rows in os.environ.get("ROWS", "1000000,10000000").split(",")]
RUNS = int(os.environ.get("RUNS", "5"))
SMALL_FILES = int(os.environ.get("SMALL_FILES", "10000"))
WITH_DLT = os.environ.get("DLT", "1") == "1"
DUET = str(Path(sys.executable).parent / "duet")


@dataclass(frozen=True)
class Shape:
    """An export as people get it: its rows, what stands around them, and how a warehouse would type it."""

    name: str
    rows: str
    types: str
    preamble: str = ""
    totals: str = ""


CONNECTOR = Shape(
    "connector table campaign_stats",
    """
    select
        md5(i::varchar) as _fivetran_id, '2121450128' as customer_id,
        date '2024-01-01' + (i % 700)::integer as date, ['SEARCH', 'CONTENT'][1 + i % 2] as ad_network_type,
        'customers/2121450128/campaigns/' || (9935249409 + i % 400) as base_campaign, i % 97 as clicks,
        (i % 50) / 10 as conversions, (i % 900) / 4 as conversions_value, (i % 7919) * 10000 as cost_micros,
        ['MOBILE', 'DESKTOP', 'TABLET'][1 + i % 3] as device, 9935249409 + i % 400 as id,
        100 + i % 4001 as impressions
    from range({rows}) t(i)
    """,
    "{'_fivetran_id': 'varchar', 'customer_id': 'varchar', 'date': 'date', 'ad_network_type': 'varchar', "
    "'base_campaign': 'varchar', 'clicks': 'bigint', 'conversions': 'decimal(24, 8)', "
    "'conversions_value': 'decimal(24, 8)', 'cost_micros': 'bigint', 'device': 'varchar', 'id': 'varchar', "
    "'impressions': 'bigint'}",
)
# Every day of 20 years for as many campaigns as it takes; 100 impressions, 7 clicks and 3.25 a row.
WEBSITE = Shape(
    "campaign report from the website, with totals",
    """
    select
        'Enabled' as "Campaign status", 'Campaign ' || i // 7300 as "Campaign",
        date '2005-01-01' + (i % 7300)::integer as "Day", 'USD' as "Currency code", '4827159036' as "Customer ID",
        20480113570 + i // 7300 as "Campaign ID", '3.25' as "Cost", 100 as "Impr.", 7 as "Clicks",
        '0.50' as "Conversions"
    from range({rows}) t(i)
    """,
    "{'Campaign status': 'varchar', 'Campaign': 'varchar', 'Day': 'date', 'Currency code': 'varchar', "
    "'Customer ID': 'varchar', 'Campaign ID': 'varchar', 'Cost': 'decimal(24, 8)', 'Impr.': 'bigint', "
    "'Clicks': 'bigint', 'Conversions': 'decimal(24, 8)'}",
    preamble='Campaign report\n"January 1, 2005 - December 27, 2024"\n',
    totals='Total: Campaigns, --, --,USD, --, --,{cost},"{impressions:,}","{clicks:,}",{conversions}\n',
)
READ = (
    "create table export as from read_csv('{path}', header = true, auto_detect = false, delim = ',', "
    "quote = '\"', columns = {types}{options})"
)
INGEST = (
    "from orchestration.ingest.load import ingest; from orchestration.settings import Settings; "
    "files = ingest(Settings()).files; assert {file.status for file in files} == {'loaded'}, files[0].problems"
)


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


def write_export(shape: Shape, rows: int, folder: Path) -> tuple[Path, Path]:
    """The rows alone, as DuckDB reads them, and the export with what stands around them."""
    folder.mkdir()
    plain, export = folder / "rows.csv", folder / "export.csv"
    with duckdb.connect() as conn:
        conn.execute(f"copy ({shape.rows.format(rows=rows)}) to '{plain}' (header)")
    with export.open("wb") as file:
        file.write(shape.preamble.encode())
        with plain.open("rb") as body:
            shutil.copyfileobj(body, file)
        cost, conversions = rows * Decimal("3.25"), rows * Decimal("0.50")
        totals = shape.totals.format(cost=cost, impressions=rows * 100, clicks=rows * 7, conversions=conversions)
        file.write(totals.encode())
    return plain, export


def wrapped(path: Path, kind: str) -> Path:
    """The same text in UTF-16 with its mark, or in gzip."""
    target = path.with_suffix(f".{kind}")
    with path.open("rb") as source:
        if kind == "utf-16":
            with target.open("w", encoding="utf-16", newline="") as copy:
                shutil.copyfileobj(codecs.getreader("utf-8")(source), copy)
        else:
            with gzip.open(target, "wb", compresslevel=6) as packed:
                shutil.copyfileobj(source, packed)
    return target


def ingest_beside_raw(shape: Shape, plain: Path, export: Path, options: str = "") -> tuple[Cost, Cost]:
    """Ingest an export, and read its rows with DuckDB's typed reader into a table on disk, in turn."""
    raw, ours = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory(dir=plain.parent) as folder:
            database, data = Path(folder) / "raw.duckdb", Path(folder) / "data"
            statement = READ.format(path=plain, types=shape.types, options=options)
            program = f"import duckdb; duckdb.connect({str(database)!r}).execute({statement!r})"
            raw.append(measure([sys.executable, "-c", program], {}))
            open_house(data)
            os.link(export, data / "landing" / export.name)
            ours.append(measure([sys.executable, "-c", INGEST], {"DUET_DATA_DIR": str(data)}))
    return typical(raw), typical(ours)


def open_house(data: Path) -> None:
    """A data folder that has been used before: the streams of its lake are there, nothing has landed yet."""
    (data / "landing").mkdir(parents=True)
    program = (
        "from orchestration.ingest.load import ingest; from orchestration.settings import Settings; ingest(Settings())"
    )
    subprocess.run([sys.executable, "-c", program], env=os.environ | {"DUET_DATA_DIR": str(data)}, check=True)


def many_small_files(folder: Path) -> Cost:
    """One run over thousands of daily exports."""
    landing = folder / "small/landing"
    open_house(landing.parent)
    header = "date,channel,spend,currency,clicks,campaign\n"
    for number in range(SMALL_FILES):
        rows = (f"2026-03-{1 + row:02d},google,{number}.{row:02d},EUR,{row},C{number}\n" for row in range(20))
        (landing / f"{number}.csv").write_text(header + "".join(rows))
    return measure([sys.executable, "-c", INGEST], {"DUET_DATA_DIR": str(landing.parent)})


def demo_and_refresh(folder: Path) -> tuple[Cost, Cost]:
    """The demo from nothing (environment installed), then a refresh that finds nothing new."""
    environment = {"DUET_DATA_DIR": str(folder / "demo"), "DUET_AS_OF": "2026-06-30"}
    demo = measure([DUET, "demo"], environment)
    return demo, typical([measure([DUET, "refresh"], environment) for _ in range(RUNS)])


def main() -> None:
    """Print the tables that benchmarks/README.md shows."""
    print(f"| median of {RUNS} | CPU s | wall s | peak MB | CPU ratio |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in ROWS:
            for shape in (CONNECTOR, WEBSITE):
                print_sizes(shape, rows, folder)
        if WITH_DLT:
            plain, export = write_export(CONNECTOR, min(ROWS), folder / "dlt")
            _, ours = ingest_beside_raw(CONNECTOR, plain, export)
            print(f"{line(f'{min(ROWS):,} rows: Duet', ours)} 1.00 |")
            for path, cost in dlt.measured(plain, folder, measure, RUNS):
                print(f"{line(f'{min(ROWS):,} rows: dlt, {path}', cost)} {cost.cpu / ours.cpu:.2f} |")
        if SMALL_FILES:
            print(f"{line(f'{SMALL_FILES:,} small files', many_small_files(folder))} |")
        demo, refresh = demo_and_refresh(folder)
    print("\n| command | CPU s | wall s | peak MB |\n|---|---|---|---|")
    print(line("`duet demo`, environment installed", demo))
    print(line("`duet refresh`, nothing new", refresh))


def print_sizes(shape: Shape, rows: int, folder: Path) -> None:
    """The lines of one shape and size; the smallest size also in UTF-16 and in gzip."""
    place = folder / f"{rows} {shape.name}"
    plain, export = write_export(shape, rows, place)
    versions = [("", plain, export, "")]
    if rows == min(ROWS):
        for kind, options in (("utf-16", ", encoding = 'utf-16'"), ("gz", ", compression = 'gzip'")):
            versions.append((f" in {kind}", wrapped(plain, kind), wrapped(export, kind), options))
    for kind, rows_alone, whole, options in versions:
        raw, ours = ingest_beside_raw(shape, rows_alone, whole, options)
        print(line(f"{rows:,} rows{kind}, {shape.name}: DuckDB's typed read_csv into a table", raw) + " 1.00 |")
        print(line(f"{rows:,} rows{kind}, {shape.name}: Duet", ours) + f" {ours.cpu / raw.cpu:.2f} |", flush=True)
    shutil.rmtree(place)


def line(name: str, cost: Cost) -> str:
    """A row of the table."""
    return f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak:.0f} |"


if __name__ == "__main__":
    main()
