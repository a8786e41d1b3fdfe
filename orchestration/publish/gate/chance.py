"""How surprising it is to find something so often, where earlier records show what is usual."""

from collections.abc import Mapping
from math import log

from orchestration.publish.gate.guard import FEW

# One in 160,000, by the bound of Chernoff; there are some hundred questions a delivery.
SURPRISE = 12.0
# Fewer records do not show what is usual.
AT_LEAST = 30


def surprise(now: Mapping[str, int], known: Mapping[str, int], word: str) -> float:
    """The exponent of the chance to find a word so often, or so seldom, where the known ones show what is usual."""
    whole, known_whole = sum(now.values()), sum(known.values())
    if not whole:
        return 0.0
    usual, share = (known.get(word, 0) + 1) / (known_whole + 2), now.get(word, 0) / whole
    return whole * sum(here * log(here / there) for here, there in ((share, usual), (1 - share, 1 - usual)) if here > 0)


def is_more_frequent(now: Mapping[str, int], known: Mapping[str, int], word: str) -> bool:
    """Whether a word comes more often than it did, by more than chance."""
    is_more = now.get(word, 0) * sum(known.values()) > known.get(word, 0) * sum(now.values())
    return is_more and surprise(now, known, word) > SURPRISE


def stands_out(now: Mapping[str, int], known: Mapping[str, int], word: str) -> bool:
    """Whether more than one or two records say a word, more often than enough earlier ones show to be usual."""
    return now.get(word, 0) > FEW and sum(known.values()) >= AT_LEAST and is_more_frequent(now, known, word)
