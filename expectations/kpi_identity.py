"""What a believable resolution of persons looks like."""

from expectations.believable import has_rows, no_rows, within

SUITE = [
    has_rows("there is a row for all sources together"),
    within("persons", 0, None, "a number of persons is not negative"),
    within("raw_records", 0, None, "a number of records is not negative"),
    no_rows(
        "not_every_other_record_is_left_out",
        "select * from {batch} where raw_records >= 100 and excluded_records > 0.5 * raw_records",
        "of a hundred records or more, fewer than half are spam, tests or otherwise left out",
        severity="warn",
        remedy="look for a status in the seed stage_map that takes people out of the funnel and should not",
    ),
]
