"""Curves of waiting: who has converted, left or is still waiting after a time, and what that says of everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

CONVERTED, LEFT, WAITING = "converted", "left", "waiting"


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one of the cohort waited, for what end, and for how long anybody of that age can be followed."""

    elapsed: int
    outcome: str
    followed: int


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from a time on."""

    elapsed: int
    at_risk: int
    left_at_risk: int
    survival: Fraction
    incidence: Fraction
    converted: int


def curve(waits: Iterable[Wait]) -> list[Step]:
    """Aalen and Johansen's estimate; without anybody who left it is Kaplan and Meier's."""
    ends: dict[int, dict[str, int]] = {0: dict.fromkeys((CONVERTED, LEFT, WAITING), 0)}
    for wait in waits:
        ends.setdefault(wait.elapsed, dict.fromkeys((CONVERTED, LEFT, WAITING), 0))[wait.outcome] += 1
    at_risk = sum(sum(numbers.values()) for numbers in ends.values())
    survival, incidence, converted = Fraction(1), Fraction(0), 0
    steps = []
    for elapsed in sorted(ends):
        numbers = ends[elapsed]
        if at_risk:
            incidence += survival * Fraction(numbers[CONVERTED], at_risk)
            survival *= 1 - Fraction(numbers[CONVERTED] + numbers[LEFT], at_risk)
        converted += numbers[CONVERTED]
        left = at_risk - sum(numbers.values())
        steps.append(Step(elapsed, at_risk, left, survival, incidence, converted))
        at_risk = left
    return steps


def known_incidence(waits: list[Wait], steps: list[Step], day: int) -> Fraction | None:
    """Share that has converted by a day; None where nobody is left to tell, or nobody could be followed that long."""
    last = [step for step in steps if step.elapsed <= day][-1]
    still_at_risk = last.at_risk if last.elapsed == day else last.left_at_risk
    can_be_known = bool(waits) and day <= max(wait.followed for wait in waits)
    return last.incidence if can_be_known and (still_at_risk or not last.survival) else None


def time_reached(steps: list[Step], share: Fraction) -> int | None:
    """The smallest time by which a share of everybody has converted."""
    return next((step.elapsed for step in steps if step.incidence >= share), None)
