"""One question to a candidate, as data: the fact that must hold, what it costs to fail, and who can put it right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from orchestration.publish.gate.history import History

Severity = Literal["block", "hold", "warn"]
# Enough to find the cause; the count is always whole.
SHOWN = 5
# One or two records that come late or are corrected by hand are no anomaly, however few records there are.
FEW = 2


def of_few(side: str, kpis: tuple[str, ...]) -> str:
    """What one or two records can be of a value, in SQL, where it is made of n orders, deals or answers of any size.

    Where amounts are spread as waiting times are, the largest of n is about ln n + 0.577 (Euler's constant) means.
    """
    share = f"least(1, {FEW} * (ln({side}.n) + 0.577) / {side}.n)"
    return f"case when {side}.kpi in {kpis} and {side}.n > 0 then {share} else 0 end"


@dataclass(frozen=True)
class Seen:
    """What a look at a candidate found: every offender in words, or what there was to see."""

    wrong: Sequence[str] = field(default_factory=list)
    otherwise: str = "nothing out of the ordinary"

    @property
    def observed(self) -> str:
        """One line."""
        more = [f"and {len(self.wrong) - SHOWN} more"] if len(self.wrong) > SHOWN else []
        return "; ".join([*self.wrong[:SHOWN], *more]) or self.otherwise


NO_HISTORY = Seen(otherwise="no history yet")


@dataclass(frozen=True)
class Guard:
    """A question and how it is answered."""

    id: str
    fact: str
    look: Callable[[History], Seen]
    remedy: str
    owner: str = "data team"
    severity: Severity = "hold"
    identity: str | None = None
    subject: str = "candidate"
