"""The parameters of a web address that say which campaign led there: the tags, and the click ids of a seed."""

import csv
from functools import lru_cache
from pathlib import Path

from orchestration.settings import DBT_PROJECT_DIR

CLICK_IDS = DBT_PROJECT_DIR / "seeds/click_ids.csv"
UTMS = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_source_platform")


@lru_cache(maxsize=4)
def kept_parameters(seed: Path = CLICK_IDS) -> tuple[str, ...]:
    """The parameters that stay: campaign tags, and the click ids of the editable seed."""
    with seed.open(encoding="utf-8", newline="") as file:
        return (*UTMS, *(row["parameter"] for row in csv.DictReader(file)))
