"""What believable restatement looks like."""

from expectations.believable import one_of, within

SUITE = [
    one_of("age", ["0-3", "4-7", "8-28", "29+"], "ages are the four that the mart documents"),
    within("spend_moved_rate", 0, 0.5, "later exports move less than half of what was first seen", "warn"),
]
