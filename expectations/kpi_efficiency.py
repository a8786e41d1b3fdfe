"""What believable returns on advertising look like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    one_of("attribution_model", ["last_touch"], "revenue belongs to whom the last touch names"),
    within("orders", 0, None, "no period has fewer than zero orders"),
    within("spend_with_value", 0, None, "nobody claims value for less than nothing"),
    within("mer", None, 1000, "over all channels a unit of media does not bring a thousand of revenue", "warn"),
    no_rows(
        "no_more_is_lost_than_spent",
        "select * from {batch} where cm2 >= 0 and romi_attributed < -1",
        "where orders leave something, no more than the marketing is lost",
    ),
    no_rows(
        "a_channel_returns_something_believable",
        "select * from {batch} where grain not in ('day', 'week') and media_spend > 100 and roas > 100",
        "over a month or more, a channel returns at most a hundred times its spend",
        severity="warn",
    ),
]
