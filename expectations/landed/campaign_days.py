"""What believable ad reports by day look like, of all ad platforms together."""

from expectations.believable import within
from expectations.landed import dated, in_one_currency, named, traced

SUITE = [
    traced(),
    dated("day"),
    in_one_currency(),
    within("impressions", 0, None, "nobody sees an ad fewer than zero times"),
    within("clicks", 0, None, "nobody clicks fewer than zero times"),
    within("spend", -1_000_000, 10_000_000, "a row of an ad report is below ten million", "warn"),
    named(
        "ids_are_whole",
        "regexp_matches(coalesce(account_id, '') || ' ' || coalesce(campaign_id, ''), '[0-9][.,]?[0-9]*[eE][+][0-9]')",
        "no account or campaign id was turned into 1.2E+17 by a spreadsheet",
    ),
]
