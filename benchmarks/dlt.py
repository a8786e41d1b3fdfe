"""Loads the same rows with dlt, in an environment of its own: through Arrow, and through its filesystem reader."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

PACKAGES = ("dlt[duckdb]", "pyarrow", "pandas")
# Its filesystem reader needs gigabytes for a hundred thousand rows: it reads a tenth, and its figure is a lower bound.
FEWER = 100_000
ARROW = """
import dlt, pyarrow.csv
table = pyarrow.csv.read_csv({path!r})
dlt.pipeline("bench", destination="duckdb", dataset_name="d", pipelines_dir={home!r}).run(table, table_name="t")
"""
READ_CSV = """
import dlt
from dlt.sources.filesystem import filesystem, read_csv
files = filesystem(bucket_url={folder!r}, file_glob={name!r}) | read_csv()
dlt.pipeline("bench", destination="duckdb", dataset_name="d", pipelines_dir={home!r}).run(files.with_name("t"))
"""


def measured(rows: Path, folder: Path, measure: Callable[..., Any], runs: int) -> Iterator[tuple[str, Any]]:
    """The median cost of each way; the slow one is run once."""
    python = _environment(folder / "dlt environment")
    fewer = rows.with_name("fewer.csv")
    with rows.open("rb") as source:
        fewer.write_bytes(b"".join(islice(source, FEWER + 1)))
    slow = f"filesystem with read_csv, only {FEWER:,} rows"
    for name, program, path, times in (("Arrow", ARROW, rows, runs), (slow, READ_CSV, fewer, 1)):
        costs = []
        for run in range(times):
            home = folder / f"dlt {name} {run}"
            home.mkdir()
            text = program.format(path=str(path), folder=str(path.parent), name=path.name, home=str(home))
            settings = {"RUNTIME__DLTHUB_TELEMETRY": "false", "HOME": str(home), "PWD": str(home), "PYTHONPATH": ""}
            command = ["/bin/sh", "-c", 'cd "$1" && exec "$2" -c "$3"', "sh", str(home), python, text]
            costs.append(measure(command, settings))
        yield name, sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def _environment(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    subprocess.run(pip, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": ""})
    return python
