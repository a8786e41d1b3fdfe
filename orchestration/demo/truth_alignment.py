"""Which promises were kept, those that people report and those that the figures judge; what became of decisions."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.decisions import Decision
from orchestration.demo.promises import last_day
from orchestration.demo.truth_values import ZERO, Period, Sums, TruthValue, counts, quotient, sums

TEAMS = ("marketing", "sales")
WINDOW, TIME_TO_DECIDE, AT_ONCE = dt.timedelta(days=90), dt.timedelta(days=14), dt.timedelta()
# team, KPI, variant, member, value to reach where no target says so, and how long a month takes to ripen
JUDGED = (
    ("marketing", "mqls", "", "", None, AT_ONCE),
    ("marketing", "stage_conversion_rate", "cohort_person", "mql>sql", None, WINDOW),
    ("marketing", "agreement_rate", "", "people", Decimal("0.95"), AT_ONCE),
    ("sales", "sla_attainment", "", "", Decimal("0.9"), AT_ONCE),
    ("sales", "lead_disposition", "rejected_with_reason", "", Decimal("0.95"), TIME_TO_DECIDE),
    ("sales", "agreement_rate", "", "deals", Decimal("0.95"), AT_ONCE),
)
Outcome = tuple[str, dt.date, bool]


def alignment_truth(company: Company, figures: Iterable[TruthValue]) -> Iterator[TruthValue]:
    """Kept over due by month, of both teams and of each."""
    outcomes = [*told(company), *judged(company, figures)]
    for dimension, member in (("", ""), *(("owner_team", team) for team in TEAMS)):
        mine = [(day, is_kept) for team, day, is_kept in outcomes if member in ("", team)]
        due, kept = counts(day for day, _ in mine), sums((day, int(is_kept)) for day, is_kept in mine)
        yield from by_month(kept, due, dimension, member)


def by_month(kept: Sums, due: Sums, dimension: str, member: str) -> Iterator[TruthValue]:
    """Months in which something was due; promises are counted by month only."""
    months: list[Period] = [period for period in due if period[0] == "month"]
    for grain, month in months:
        top, bottom = kept.get((grain, month), ZERO), due[grain, month]
        yield TruthValue(
            "alignment_commitments", "", grain, month, dimension, member, quotient(top, bottom), top, bottom
        )


def told(company: Company) -> Iterator[Outcome]:
    """What somebody reported; a blank is unknown."""
    for promise in company.promises:
        if promise.is_kept is not None and promise.due_on <= DEMO_AS_OF:
            yield promise.owner_team, promise.due_on, promise.is_kept


def judged(company: Company, figures: Iterable[TruthValue]) -> Iterator[Outcome]:
    """What the figures say of a month, once it is ripe and if there is a figure."""
    targets = {(target.kpi, target.month): target.value for target in company.targets if target.channel is None}
    for figure in figures:
        for team, kpi, variant, member, threshold, ripening in JUDGED:
            if (figure.kpi, figure.variant, figure.grain, figure.member) != (kpi, variant, "month", member):
                continue
            assert figure.period is not None
            goal = threshold if threshold is not None else targets.get((kpi, figure.period))
            is_ripe = last_day(figure.period) + ripening <= DEMO_AS_OF
            if goal is not None and figure.value is not None and is_ripe:
                yield team, figure.period, figure.value >= goal


def decision_truth(company: Company) -> Iterator[TruthValue]:
    """How many decisions of each team are closed, overdue and open."""
    for (team, state), count in Counter((one.owner_team, _state(one)) for one in company.decisions).items():
        number = Decimal(count)
        yield TruthValue("decisions", state, "all", None, "owner_team", team, number, number, Decimal(1))


def _state(one: Decision) -> str:
    if one.closed_on is not None:
        return "closed"
    return "overdue" if one.due_on is not None and one.due_on <= DEMO_AS_OF else "open"
