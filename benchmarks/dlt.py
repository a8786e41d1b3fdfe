"""Loads the same rows with dlt, in an environment of its own: through Arrow, and through its filesystem reader."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PACKAGES = ("dlt[duckdb,filesystem]", "pyarrow", "pandas")
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
    for name, program, times in (("Arrow", ARROW, runs), ("filesystem with read_csv", READ_CSV, 1)):
        costs = []
        for run in range(times):
            home = folder / f"dlt {name} {run}"
            home.mkdir()
            text = program.format(path=str(rows), folder=str(rows.parent), name=rows.name, home=str(home))
            settings = {"RUNTIME__DLTHUB_TELEMETRY": "false", "HOME": str(home), "PWD": str(home), "PYTHONPATH": ""}
            command = ["/bin/sh", "-c", 'cd "$1" && exec "$2" -c "$3"', "sh", str(home), python, text]
            costs.append(measure(command, settings))
        yield name, sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]


def _environment(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    subprocess.run(pip, check=True, env=os.environ | {"PYTHONPATH": ""})
    return python
