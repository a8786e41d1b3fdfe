"""What believable rows of the orders template look like."""

from expectations.believable import within
from expectations.landed import dated, in_one_currency, keyed, traced

SUITE = [
    traced(),
    keyed("customer_key"),
    dated("ordered_at"),
    in_one_currency(),
    within("gross", 0, 10_000_000, "an order is below ten million", "warn"),
    within("quantity", 0, None, "nobody buys fewer than zero of a thing"),
]
