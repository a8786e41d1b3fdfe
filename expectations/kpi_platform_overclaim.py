"""What believable claims of ad platforms look like."""

from expectations.believable import GRAINS, no_rows, one_of, within

SUITE = [
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("claimed_conversions", 0, None, "no platform claims fewer than zero conversions"),
    no_rows(
        "wins_are_part_of_all_wins",
        "select * from {batch} where mapped_wins > distinct_wins or distinct_wins > crm_wins",
        "wins that a platform can have brought are part of all wins",
    ),
    no_rows(
        "claims_are_near_the_wins",
        "select * from {batch} where mapped_wins >= 30 and (overclaim_ratio < 0.5 or overclaim_ratio > 2)",
        "a platform claims between half and twice of what it can have brought",
        severity="warn",
        remedy="compare the conversion actions that the platform counts with what the CRM calls a win",
    ),
]
