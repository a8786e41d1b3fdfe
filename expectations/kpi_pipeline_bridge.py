"""What a believable pipeline bridge looks like."""

from expectations.believable import GRAINS, has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every period has a row, also one without deals"),
    one_of("grain", GRAINS, "every grain is a calendar or fiscal period that we publish"),
    within("open_end", 0, None, "a stock of open deals is not negative"),
    within("open_deals_end", 0, None, "a number of open deals is not negative"),
    no_rows(
        "no_month_deletes_more_than_it_closes",
        "select * from {batch} where grain = 'month' and dimension = '' and open_deals_start >= 30 "
        "and deleted > won + lost and deleted > 0.2 * open_start",
        "with thirty open deals or more, a month does not delete a fifth of the pipeline and more than it closes",
        severity="warn",
        remedy="ask who deletes deals instead of closing them: their losses are missing from the win rate",
    ),
]
