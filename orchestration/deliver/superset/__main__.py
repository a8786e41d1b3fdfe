"""Writes bi/superset anew: `python -m orchestration.deliver.superset`."""

import shutil

from orchestration.deliver.superset.bundle import FOLDER, bundle, texts

shutil.rmtree(FOLDER, ignore_errors=True)
for path, text in texts(bundle()).items():
    (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
    (FOLDER / path).write_text(text, encoding="utf-8")
