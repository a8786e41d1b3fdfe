"""What believable lines of Shopify's order export look like."""

from expectations.believable import within
from expectations.landed import dated, in_one_currency, keyed, traced

SUITE = [
    traced(),
    keyed("email_key"),
    dated("created_at"),
    in_one_currency(),
    within("line_quantity", 0, None, "nobody buys fewer than zero of a thing"),
    within("line_price", 0, None, "a thing has a price of zero or more"),
]
