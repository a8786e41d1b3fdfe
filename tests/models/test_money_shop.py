"""A shop whose orders come from its admin and from a connector: counted once, against figures worked out by hand."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import build_up_to, query
from tests.models.lake_parts import write_lake

FIRST, SECOND, THIRD = "2026-02-20 12:00:00", "2026-03-05 12:00:00", "2026-03-10 12:00:00"


def exported(order_name: str, file_id: str = "admin", exported_at: str = FIRST, **more: Any) -> dict[str, Any]:
    """An order in the form of the admin's export: one line, two desk lamps."""
    first_line = {"created_at": "2026-01-20 09:00:00", "currency": "USD", "financial_status": "paid", "taxes": "0"}
    goods = {"line_sku": "DESK", "line_quantity": 2, "paid_at": "2026-01-20 09:00:00"}
    return {"order_name": order_name, **first_line, **goods, "file_id": file_id, "exported_at": exported_at, **more}


def connected(order_id: str, order_name: str, **more: Any) -> dict[str, Any]:
    """An order in the form of the connector."""
    facts = {"created_at": "2026-01-20 09:00:00", "updated_at": "2026-01-20 09:00:00", "currency": "USD", "taxes": "0"}
    return {
        "order_id": order_id, "order_name": order_name, **facts, "financial_status": "paid", "total": "100",
        "file_id": "connector", "exported_at": SECOND, **more,
    }  # fmt: skip


def item(order_id: str, **more: Any) -> dict[str, Any]:
    return {"order_item_id": f"i{order_id}", "order_id": order_id, "variant_id": "v", "quantity": 2, **more}


def refund(refund_id: str, order_id: str, day: str, **more: Any) -> dict[str, Any]:
    return {"refund_id": refund_id, "order_id": order_id, "refunded_at": f"{day} 10:00:00", **more}


ROWS: dict[str, list[dict[str, Any]]] = {
    "shopify/order_lines": [
        # 1 is in both forms; the connector's is the newer one. On 20 February 40 were refunded, on 10 March 50.
        exported("#1", order_id="1", email_key="ann", total="120", taxes="20", refunded_amount="40"),
        exported("#1", "later", THIRD, order_id="1", email_key="ann", total="120", taxes="20", refunded_amount="50"),
        # An old export without ids: the name says which order it is.
        exported("#2", total="100", email_key="bob"),
        # Only the admin knows it; its SKU tells the cost.
        exported("#9", order_id="9", total="100", email_key="cid"),
        exported("#10", order_id="10", total="77", payment_method="(for testing) Bogus Gateway"),
    ],
    "shopify/orders": [
        connected("1", "#1", email_key="ann", total="120", taxes="20", financial_status="partially_refunded"),
        connected("2", "#2", customer_key="k2"),
        connected("3", "#3", is_test=True),
        connected("4", "#4", is_deleted=True),
        connected("5", "#5", created_at="2026-02-10 09:00:00"),
        # 110 with a tip of 10, all paid back.
        connected("6", "#6", total="110", tips="10", financial_status="refunded"),
        # The second shop counts from #1, too.
        connected("7", "#8", created_at="2026-02-11 09:00:00", total="60", financial_status="refunded"),
        connected("8", "#8", created_at="2026-02-11 09:00:00", total="70", financial_status="voided"),
    ],
    "shopify/customers": [{"customer_key": "k2", "email_key": "bob"}],
    # Two of the list share an e-mail.
    "template/customers": [
        {"customer_key": "C-9", "email_key": "cid"},
        {"customer_key": "C-8", "email_key": "cid"},
        {"customer_key": "C-7"},
    ],
    "shopify/order_items": [
        item("1"), item("2"), item("5", is_gift_card=True), item("6"), item("7"), item("8"),
    ],
    "shopify/variants": [{"variant_id": "v", "inventory_item_id": "lamp"}],
    "shopify/inventory_items": [
        {"inventory_item_id": "lamp", "sku": "DESK", "unit_cost": cost, "currency": "USD", "updated_at": day}
        for cost, day in (("10", "2025-06-01 00:00:00"), ("12", "2026-02-01 00:00:00"))
    ],
    "shopify/refunds": [
        refund("a", "1", "2026-02-15", total="40", currency="USD"),
        refund("b", "6", "2026-02-15", total="110", currency="USD"),
        # No total of its own: lines 30 + 5 tax, and 25 of shipping that an adjustment takes off.
        refund("c", "7", "2026-02-20"),
        refund("d", "nobody's", "2026-02-21", total="3", currency="USD"),
    ],
    "shopify/refund_items": [{"refund_item_id": "c1", "refund_id": "c", "subtotal": "30", "tax": "5"}],
    "shopify/order_adjustments": [{"adjustment_id": "c2", "refund_id": "c", "amount": "-23", "tax": "-2"}],
    "shopify/transactions": [
        {"transaction_id": "t", "order_id": "1", "kind": "sale", "status": "success", "amount": 120, "currency": "USD"},
        {"transaction_id": "u", "order_id": "2", "kind": "sale", "status": "success", "payment_reference": "pi_2"},
    ],
    # The shop's own payment, told by its payment intent, and one that nothing connects with an order.
    "stripe/balance_transactions": [
        {
            "transaction_id": f"txn_{n}", "category": "charge", "source_id": f"ch_{n}", "payment_intent_id": f"pi_{n}",
            "currency": "USD", "gross": "100", "fee": "4.10", "net": "95.90", "created_at": "2026-01-20 09:05:00",
        }
        for n in (2, 99)
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("shop")
    settings = Settings(data_dir=data, as_of="2026-03-31", engine="duckdb")
    write_lake(settings.lake, ROWS)
    return build_up_to(settings, "fct_orders", "int_refunds", "int_kpi_values_margin")


def test_an_order_of_both_forms_is_one_order(shop: Path) -> None:
    # The newest form counts: of #1 the export of 10 March, of #2 the connector's.
    forms = "select order_key, form from intermediate.int_shopify__orders where order_key in ('1', '2', '9')"
    rows = query(shop, forms)
    assert rows == [("1", "export"), ("2", "connector"), ("9", "export")]
    assert query(shop, "select count(*) from intermediate.int_orders where source = 'shopify'") == [(10,)]


def test_what_is_no_sale_is_no_revenue(shop: Path) -> None:
    rows = query(shop, "select order_key, exclusion from intermediate.int_shopify__orders where exclusion is not null")
    assert rows == [("10", "test"), ("3", "test"), ("4", "deleted"), ("5", "gift card")]
    assert query(shop, "select count(*) from marts.fct_orders where counts_as_revenue") == [(5,)]


def test_goods_cost_what_they_cost_on_the_day_of_the_order(shop: Path) -> None:
    # 2 * 10 in January; 2 * 12 from February on; #9 has no variant, its SKU leads to the same item.
    rows = query(shop, "select order_id, cogs from marts.fct_orders where counts_as_revenue")
    assert rows == [(f"shopify:{order}", cogs) for order, cogs in ((1, 20), (2, 20), (6, 20), (7, 24), (9, 20))]


def test_refunds_have_the_day_of_the_connector_and_the_sum_of_both(shop: Path) -> None:
    rows = query(shop, "select order_id, refund_date, amount from intermediate.int_refunds")
    assert rows == [
        ("(unknown order)", dt.date(2026, 2, 21), 3),
        ("shopify:1", dt.date(2026, 2, 15), 40),
        # The export of 10 March shows 50: 10 more, on the day that showed it.
        ("shopify:1", dt.date(2026, 3, 10), 10),
        # The tip was no revenue, so giving it back takes nothing off.
        ("shopify:6", dt.date(2026, 2, 15), 100),
        ("shopify:7", dt.date(2026, 2, 20), 60),
    ]


def test_a_refund_of_the_next_month_counts_on_either_day(shop: Path) -> None:
    # #1: 120 with 20 tax is 100 net; 50 / 120 of it went back. #2 100, #9 100, #6 and #7 nothing in the end.
    margins = "select period, numerator from intermediate.int_kpi_values_margin where dimension = ''"
    net = f"{margins} and kpi = 'net_revenue' and grain = 'month'"
    january, february, march = (dt.date(2026, month, 1) for month in (1, 2, 3))
    assert query(shop, f"{net} and variant = 'order_basis'") == [(january, 258.333333), (february, -3), (march, 0)]
    # 100 + 100 + 100 + 100 sold in January; 60 sold, 33.33 + 100 + 60 + 3 returned in February; 8.33 in March.
    assert query(shop, f"{net} and variant = 'transaction_basis'") == [
        (january, 400), (february, -136.333333), (march, -8.333334),
    ]  # fmt: skip


def test_an_order_belongs_to_the_customer_of_the_list_with_its_address(shop: Path) -> None:
    rows = query(
        shop, "select order_id, customer_id from marts.fct_orders where order_id in ('shopify:1', 'shopify:9')"
    )
    assert rows == [("shopify:1", "ann"), ("shopify:9", "C-8")]


def test_an_order_without_an_address_belongs_to_its_customer(shop: Path) -> None:
    rows = query(shop, "select customer_id from marts.fct_orders where order_id = 'shopify:2'")
    assert rows == [("bob",)]


def test_payments_of_a_shop_are_fees_and_no_second_orders(shop: Path) -> None:
    assert query(shop, "select distinct source from intermediate.int_orders") == [("shopify",)]
    # Fulfilment 7.40 of the rate card; 4.10 that Stripe took, and 0.029 * 120 + 0.30 = 3.78 where it is silent.
    costs = "select order_id, variable_cost from marts.fct_orders where order_id in ('shopify:1', 'shopify:2')"
    assert query(shop, costs) == [("shopify:1", 11.18), ("shopify:2", 11.5)]
