"""Columns that an export repeats for every member of a list, such as one date per deal stage, as one column of pairs.

`Date entered "Demo (Sales Pipeline)"` and its sisters become `Demo=2026-03-12 09:14:00;Won=…`, so that a stage that
is added to the pipeline tomorrow needs no column of its own; dbt makes rows of it (macro split_rows).
"""

import re
from collections.abc import Iterable, Sequence

SEPARATORS = re.compile("[;=]")


def members(patterns: Sequence[str], cells: Sequence[str]) -> dict[int, str]:
    """Which cells of a header belong to the column, and the member that each speaks of."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        header = " ".join(cell.split())
        for pattern in patterns:
            if hit := re.fullmatch(pattern, header, re.IGNORECASE):
                found[place] = " ".join(SEPARATORS.sub(" ", hit["name"]).split())
                break
    return found


def pairs(column: str, members: Iterable[int]) -> str:
    """SQL of the pairs of a row, the names bound as `member_<cell>`; null where no member has a time."""
    each = [
        f"case when v_{column}_{place} is not null"
        f" then $member_{place} || '=' || strftime(v_{column}_{place}, '%Y-%m-%d %H:%M:%S') end"
        for place in members
    ]
    return f"nullif(concat_ws(';', {', '.join(each)}), '')"
