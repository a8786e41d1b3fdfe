"""What believable pacing looks like."""

from expectations.believable import no_rows, one_of, within

SUITE = [
    one_of("forecast_basis", ["plan", "scheduled", "even", "weekday", "actual"], "a forecast says what it rests on"),
    within("overspend", 0, None, "overspend is what lies above the budget"),
    within("required_daily_spend", 0, None, "no day is required to earn its money back"),
    within("pacing_index", 0, 10, "no line spends more than ten times its plan", "warn"),
    no_rows(
        "nothing_planned_has_no_index",
        "select * from {batch} where (planned_to_date = 0) <> (pacing_index is null)",
        "an index exists where something was planned, and only there",
    ),
    no_rows(
        "an_ended_period_is_its_spend",
        "select * from {batch} where is_complete and abs(forecast_eop - actual_to_date) > 0.01",
        "nothing is expected of a period that is over",
    ),
]
