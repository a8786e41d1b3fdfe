"""Salesforce ids of 15 characters differ by case alone; their 18-character form survives tools that fold case."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def eighteen(value: str) -> str:
    """SQL: the 18-character form of a 15-character id; null where a checksum is wrong; other text is kept as it is."""
    checks = " || ".join(_check(value, start) for start in (1, 6, 11))
    is_short = f"regexp_full_match({value}, '[0-9A-Za-z]{{15}}')"
    is_long = f"regexp_full_match({value}, '[0-9A-Za-z]{{18}}')"
    is_wrong = f"{is_long} and substr({value}, 16) <> {checks}"
    return f"case when {is_short} then {value} || {checks} when not ({is_wrong}) then {value} end"


def _check(value: str, start: int) -> str:
    bits = " + ".join(
        f"case when substr({value}, {start + place}, 1) between 'A' and 'Z' then {2**place} else 0 end"
        for place in range(5)
    )
    return f"substr('{ALPHABET}', 1 + {bits}, 1)"
