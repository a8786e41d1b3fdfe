"""Tells from a figure whether its text writes 1.5 or 1,5."""

import re

_GROUPED = re.compile(r"[-+−]?\d{1,3}(?:([.,'’\s])\d{3})+(?:([.,])\d+)?")
_PLAIN = re.compile(r"[-+−]?\d+([.,])(\d+)")


def mark_of(text: str) -> str | None:
    """The decimal mark that one figure proves; `1,234` and `1.234` prove nothing."""
    if plain := _PLAIN.fullmatch(text):
        whole = text.split(plain[1])[0].lstrip("-+−")
        is_thousand = len(plain[2]) == 3 and len(whole) <= 3 and not whole.startswith("0")
        return None if is_thousand else plain[1]
    if grouped := _GROUPED.fullmatch(text):
        if grouped[2]:
            return grouped[2]
        if grouped[1] in (".", ","):
            return "," if grouped[1] == "." else "."
    return None
