"""What believable Salesforce opportunities look like."""

from expectations.believable import within
from expectations.landed import dated, in_one_currency, keyed, named, traced

SUITE = [
    traced(),
    keyed("account_key"),
    dated("created_at"),
    in_one_currency(),
    within("amount", -1_000_000_000, 1_000_000_000, "a deal is below a billion", "warn"),
    named("won_deals_are_closed", "is_won and not is_closed", "a deal that is won is closed"),
]
