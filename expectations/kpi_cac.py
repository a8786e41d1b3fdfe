"""What a believable CAC looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row, also one without customers"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("new_customers", 0, None, "nobody wins fewer than zero customers"),
    within("media_spend", 0, None, "media spend of a period is not negative"),
    within("loaded_cost", 0, None, "the loaded cost of a period is not negative"),
    within("cac_fully_loaded", 0, 1_000_000, "a customer costs less than a million, all costs included", "warn"),
    no_rows(
        "paid_is_part_of_all",
        "select * from {batch} where paid_new_customers > new_customers or paid_media_spend > media_spend",
        "paid customers and paid spend are part of all customers and all spend",
    ),
]
