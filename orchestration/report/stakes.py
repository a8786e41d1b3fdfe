"""What lies in quarantine, and how much money is in it as far as that could be read."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from orchestration.publish.files import LandedFile


def quarantine(files: Iterable[LandedFile]) -> dict[str, Any]:
    """Rows that no KPI knows: those refused one by one, and those of files refused as a whole.

    Money is summed per money column's own meaning and currency, so it says how large, not how much to the cent.
    """
    held = [file for file in files if set_aside(file)]
    return {
        "rows": sum(set_aside(file) for file in held),
        "files": len(held),
        "money": str(sum((Decimal(file.at_stake) for file in held if file.at_stake), Decimal(0))),
        "of": [
            {"file": file.file, "status": file.status, "rows": set_aside(file), "money": file.at_stake} for file in held
        ],
    }


def set_aside(file: LandedFile) -> int:
    """Rows of a file that were not loaded although they are data."""
    refused = file.rows.get("rejected", 0)
    return refused + file.rows.get("loaded", 0) if file.status == "rejected" else refused
