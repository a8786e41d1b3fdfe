"""Today's delivery and those before it: what a mutant is a spoilt copy of."""

from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.demo.exports.files import ExportFile
from orchestration.demo.simulate import simulate
from tests.trust.corruption.past import ads_before, exports_after

TODAY = date(2026, 5, 31)
WEEK = timedelta(days=7)
# Enough to show a rhythm: every stream was delivered five times before today.
BEFORE = [TODAY - number * WEEK for number in range(5, 0, -1)]


@dataclass(frozen=True)
class Delivery:
    """What lands the morning after a day."""

    day: date
    files: dict[str, ExportFile]


@dataclass(frozen=True)
class Mutant:
    """A file of the delivery, and what lands in its place: nothing, other bytes, or something beside it."""

    name: str
    file: str
    lands: tuple[ExportFile, ...]


def delivery(day: date) -> Delivery:
    """A week's exports."""
    return Delivery(day, {file.path: file for file in exports_after(simulate(), day)})


def history() -> list[ExportFile]:
    """The ad reports of the quarters before the first delivery."""
    return list(ads_before(simulate(), BEFORE[0] - WEEK))
