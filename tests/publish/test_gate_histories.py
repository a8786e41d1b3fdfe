"""Deals that are in another stage than their history says hold, where they were not."""

from typing import Any

import pytest

from orchestration.publish.gate.histories import deals_stand_where_their_history_ends
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, asked, people

DEALS = "Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate,LastModifiedDate,IsDeleted,IsWon,IsClosed\n"
STEPS = "Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate\n"
WHEN = "2026-05-20T10:00:00.000+0000"


def exported(count: int, lost: int = 0, without: int = 0) -> dict[str, str]:
    """Deals in negotiation after a step before it; some are said to be lost, and some have no steps."""
    deals, steps = [], []
    for number in range(count):
        deal = f"006{number:012}AAA"
        stage = "Closed Lost" if number < lost else "Negotiation"
        deals.append(f"{deal},001000000000001AAA,Deal,{stage},10.00,2026-07-01,{WHEN},{WHEN},0,0,0\n")
        for step, reached in enumerate(("Qualification", "Negotiation")):
            row = f"008{number:010}{step:02}AAA,{deal},{reached},10.00,2026-07-01,2026-05-2{step}T10:00:00.000+0000\n"
            steps += [row] * (number >= without)
    return {"Opportunity.csv": DEALS + "".join(deals), "OpportunityHistory.csv": STEPS + "".join(steps)}


@pytest.mark.parametrize(
    ("now", "apart"),
    [({}, 0), ({"lost": 3}, 0), ({"lost": 4}, 4), ({"without": 3}, 0), ({"without": 4}, 4)],
)
def test_deals_apart_from_their_history_hold(landing: Landing, now: dict[str, Any], apart: int) -> None:
    # One was apart before; two more may be, for exports are made one after the other.
    found = asked(landing, deals_stand_where_their_history_ends, exported(9, lost=1), exported(10, **now))
    says = "Opportunity.csv: 4 of 10 deals are in another stage than OpportunityHistory.csv says, 1 were before"
    assert found == ([says] if apart else [])


def test_without_both_there_is_nothing_to_compare(landing: Landing) -> None:
    deals = {"Opportunity.csv": exported(9)["Opportunity.csv"]}
    assert asked(landing, deals_stand_where_their_history_ends, deals, exported(9, lost=9)) == []


def test_without_a_new_one_nobody_asks(landing: Landing) -> None:
    was = exported(9, lost=9)
    assert asked(landing, deals_stand_where_their_history_ends, was, was | people(*CROWD)) == []
