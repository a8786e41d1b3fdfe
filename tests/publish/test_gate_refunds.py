"""Refunds beyond their orders, and two new files that contradict each other: what is held."""

from datetime import timedelta
from typing import Any

import pytest

from orchestration.publish.gate.copies import new_exports_agree
from orchestration.publish.gate.guard import Seen
from orchestration.publish.gate.refunds import nobody_gets_back_more_than_an_order
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import CROWD, PEOPLE, asked, people, person
from tests.publish.gate_sides import look


def side(*refunds: tuple[int, str], currency: str = "USD", orders: int = 40) -> dict[str, list[dict[str, Any]]]:
    """Orders of 100.00 USD, and refunds of some."""
    return {
        "fct_orders": [{"order_id": f"#{number}", "currency": "USD", "gross": 100} for number in range(orders)],
        "fct_refunds": [
            {"refund_id": str(place), "order_id": f"#{number}", "currency": currency, "amount": amount}
            for place, (number, amount) in enumerate(refunds)
        ],
    }


def refunded(candidate: Any, online: Any) -> Seen:
    return look(nobody_gets_back_more_than_an_order, candidate, online)


class TestRefunds:
    @pytest.mark.parametrize(
        ("refunds", "holds"),
        [
            ([(1, "100.02")], ""),
            ([(1, "100.03")], "#1: 100.03 USD of 100.00 were paid back"),
            ([(1, "60.00"), (1, "40.00")], ""),
            ([(1, "60.00"), (1, "50.00")], "#1: 110.00 USD of 100.00 were paid back"),
        ],
        ids=["rounding", "beyond", "in two parts", "two parts beyond"],
    )
    def test_more_than_the_order_holds(self, refunds: list[tuple[int, str]], holds: str) -> None:
        assert list(refunded(side(*refunds), side((0, "100.00"))).wrong) == ([holds] if holds else [])

    def test_what_was_certified_is_told_no_more(self) -> None:
        assert not refunded(side((1, "200.00")), side((1, "200.00"))).wrong

    @pytest.mark.parametrize(("new", "holds"), [(2, False), (3, True), (4, True)])
    def test_where_some_were_beyond_twice_as_many_may_be(self, new: int, holds: bool) -> None:
        # 1 of 10 was: of 2, 3 and 4 new ones 2.4, 2.6 and 2.8 may be.
        before = [(number, "150.00" if number == 0 else "50.00") for number in range(10)]
        beyond = [(10 + number, "150.00") for number in range(new)]
        assert bool(refunded(side(*before, *beyond), side(*before)).wrong) is holds

    def test_another_currency_and_an_order_of_nothing_are_not_compared(self) -> None:
        assert not refunded(side((1, "9999.00"), currency="JPY"), side()).wrong
        given_away = side((1, "5.00"))
        given_away["fct_orders"][1]["gross"] = 0
        assert not refunded(given_away, side()).wrong

    def test_without_a_version_online_nothing_is_asked(self) -> None:
        assert refunded(side((1, "200.00")), None).observed == "no history yet"


class TestCopies:
    def test_two_files_of_one_moment_that_differ_in_a_record_hold(self, landing: Landing) -> None:
        late = {"people (1).csv": PEOPLE + "".join([person(0, 0, "partner"), *CROWD[1:]])}
        assert contradictions(landing, people(*CROWD) | late) == [
            "people (1).csv and people.csv, both new, tell 1 records differently"
        ]

    def test_the_same_records_twice_agree(self, landing: Landing) -> None:
        assert contradictions(landing, people(*CROWD) | {"people (1).csv": PEOPLE + "".join(CROWD) + "\n"}) == []

    @pytest.mark.parametrize(("shared", "holds"), [(19, False), (20, True)])
    def test_files_that_share_less_than_half_of_the_smaller_one_are_parts(
        self, landing: Landing, shared: int, holds: bool
    ) -> None:
        # 40 records, of which one is told differently.
        part = [person(0, 0, "partner"), *CROWD[1:shared], *(person(200 + number, 0) for number in range(40 - shared))]
        found = contradictions(landing, people(*CROWD) | {"part.csv": PEOPLE + "".join(part)})
        assert found == (["part.csv and people.csv, both new, tell 1 records differently"] if holds else [])

    def test_of_two_moments_the_later_one_is_right(self, landing: Landing) -> None:
        late = {"people (1).csv": PEOPLE + "".join([person(0, 0, "partner"), *CROWD[1:]])}
        assert contradictions(landing, people(*CROWD) | late, apart=timedelta(seconds=1)) == []

    def test_without_a_version_online_nothing_is_asked(self) -> None:
        assert look(new_exports_agree, {}, None).observed == "no history yet"


def contradictions(landing: Landing, last: dict[str, str], apart: timedelta = timedelta()) -> list[str]:
    """What is said of the files that come last."""
    return asked(landing, new_exports_agree, people(*CROWD[:50]), last, apart=apart)
