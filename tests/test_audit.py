"""The audit of locked versions: clean is said only where every version was looked up."""

import json
from typing import Any

import pytest

from requirements.audit import CLEAN, NOT_AUDITED, VULNERABLE, main, verdict

CLEAR = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "CVE-2026-1"}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited: c (3)"}


@pytest.mark.parametrize(
    ("dependencies", "code", "words"),
    [
        ([CLEAR], CLEAN, "1 versions"),
        ([CLEAR, BAD], VULNERABLE, "b 2: CVE-2026-1"),
        ([CLEAR, SKIPPED], NOT_AUDITED, "1 of 2"),
        ([BAD, SKIPPED], VULNERABLE, "b 2"),
        ([], NOT_AUDITED, "0 of 0"),
    ],
)
def test_an_answer_is_read_for_what_it_says(dependencies: list[dict[str, Any]], code: int, words: str) -> None:
    found, said = verdict(json.dumps({"dependencies": dependencies}), "")
    assert (found, words in said) == (code, True)


def test_no_answer_is_not_clean() -> None:
    assert verdict("", "pip_audit: ConnectionError: out of reach")[0] == NOT_AUDITED
    assert verdict("", "No module named pip_audit")[0] == VULNERABLE


def test_every_lock_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def clean(lock: str) -> tuple[int, str]:
        asked.append(lock)
        return CLEAN, "1 versions"

    monkeypatch.setattr("requirements.audit.audit", clean)
    assert main() == 0
    assert asked == ["all.txt", "base.txt", "dev.txt", "server.txt", "superset.txt"]


@pytest.mark.parametrize(("lock", "code"), [("base.txt", 1), ("superset.txt", 0)])
def test_what_superset_pins_is_told_and_ours_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lock: str, code: int
) -> None:
    monkeypatch.setattr("requirements.audit.audit", lambda name: (VULNERABLE if name == lock else CLEAN, "b 2: CVE"))
    assert main() == code
    assert f"requirements/{lock}: VULNERABLE: b 2: CVE" in capsys.readouterr().out
