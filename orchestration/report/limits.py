"""Natural limits of a series (XmR): what its own past leads to expect, in the pack and on a terminal alike."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

# Fewer earlier periods draw no limits; older ones tell of another business.
AT_LEAST, AT_MOST = 6, 24


def natural_limits(past: Sequence[Decimal | None], multiplier: float) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest usual value after these periods, by their mean and mean moving range.

    A period that does not count (not complete, not mature, no value) is None; with too few others there are no limits.
    """
    values = [value for value in past[-AT_MOST:] if value is not None]
    if len(values) < AT_LEAST:
        return None
    middle = sum(values, Decimal(0)) / len(values)
    moves = [abs(later - earlier) for earlier, later in pairwise(values)]
    width = Decimal(str(multiplier)) * sum(moves, Decimal(0)) / len(moves)
    return middle - width, middle + width
