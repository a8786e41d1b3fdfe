"""What a believable stage velocity looks like."""

from expectations.believable import has_rows, no_rows, one_of, within

SUITE = [
    has_rows("every pair of stages has a row, also where nobody converted"),
    one_of("basis", ["cycle", "person"], "the hand-over follows cycles, other steps persons"),
    within("velocity_days", 0, None, "days from one stage to the next are not negative"),
    within("observed_days", 0, None, "days from one stage to the next are not negative"),
    no_rows(
        "a_step_takes_some_time",
        "select * from {batch} where stage_pair = 'mql>sql' and converted >= 30 and observed_days = 0",
        "of thirty conversions or more, not half have MQL and SQL in the same moment",
        severity="warn",
        remedy="look whether MQL stamps are set together with SQL stamps in the CRM",
    ),
]
