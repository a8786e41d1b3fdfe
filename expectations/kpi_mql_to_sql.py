"""What a believable conversion from MQL to SQL looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row, also one without MQLs"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("conversion_rate", 0, 1, "a share of persons is between 0 and 1"),
    within("cycle_conversion_rate", 0, 1, "a share of cycles is between 0 and 1"),
    within("strict_conversion_rate", 0, 1, "a share of persons with every stamp is between 0 and 1"),
    within("throughput_ratio", 0, None, "a ratio of two counts is not negative"),
    no_rows(
        "a_cohort_of_size_converts_not_entirely",
        "select * from {batch} where cohort_mqls >= 100 and conversion_rate >= 0.95",
        "no cohort of a hundred MQLs becomes SQL almost entirely",
        severity="warn",
        remedy="look whether MQL stamps are set together with SQL stamps in the CRM",
    ),
]
