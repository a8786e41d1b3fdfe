"""How a total row of an export is told, and what it says of itself, by the words of its contract."""

import re

from orchestration.ingest.contracts.formats import Totals


def is_word(rules: Totals, cell: str) -> bool:
    """Whether a first cell is that of a total row which has no colon."""
    return any(re.fullmatch(word, cell.strip(), re.IGNORECASE) for word in (*rules.words, *rules.partial))


def is_labelled(rules: Totals, cell: str) -> bool:
    """Whether a first cell is that of a total row."""
    word, colon, _ = cell.partition(":")
    return is_word(rules, cell) or (
        bool(colon) and word.strip().casefold() in {label.strip().casefold() for label in rules.labels}
    )


def rows_said(rules: Totals, label: str) -> int | None:
    """How many rows a total row says that there are."""
    for word in rules.words:
        found = re.fullmatch(word, label.strip(), re.IGNORECASE)
        if found and found.groupdict().get("rows"):
            return int(re.sub(r"\D", "", found["rows"]))
    return None


def role_of(rules: Totals, label: str) -> str | None:
    """Whether a total must equal the rows, may differ, or says something else."""
    if any(re.fullmatch(word, label.strip(), re.IGNORECASE) for word in rules.partial):
        return None
    if not rules.labels or is_word(rules, label):
        return "checked"
    subject = label.split(":", 1)[-1].strip().casefold()
    if not rules.checked or subject in {name.casefold() for name in rules.checked}:
        return "checked"
    return "compared" if subject in {name.casefold() for name in rules.compared} else None


def label_patterns(rules: Totals) -> list[str]:
    """What the first cell of a total row looks like: a word before a colon, or all of it an expression."""
    words = "|".join(re.escape(label) for label in rules.labels)
    whole = "|".join((*rules.words, *rules.partial))
    patterns = [rf"(?i)^\s*({words})[\s\x{{00a0}}\x{{202f}}]*:"] if words else []
    return [*patterns, rf"(?i)^\s*({whole})\s*$"] if whole else patterns
