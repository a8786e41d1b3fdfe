"""Looks every locked version up among known vulnerabilities; where nobody can be asked, says so and fails nothing."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What pip-audit says when the service that knows vulnerabilities is out of reach.
OUT_OF_REACH = ("ConnectionError", "Max retries", "ServiceError", "HTTPError", "Timeout", "resolve")
CLEAN, VULNERABLE, NOT_AUDITED = range(3)
# What Superset pins for itself is told; its next version mends it, and no process of ours loads it.
TOLD_ONLY = {"superset.txt"}
STATES = ("nothing is known against it", "VULNERABLE", "NOT AUDITED")


def audit(lock: str) -> tuple[int, str]:
    """What is known of one locked file, and what was said."""
    options = ["--requirement", str(HERE / lock), "--require-hashes", "--disable-pip", "--format", "json"]
    ended = subprocess.run([sys.executable, "-m", "pip_audit", *options], capture_output=True, text=True, check=False)
    return verdict(ended.stdout, ended.stderr)


def verdict(output: str, errors: str) -> tuple[int, str]:
    """What pip-audit's answer comes to; one that cannot be read counts against the file, not for it."""
    try:
        found = json.loads(output)["dependencies"]
    except (ValueError, KeyError):
        last = (errors.strip() or "pip-audit said nothing").splitlines()[-1]
        return (NOT_AUDITED if any(word in errors for word in OUT_OF_REACH) else VULNERABLE), last
    # What the service does not know is skipped, and pip-audit ends with 0 all the same: a mirror may know nothing.
    asked = [one for one in found if "skip_reason" not in one]
    known = {f"{one['name']} {one['version']}": [fault["id"] for fault in one["vulns"]] for one in asked}
    if bad := [f"{name}: {', '.join(ids)}" for name, ids in known.items() if ids]:
        return VULNERABLE, "; ".join(bad)
    if len(asked) < len(found) or not found:
        return NOT_AUDITED, f"{len(found) - len(asked)} of {len(found)} versions could not be looked up"
    return CLEAN, f"{len(found)} versions"


def main() -> int:
    """All locked files; non-zero where a vulnerability of ours is known or the audit itself broke."""
    codes = []
    for lock in sorted(path.name for path in HERE.glob("*.txt")):
        code, said = audit(lock)
        print(f"requirements/{lock}: {STATES[code]}: {said}", flush=True)
        codes += [] if lock in TOLD_ONLY else [code]
    return int(VULNERABLE in codes)


if __name__ == "__main__":
    sys.exit(main())
