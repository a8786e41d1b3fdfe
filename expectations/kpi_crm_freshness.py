"""What believable ages of CRM records look like."""

from expectations.believable import no_rows, within

SUITE = [
    within("records", 0, None, "no object has fewer than zero records"),
    within("age_hours", 0, None, "no change lies after the end of as_of"),
    no_rows(
        "an_object_without_rows_has_no_age",
        "select * from {batch} where records = 0 and age_hours is not null",
        "where there is no row there is no age",
    ),
]
