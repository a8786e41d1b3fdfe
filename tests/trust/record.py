"""What the trials of a promise came to, kept for `make trust`."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = "DUET_TRUST_RECORDS"


def record(
    promise: str, tried: int, held: int, figures: dict[str, Any] | None = None, slips: Sequence[str] = ()
) -> None:
    """Keep a count where `make trust` asked for it, and by name what did not hold.

    Call it before the assertion, so that a failure is told too.
    """
    if folder := os.environ.get(FOLDER):
        content = {"promise": promise, "tried": tried, "held": held, "figures": figures or {}, "slips": [*slips]}
        Path(folder, f"{promise}.json").write_text(json.dumps(content))
