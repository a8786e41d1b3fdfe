"""What a long trial has found so far, line by line, so that one that is cut off goes on where it was."""

import hashlib
import json
import os
import time
from typing import Any

from orchestration.publish.fingerprint import code_hash
from orchestration.settings import ROOT
from tests.trust.record import FOLDER

PLACE = ROOT / ".trust"
TRIALS = ROOT / "tests/trust/corruption"
# How long a trial may go on; what it has not come to is tried when it is asked for again.
MINUTES = "DUET_TRUST_MINUTES"


class Journal:
    """Findings by name, of one and the same code: where code or trials change, all is tried anew.

    Kept where `make trust` asked for it; elsewhere it forgets.
    """

    def __init__(self, promise: str) -> None:
        self._file = PLACE / f"{promise}-{_of_code()}.jsonl" if FOLDER in os.environ else None
        self._until = time.monotonic() + 60 * float(os.environ.get(MINUTES, "inf"))
        self.found: dict[str, Any] = {}
        if self._file is not None and self._file.exists():
            lines = [json.loads(line) for line in self._file.read_text().splitlines() if line.endswith("}")]
            self.found = {line["name"]: line["found"] for line in lines}

    @property
    def has_time(self) -> bool:
        """Whether there is time to try one more."""
        return time.monotonic() < self._until

    def keep(self, name: str, found: Any) -> None:
        """Add a finding."""
        self.found[name] = found
        if self._file is not None:
            PLACE.mkdir(exist_ok=True)
            with self._file.open("a") as out:
                out.write(json.dumps({"name": name, "found": found}) + "\n")


def _of_code() -> str:
    parts = [code_hash(), *(path.read_text() for path in sorted(TRIALS.glob("*.py")))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
