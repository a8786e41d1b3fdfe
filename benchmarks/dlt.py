"""Loads rows with dlt, in an environment of its own: through an Arrow table, and through its filesystem reader."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import Cost, measure

PACKAGES = ("dlt[duckdb]", "pyarrow", "pandas")
# Its filesystem reader takes gigabytes for so many rows, and none of these machines has enough for a million.
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


def load(python: str, program: str, rows: Path) -> Cost:
    """One load into a database of its own."""
    with tempfile.TemporaryDirectory(dir=rows.parent) as home:
        text = program.format(path=str(rows), folder=str(rows.parent), name=rows.name, home=home)
        settings = {"RUNTIME__DLTHUB_TELEMETRY": "false", "HOME": home, "PWD": home, "PYTHONPATH": ""}
        return measure(["/bin/sh", "-c", 'cd "$1" && exec "$2" -c "$3"', "sh", home, python, text], settings)


def environment(folder: Path) -> str:
    """The Python of a new environment with dlt in it."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    subprocess.run(pip, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": ""})
    return python
