"""What a believable comparison with targets looks like."""

from expectations.believable import no_rows, one_of

REASONS = ["unknown_kpi", "not_begun", "no_calendar_period", "not_published", "no_value"]
SUITE = [
    one_of("better", ["higher", "lower", "neither"], "a KPI should rise, fall or neither"),
    one_of("not_measured_because", REASONS, "a target that is not measured says why"),
    no_rows(
        "measured_or_a_reason",
        "select * from {batch} where (actual is null) <> (not_measured_because is not null)",
        "a target has an actual value or a reason why not",
    ),
    no_rows(
        "targets_name_a_kpi",
        "select * from {batch} where not_measured_because in ('unknown_kpi', 'no_calendar_period', 'not_published')",
        "every target names a KPI and a period that are published",
        severity="warn",
        remedy="correct kpi, dates or channel in kpi_targets; `duet kpi NAME` lists what there is",
    ),
]
