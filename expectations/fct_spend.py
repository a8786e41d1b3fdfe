"""What believable media spend looks like."""

from expectations.believable import no_rows, within

SUITE = [
    within("spend", None, 10_000_000, "a campaign spends less than ten million a day", "warn"),
    within("impressions", 0, None, "nobody sees an ad fewer than zero times"),
    within("clicks", 0, None, "nobody clicks fewer than zero times"),
    within("conversions", 0, None, "no platform claims fewer than zero conversions"),
    no_rows(
        "days_are_believable",
        "select * from {batch} where spend_date < date '2000-01-01' or spend_date > current_date + interval 2 day",
        "spend lies between the year 2000 and the day after tomorrow",
        remedy="an export carries a wrong date; look up its format with `duet explain FILE`",
    ),
]
