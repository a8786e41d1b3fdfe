"""The Shopify orders export: 79 columns, a row per line item, the order's own cells on its first row only."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from orchestration.demo.company import LAST_INSTANT, Company
from orchestration.demo.exports.files import ExportFile, csv_text, header, money
from orchestration.demo.names import shouted
from orchestration.demo.trade import Order

SHOP_ZONE = ZoneInfo("America/New_York")
FIRST_ID = 5_823_000_000_000
PRODUCTS = {"LAMP-DESK": "Oak desk lamp", "LAMP-FLOOR": "Oak floor lamp", "BULB-KIT": "Warm bulb kit"}
HEADER = header("shopify_orders")
BLANK = dict.fromkeys(HEADER, "")
EARLIER_EXPORT = dt.datetime(2026, 1, 5, 12)


def shopify_files(company: Company) -> Iterable[ExportFile]:
    """The orders of the first year as they stood days after it, and all orders now."""
    first_year = [order for order in company.orders if order.placed_at.year == 2025]
    yield ExportFile("shopify/orders_export_1.csv", EARLIER_EXPORT, export(first_year, EARLIER_EXPORT))
    yield ExportFile("shopify/orders_export_2.csv", dt.datetime(2026, 7, 1, 12), export(company.orders, LAST_INSTANT))


def export(orders: list[Order], until: dt.datetime) -> bytes:
    """All lines of the orders, as they stood at a moment."""
    rows = [HEADER]
    for order in orders:
        for number in range(len(order.lines)):
            rows.append(
                list((BLANK | line_cells(order, number) | (order_cells(order, until) if not number else {})).values())
            )
    return csv_text(rows).encode()


def line_cells(order: Order, number: int) -> dict[str, str]:
    """What every row of an order has."""
    line = order.lines[number]
    return {
        "Name": order.name,
        "Email": "" if order.buyer is None else shouted(order.buyer.email, order.number + 1),
        "Lineitem quantity": str(line.quantity),
        "Lineitem name": PRODUCTS[line.sku],
        "Lineitem price": money(line.price),
        "Lineitem sku": line.sku,
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "pending" if order.status != "paid" else "fulfilled",
        "Lineitem discount": "0.00",
        "Vendor": "Lumen & Oak",
    }


def order_cells(order: Order, until: dt.datetime) -> dict[str, str]:
    """What only the first row has."""
    is_paid = order.status == "paid"
    refunded = sum(refund.amount for refund in order.refunds if refund.day <= until.date())
    cancelled_at = order.placed_at + dt.timedelta(hours=5) if order.status == "voided" else None
    return {
        "Financial Status": financial_status(order, refunded),
        "Paid at": local(order.placed_at) if is_paid else "",
        "Fulfillment Status": "fulfilled" if is_paid else "unfulfilled",
        "Fulfilled at": local(min(order.placed_at + dt.timedelta(hours=20), until)) if is_paid else "",
        "Accepts Marketing": "yes" if order.number % 3 else "no",
        "Currency": order.currency,
        "Subtotal": money(order.subtotal),
        "Shipping": money(order.shipping),
        "Taxes": money(order.tax),
        "Total": money(order.total),
        "Discount Code": "WELCOME10" if order.discount else "",
        "Discount Amount": money(order.discount),
        "Shipping Method": "Standard",
        "Created at": local(order.placed_at),
        "Cancelled at": "" if cancelled_at is None else local(cancelled_at),
        "Payment Method": "Shopify Payments" if is_paid else "",
        "Refunded Amount": money(refunded),
        "Outstanding Balance": money(0 if is_paid else order.total),
        "Id": str(FIRST_ID + 32768 * order.number),
        "Risk Level": "Low",
        "Source": order.source,
        "Tax 1 Name": ("VAT 20%" if order.currency == "EUR" else "State tax 8%") if order.tax else "",
        "Tax 1 Value": money(order.tax) if order.tax else "",
    }


def financial_status(order: Order, refunded: int) -> str:
    """Shopify's word for where the money is."""
    if order.status != "paid":
        return order.status
    return "paid" if not refunded else "refunded" if refunded == order.total else "partially_refunded"


def local(at: dt.datetime) -> str:
    """A UTC moment in the shop's zone, offset after a space."""
    offset, sign = shop_offset(at.replace(minute=0, second=0))
    return f"{(at + offset).isoformat(' ', 'seconds')} {sign}"


@lru_cache(maxsize=20_000)
def shop_offset(hour: dt.datetime) -> tuple[dt.timedelta, str]:
    """The zone's offset in an hour; looked up once, since every order asks four times."""
    zoned = hour.replace(tzinfo=dt.UTC).astimezone(SHOP_ZONE)
    offset = zoned.utcoffset()
    assert offset is not None
    return offset, f"{zoned:%z}"
