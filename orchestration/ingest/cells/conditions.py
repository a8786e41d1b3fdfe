"""SQL that says whether a row speaks of what a column wants, as a change log holds values of every property in one."""

import re
from collections.abc import Mapping, Sequence

from orchestration.ingest.cells.texts import Locale, quoted, trimmed


def met(where: Mapping[str, Sequence[str]], cells: Mapping[str, str], locale: Locale) -> str:
    """Whether each of the named columns holds one of its words; a column that the file lacks holds none."""
    return " and ".join(
        _is_like(trimmed(cells[column], locale), words) if column in cells else "false"
        for column, words in where.items()
    )


def _is_like(text: str, globs: Sequence[str]) -> str:
    """Whether a text is one of some words, whatever its case; `*` stands for anything."""
    patterns = "|".join(re.escape(glob.lower()).replace(r"\*", ".*") for glob in globs)
    return f"regexp_full_match(lower({text}), {quoted(patterns)})"
