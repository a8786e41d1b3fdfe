"""Orders whose lines, subtotal, taxes and total belong together."""

from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History
from orchestration.publish.gate.successors import Successor, part_of, successors

COLUMNS = {"order_name", "subtotal", "shipping", "taxes", "total", "discount_amount", "line_price", "line_quantity"}
# Prices have their taxes in them or not; an order's discount is in its subtotal or not. A cent each is rounding.
ADDS_UP = """
with orders as (
    select order_name, any_value(subtotal) as subtotal, any_value(total) as total,
        coalesce(any_value(shipping), 0) as shipping, coalesce(any_value(taxes), 0) as taxes,
        coalesce(any_value(discount_amount), 0) as discount, sum(line_price * line_quantity) as lines
    from read_parquet({part}) group by order_name
)
select count(*), count(*) filter (
    least(abs(total - subtotal - shipping - taxes), abs(total - subtotal - shipping)) >= 0.02
    or least(abs(lines - subtotal), abs(lines - subtotal - discount)) >= 0.02
)
from orders
"""
# At which rates the orders of each currency are taxed, in whole per cent, and how many at each.
TAXED = """
with orders as (
    select order_name, any_value(currency) as currency, any_value(taxes) as taxes,
        any_value(subtotal) + coalesce(any_value(shipping), 0) as price
    from read_parquet({part}) group by order_name
)
select currency, cast(round(100 * taxes / price) as integer) as rate, count(*)
from orders where taxes >= 0.02 and price > 0 group by all order by all
"""
# Where a hundred orders always added up, one that does not is no accident.
AT_LEAST = 100


def orders_add_up(history: History) -> Seen:
    """Orders of a new export against their own lines, where those of the export before all added up."""
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        if not set(one.stream.columns) >= COLUMNS:
            continue
        (orders, odd), (orders_before, odd_before) = (_adding_up(one, file) for file in (one.file, one.before[0]))
        if odd and not odd_before and orders_before >= AT_LEAST:
            wrong.append(f"{one.name}: {odd:,} of {orders:,} orders are not the sum of their lines, shipping and taxes")
    return Seen(wrong)


def taxes_keep_their_rate(history: History) -> Seen:
    """Orders at a rate that none of a hundred in their currency had; not where rates come that were there but once.

    A currency has its market and a market its rates: such an order is most likely one in another currency.
    """
    if history.before is None:
        return NO_HISTORY
    wrong = []
    for one in successors(history):
        if not set(one.stream.columns) >= COLUMNS:
            continue
        now, before = (_taxed(one, file) for file in (one.file, one.before[0]))
        for currency, rates in now.items():
            known = before.get(currency, {})
            if sum(known.values()) < AT_LEAST or min(known.values()) == 1:
                continue
            wrong += [
                f"{one.name}: {orders:,} orders in {currency} are taxed at {rate} %, none was before"
                for rate, orders in rates.items()
                if rate not in known
            ]
    return Seen(wrong)


def _taxed(one: Successor, file: Manifest) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for currency, rate, orders in one.history.rows(TAXED.format(part=part_of(one.history, file))):
        found.setdefault(currency, {})[rate] = orders
    return found


def _adding_up(one: Successor, file: Manifest) -> tuple[int, int]:
    [(orders, odd)] = one.history.rows(ADDS_UP.format(part=part_of(one.history, file)))
    return orders, odd


GUARDS = [
    Guard(
        "documents.orders_add_up",
        "orders are the sum of their lines, shipping and taxes, where they always were",
        orders_add_up,
        "look at the orders in the shop; export them again unopened; approve it if the shop charges something else",
        owner="finance",
    ),
    Guard(
        "documents.taxes_keep_their_rate",
        "orders of a currency are taxed at rates at which others of it were",
        taxes_keep_their_rate,
        "look whether the currency of the orders is right; approve it if there is a new rate",
        owner="finance",
    ),
]
