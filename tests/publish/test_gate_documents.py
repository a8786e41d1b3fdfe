"""Orders that are not the sum of their parts hold, where all of them always were."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from orchestration.demo.exports.files import csv_text
from orchestration.demo.exports.shopify import BLANK
from orchestration.publish.gate.documents import orders_add_up, taxes_keep_their_rate
from tests.ingest.ingest_files import Landing
from tests.publish.gate_exports import asked, costs, moment

ONCE = {"Subtotal": "100.00", "Shipping": "5.00", "Taxes": "8.00", "Total": "113.00", "Discount Amount": "0.00"}


def orders(count: int, last: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Orders of two lines, 2 of 30.00 and 1 of 40.00; the last one has cells of its own."""
    rows: list[list[str]] = [list(BLANK)]
    for number in range(1, count + 1):
        name = {"Name": f"#{1000 + number}", "Email": f"p{number}@example.com"}
        order = ONCE | {"Id": str(number), "Currency": "USD", "Financial Status": "paid", "Created at": moment(0)}
        first, second = (
            {"Lineitem quantity": quantity, "Lineitem price": price, "Lineitem sku": "LAMP", "Lineitem name": "Lamp"}
            for quantity, price in (("2", "30.00"), ("1", "40.00"))
        )
        own = dict(last) if number == count else {}
        rows += [list((BLANK | name | order | first | own).values()), list((BLANK | name | second).values())]
    return {"orders.csv": csv_text(rows)}


@pytest.mark.parametrize(
    ("own", "holds"),
    [
        ({}, False),
        ({"Total": "105.00"}, False),  # prices with their taxes in them
        ({"Subtotal": "90.00", "Discount Amount": "10.00", "Total": "103.00"}, False),
        ({"Total": "11300.00"}, True),
        ({"Subtotal": "113.00", "Total": "100.00"}, True),
        ({"Taxes": "80.00"}, True),
        ({"Subtotal": "200.00", "Total": "213.00"}, True),
    ],
)
def test_an_order_that_is_not_its_parts_holds(landing: Landing, own: dict[str, str], holds: bool) -> None:
    found = asked(landing, orders_add_up, costs(4) | orders(100), costs(5) | orders(101, own))
    says = ["orders.csv: 1 of 101 orders are not the sum of their lines, shipping and taxes"]
    assert found == (says if holds else [])


def test_of_few_orders_and_of_odd_ones_nobody_knows(landing: Landing) -> None:
    assert asked(landing, orders_add_up, orders(99), orders(100, {"Total": "1.00"})) == []


def test_where_one_never_added_up_others_need_not(landing: Landing) -> None:
    assert asked(landing, orders_add_up, orders(101, {"Total": "1.00"}), orders(102, {"Total": "2.00"})) == []


# 20.00 of 105.00 are 19 %; the others pay 8.00, 8 %.
OTHER = {"Taxes": "20.00", "Total": "125.00"}
UNTAXED = {"Taxes": "0.00", "Total": "105.00"}


@pytest.mark.parametrize(
    ("count", "last", "own", "told"),
    [
        (100, {}, OTHER, "orders.csv: 1 orders in USD are taxed at 19 %, none was before"),
        (100, {}, OTHER | {"Currency": "EUR"}, ""),  # a currency that nobody knows
        (100, {}, {}, ""),
        (100, {}, UNTAXED, ""),
        (99, {}, OTHER, ""),
        (101, OTHER, {"Taxes": "50.00", "Total": "155.00"}, ""),  # one rate came once: others may
    ],
)
def test_an_order_at_a_rate_that_none_had_holds(
    landing: Landing, count: int, last: dict[str, str], own: dict[str, str], told: str
) -> None:
    found = asked(landing, taxes_keep_their_rate, orders(count, last), orders(count + 1, own))
    assert "; ".join(found) == told
