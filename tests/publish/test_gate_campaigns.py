"""Campaigns that break off, where campaigns end once in a while."""

from collections.abc import Iterable
from typing import Any

import pytest

from orchestration.publish.gate.spend import no_large_campaign_breaks_off
from orchestration.rules import Gate, Rules
from tests.publish.gate_sides import day, history


def of(campaign: str, spend: int, numbers: Iterable[int]) -> list[dict[str, Any]]:
    usual = {"source": "google_ads", "account_id": "111", "campaign_id": campaign, "campaign_name": campaign}
    return [usual | {"spend_date": day(number), "spend_in_currency": spend, "report_rows": 1} for number in numbers]


def wrong(days: int, ended: int, share: float = 0.05, spend: int = 10) -> list[str]:
    """What is said of the end of a campaign of 10 of 110, after so many days in which others as large have ended."""
    before = of("Large", 100, range(days)) + of("Ends", spend, range(days - 28, days))
    before += [row for number in range(ended) for row in of(f"Over {number}", spend, range(28))]
    now, rules = before + of("Large", 100, [days]), Rules(gate=Gate(restated_share=share))
    with history({"fct_spend": now}, {"fct_spend": before}, rules=rules) as both:
        return list(no_large_campaign_breaks_off(both).wrong)


@pytest.mark.parametrize(
    ("days", "ended", "holds"),
    [(100, 0, True), (100, 1, True), (99, 1, False), (200, 2, True), (200, 3, False), (28, 0, True)],
)
def test_where_more_than_one_in_a_hundred_days_ends_one_nobody_asks(days: int, ended: int, holds: bool) -> None:
    assert bool(wrong(days, ended)) is holds


def test_the_days_of_a_year_are_counted() -> None:
    # Four ended in the first 28 of 400 days: of the last 365, day 35 on, they have none.
    assert wrong(400, 4)
    assert not wrong(365, 4)


@pytest.mark.parametrize(("share", "holds"), [(0.09, True), (0.1, False)])
def test_how_large_is_what_closed_days_may_move_by(share: float, holds: bool) -> None:
    # 10 of 110 are 9.09 %.
    assert bool(wrong(100, 0, share)) is holds
