"""How Salesforce writes ids and moments."""

import datetime as dt

BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def salesforce_id(prefix: str, number: int) -> str:
    """An 18-character id: object prefix, pod, number, and the checksum of which letters are capitals."""
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    short = f"{prefix}Lk00000{digits.rjust(5, 'A')}"
    return short + checksum(short)


def checksum(short: str) -> str:
    """Three characters; each says which of five characters are capitals."""
    blocks = (short[start : start + 5] for start in range(0, 15, 5))
    return "".join(CHECKSUM[sum(char.isupper() << place for place, char in enumerate(block))] for block in blocks)


def stamp(at: dt.datetime) -> str:
    """A UTC moment as dumps print it."""
    return at.isoformat(timespec="seconds") + ".000+0000"
