"""The truth about hand-offs, deals and two CRMs, on five people and six deals worked out by hand."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from orchestration.demo.company import Company
from orchestration.demo.deals import Deal, DealStep, HubspotDeal
from orchestration.demo.promises import Promise, Target
from orchestration.demo.prospects import Account, Answer, Person, StageEntry
from orchestration.demo.truth import truth_of
from orchestration.demo.working_hours import after_open_minutes, open_minutes

JANUARY, FEBRUARY, MARCH, MAY = (dt.date(2025, month, 1) for month in (1, 2, 3, 5))
JUNE = dt.date(2026, 6, 1)
Reader = Callable[..., tuple[Decimal | None, Decimal | None]]


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    return dt.datetime(2025, month, day, hour, minute)


def person(number: int, since: dt.datetime, *entries: StageEntry, answers: tuple[Answer, ...] = ()) -> Person:
    return Person(
        number, "A", "B", f"{number}@example.com", "paid_search", hubspot_at=since, lead_at=since,
        entries=list(entries), answers=list(answers),
    )  # fmt: skip


def people(office: Account) -> list[Person]:
    # Friday 10 January, 16:30: due on Monday at 9:30; called at 9:20. A machine's receipt is no answer.
    ada = person(
        1, at(1, 10, 16, 30),
        StageEntry("mql", at(1, 10, 16, 30), "hubspot"), StageEntry("sql", at(1, 20, 16, 30), "log"),
        answers=(Answer(at(1, 10, 16, 31), "auto_reply", "salesforce"), Answer(at(1, 13, 9, 20), "call", "salesforce")),
    )  # fmt: skip
    ada.account, ada.converted_at, ada.deal_number = office, at(2, 1), 1
    # Tuesday, answered after two hours: late. Rejected with a reason; back in February, answered before that.
    ben = person(
        2, at(1, 14), StageEntry("mql", at(1, 14), "hubspot"), StageEntry("rejected", at(1, 16), "log", "student"),
        StageEntry("mql", at(2, 12), "log"),
        answers=(Answer(at(1, 14, 11), "email", "hubspot"), Answer(at(2, 11), "call", "salesforce")),
    )  # fmt: skip
    # Nobody ever answered.
    cleo = person(3, at(1, 15), StageEntry("mql", at(1, 15), "hubspot"), StageEntry("recycled", at(2, 14), "log"))
    # Known to HubSpot alone.
    dan = Person(4, "A", "B", "4@example.com", "referral", hubspot_at=at(1, 16))
    # Answered in both cycles, the second time in the minute in which it was due; the first answer is no contact before.
    eve = person(
        5, at(4, 1), StageEntry("mql", at(4, 1), "hubspot"), StageEntry("recycled", at(4, 3), "log"),
        StageEntry("mql", at(5, 5), "log"),
        answers=(Answer(at(4, 1, 9, 30), "call", "salesforce"), Answer(at(5, 5, 10), "meeting", "log")),
    )  # fmt: skip
    return [ada, ben, cleo, dan, eve]


def deals(office: Account, buyer: Person) -> tuple[list[Deal], list[Deal]]:
    # 1: made at 1,000, raised to 1,500 in February, lost on 3 March, opened again on the 5th, won on the 20th.
    end = dt.date(2025, 3, 20)
    first = Deal(1, office, buyer, "new", at(2, 1), "won", end, 150000, [
        DealStep(at(2, 1), "Qualification", 100000, end),
        DealStep(at(2, 10), "Negotiation/Review", 150000, end),
        DealStep(at(3, 3), "Closed Lost", 150000, dt.date(2025, 3, 3)),
        DealStep(at(3, 5), "Negotiation/Review", 150000, end),
        DealStep(at(3, 20, 17), "Closed Won", 150000, end),
    ])  # fmt: skip
    lost = Deal(2, office, buyer, "new", at(2, 5), "lost", dt.date(2025, 3, 7), 50000)
    missing = Deal(3, office, buyer, "new", at(2, 6), "won", dt.date(2025, 3, 8), 20000)
    expansion = Deal(4, office, buyer, "expansion", at(4, 1), "open", dt.date(2026, 7, 1), 70000)
    mistake = Deal(5, office, buyer, "new", at(2, 1), "open", end, 100000, deleted_at=at(2, 8))
    return [first, lost, missing, expansion], [mistake]


def copies(deals: list[Deal]) -> list[HubspotDeal]:
    # The first has the old amount, the second is still open, the third is missing; one is HubSpot's own.
    first, lost, _, expansion = deals

    def copy(number: int, deal: Deal, stage: str, amount: int) -> HubspotDeal:
        return HubspotDeal(
            number, deal, deal.created_at, deal.created_at, deal.created_at, stage, deal.closed_on, amount
        )

    own = HubspotDeal(4, None, at(2, 7), at(2, 7), at(2, 7), "Qualified To Buy", dt.date(2025, 9, 1), 30000)
    return [
        copy(1, first, "Closed Won", 100000), copy(2, lost, "Contract Sent", 50000),
        copy(3, expansion, "Contract Sent", 70000), own,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def told() -> Reader:
    office = Account(1, "Birch Legal", at(2, 1))
    known = people(office)
    sold, deleted = deals(office, known[0])
    company = Company(
        accounts=[office], people=known, deals=sold, deleted_deals=deleted, hubspot_deals=copies(sold),
        promises=[
            Promise("Review held", "sales", dt.date(2025, 1, 31), True),
            Promise("Review held", "marketing", dt.date(2025, 1, 31), None),
        ],
        targets=[Target("mqls", JANUARY, Decimal(4))],
    )  # fmt: skip
    found = {
        (row.kpi, row.variant, row.period if row.grain != "all" else None, row.member): (row.numerator, row.denominator)
        for row in truth_of(company)
        if row.grain in ("month", "all")
    }
    return lambda kpi, variant="", period=None, member="": found[kpi, variant, period, member]


def test_working_hours_pass_over_the_weekend() -> None:
    assert after_open_minutes(at(1, 10, 16, 30), 60) == at(1, 13, 9, 30)
    # Due with the last stroke of the day, not the next morning; the night counts from nine on.
    assert after_open_minutes(at(1, 14, 16), 60) == at(1, 14, 17)
    assert after_open_minutes(at(1, 14, 19), 60) == at(1, 15, 10)
    assert open_minutes(at(1, 10, 16, 30), at(1, 13, 9, 20)) == 50


def test_sla_attainment(told: Reader) -> None:
    # Ada in time, Ben late, Cleo never; Ben's second cycle was in touch before it began, Eve's was not.
    assert told("sla_attainment", "", JANUARY) == (1, 3)
    assert told("sla_attainment", "", FEBRUARY) == (0, 0)
    assert told("sla_attainment", "", MAY) == (1, 1)


def test_speed_to_lead_waits_for_those_who_were_never_answered(told: Reader) -> None:
    # Ben after 120 minutes, Ada after 64 h 50 min, Cleo and Dan never: two of four by then, never nine of ten.
    assert told("speed_to_lead", "elapsed_median", JANUARY) == (64 * 60 + 50, 1)
    assert told("speed_to_lead", "elapsed_p90", JANUARY) == (None, None)
    # In working hours Ada waited 50 minutes and Ben 120.
    assert told("speed_to_lead", "business_median", JANUARY) == (120, 1)


def test_dispositions_are_first_decisions(told: Reader) -> None:
    # Ada was qualified, Ben rejected with a reason, Cleo and Eve recycled; two second cycles are undecided.
    shares = {name: told("lead_disposition", name)[0] for name in ("accepted", "rejected", "recycled", "pending")}
    assert shares == {"accepted": 1, "rejected": 1, "recycled": 2, "pending": 2}
    assert told("lead_disposition", "rejected_with_reason") == (1, 1)


def test_cumulative_incidence_lets_the_rejected_leave(told: Reader) -> None:
    # Of January's three cycles one left on day 2, one converted on day 10, one left on day 30: 1/3, not 1/2.
    assert told("cif_conversion", "day_30", JANUARY) == (Decimal("0.99999999"), 3)
    # As persons Ben and Cleo still wait.
    assert told("cif_conversion", "person_day_30", JANUARY) == (Decimal("0.99999999"), 3)
    assert told("velocity_days", "", JANUARY, "mql>sql") == (None, None)


def test_deals_count_once_whichever_crm_they_live_in(told: Reader) -> None:
    # 1,000 + 500 + 200 of Salesforce and HubSpot's own 300; neither the mistake nor the expansion.
    assert told("opportunities", "", FEBRUARY) == (4, 1)
    assert told("pipeline_created", "", FEBRUARY) == (2000, 1)
    assert told("pipeline_created", "current_amount", FEBRUARY) == (2500, 1)
    assert told("win_rate", "", MARCH) == (2, 3)
    assert told("win_rate", "value", MARCH) == (1700, 2200)
    assert told("win_rate", "created_cohort", FEBRUARY) == (2, 4)
    assert told("avg_deal_size", "", MARCH) == (1700, 2)
    # Two wins are no median.
    assert told("sales_cycle_days", "", MARCH) == (None, None)


def test_the_bridge_tells_what_moved_the_pipeline(told: Reader) -> None:
    changes = ("created", "reopened", "amount_changes", "won", "lost", "deleted", "open_end")
    # February: 3,000 made, 500 more, the mistake of 1,000 gone. March: 1,500 lost and back, then all closed but 300.
    february, march = ([told("pipeline_bridge", change, month)[0] for change in changes] for month in (FEBRUARY, MARCH))
    assert february == [3000, 0, 500, 0, 0, 1000, 2500]
    assert march == [0, 1500, 0, 1700, 2000, 0, 300]
    assert told("open_pipeline", "", JUNE) == (300, 1)


def test_two_crms(told: Reader) -> None:
    # Three of HubSpot's four deals and of Salesforce's four are linked; of the pairs only the expansion agrees.
    assert told("match_rate", "marketing_crm", None, "deals") == (3, 4)
    assert told("match_rate", "dice", JUNE, "deals") == (6, 8)
    assert told("agreement_rate", "", None, "deals") == (1, 3)
    # Open: 500 + 700 + 300 there, 700 here. Won: 1,000 there, 1,500 + 200 here.
    parts = ("gap", "only_in_marketing", "only_in_sales", "amount_differences", "status_differences")
    gaps = {status: [told("crm_gap", part, None, status)[0] for part in parts] for status in ("open", "won")}
    assert gaps == {"open": [800, 300, 0, 0, 500], "won": [-700, 0, -200, -500, 0]}


def test_people_match_where_each_side_knows_them_once(told: Reader) -> None:
    # Dan is in HubSpot only. Ada is won there and here, the others are MQLs on both sides.
    assert told("match_rate", "marketing_crm", None, "people") == (4, 5)
    assert told("match_rate", "sales_crm", None, "people") == (4, 4)
    assert told("agreement_rate", "", None, "people") == (4, 4)


def test_promises(told: Reader) -> None:
    # January: the review was held; three MQLs miss the target of four; one answer of three, one reason of one.
    assert told("alignment_commitments", "", JANUARY, "marketing") == (0, 1)
    assert told("alignment_commitments", "", JANUARY, "sales") == (2, 3)
