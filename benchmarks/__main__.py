"""Measures ingest beside DuckDB's own reader and beside dlt, and a refresh with nothing new: `python -m benchmarks`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import dlt
from benchmarks.exports import CONNECTOR, WEBSITE, Shape, wrapped, write_export
from benchmarks.measuring import Cost, measure, typical

ROWS = [int(rows) for rows in os.environ.get("ROWS", "1000000,10000000").split(",")]
RUNS = int(os.environ.get("RUNS", "5"))
SMALL_FILES = int(os.environ.get("SMALL_FILES", "10000"))
WITH_DLT = os.environ.get("DLT", "1") == "1"
DUET = str(Path(sys.executable).parent / "duet")
READ = (
    "create table export as from read_csv('{path}', header = true, auto_detect = false, delim = ',', "
    "quote = '\"', columns = {types}{options})"
)
INGEST = (
    "from orchestration.ingest.load import ingest; from orchestration.settings import Settings; "
    "files = ingest(Settings()).files; assert {file.status for file in files} == {'loaded'}, files[0].problems"
)


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
            print_beside_dlt(folder)
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


def print_beside_dlt(folder: Path) -> None:
    """Each of dlt's two ways beside Duet, over the same rows."""
    python = dlt.environment(folder / "dlt environment")
    for rows, name, program, runs in (
        (min(ROWS), "Arrow", dlt.ARROW, RUNS),
        (dlt.FEWER, "filesystem with read_csv", dlt.READ_CSV, 1),
    ):
        plain, export = write_export(CONNECTOR, rows, folder / f"dlt {rows}")
        _, ours = ingest_beside_raw(CONNECTOR, plain, export)
        theirs = typical([dlt.load(python, program, plain) for _ in range(runs)])
        print(line(f"{rows:,} rows: Duet", ours) + " 1.00 |")
        print(line(f"{rows:,} rows: dlt, {name}", theirs) + f" {theirs.cpu / ours.cpu:.2f} |", flush=True)


def line(name: str, cost: Cost) -> str:
    """A row of the table."""
    return f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak:.0f} |"


if __name__ == "__main__":
    main()
