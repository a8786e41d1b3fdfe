"""What believable reconciliation looks like."""

from expectations.believable import no_rows, one_of, within

SUITE = [
    one_of("kind", ["day", "period"], "reports are by day or of a period"),
    one_of(
        "status",
        ["agrees", "more", "less", "unknown", "days_missing", "no_days"],
        "the status is one that the mart documents",
    ),
    within("tolerance", 0, None, "a tolerance is not negative"),
    no_rows(
        "complete_reports_agree",
        "select * from {batch} where is_complete and status in ('more', 'less')",
        "reports that leave nothing out say what spend says",
        "warn",
        remedy="land both reports again, exported at the same time; a filtered view is a part and says less",
    ),
]
