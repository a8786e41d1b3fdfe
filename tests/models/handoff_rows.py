"""Hand-offs with one story each; Berlin, open Monday to Friday 09-17 but for Easter, 60 minutes, as_of 2026-06-30."""

from typing import Any

from tests.models.people_rows import Rows, together


def handed_over(key: str, created_at: str, *stages: tuple[str, ...], answers: tuple[tuple[str, str], ...] = ()) -> Rows:
    """A person of the template: (stage, when, reason, owner) of its stage events, (type, when) of its answers; UTC."""
    names = ("stage", "entered_at", "reason", "owner")
    events: list[dict[str, Any]] = [dict(zip(names, stage, strict=False)) | {"person_key": key} for stage in stages]
    return {
        "template/people": [{"person_key": key, "created_at": created_at, "source_channel": "Fair"}],
        "template/stage_events": events,
        "template/responses": [
            {"person_key": key, "response_type": kind, "responded_at": at} for kind, at in answers
        ],
    }  # fmt: skip


# Friday 16:50 to Monday 09:10 in Berlin: 10 + 10 minutes of work. Due on Monday at 09:50.
WEEKEND = handed_over(
    "weekend", "2026-01-16 15:50", ("mql", "2026-01-16 15:50"), ("sal", "2026-01-19 09:00"),
    answers=(("call", "2026-01-19 08:10"),),
)  # fmt: skip
# The clock went forward on Sunday: Friday 16:30 (15:30 UTC) to Monday 09:15 (07:15 UTC), 30 + 15 minutes.
SPRING = handed_over(
    "spring", "2026-03-27 15:30", ("mql", "2026-03-27 15:30"), ("disqualified", "2026-03-31 09:00"),
    answers=(("email", "2026-03-30 07:15"),),
)  # fmt: skip
# It went back: Friday 16:30 (14:30 UTC) to Monday 09:45 (08:45 UTC), 30 + 45 minutes; due at 09:30, so too late.
AUTUMN = handed_over(
    "autumn", "2025-10-24 14:30", ("mql", "2025-10-24 14:30"), ("rejected", "2025-10-28 09:00", "No budget"),
    answers=(("call", "2025-10-27 08:45"),),
)  # fmt: skip
# Whoever works through the nights of the change: 23:30 to 03:30 are three hours in spring and five in autumn.
SPRING_NIGHT = handed_over(
    "spring_night", "2026-03-28 22:30", ("mql", "2026-03-28 22:30", "", "night"),
    answers=(("call", "2026-03-29 01:30"),),
)  # fmt: skip
AUTUMN_NIGHT = handed_over(
    "autumn_night", "2025-10-25 21:30", ("mql", "2025-10-25 21:30", "", "night"), ("rejected", "2025-10-28 10:00"),
    answers=(("call", "2025-10-26 02:30"),),
)  # fmt: skip
# Thursday before Easter 16:30 to Tuesday after it 09:20: 30 + 20 minutes.
HOLIDAY = handed_over(
    "holiday", "2026-04-02 14:30", ("mql", "2026-04-02 14:30"), ("sql", "2026-04-08 09:00"),
    answers=(("meeting", "2026-04-07 07:20"),),
)  # fmt: skip
# Ann works 08-12 in New York: Tuesday 11:30 (16:30 UTC) to Wednesday 08:20 (13:20 UTC), 30 + 20 minutes.
ANN: Rows = handed_over(
    "ann", "2026-02-03 16:30", ("mql", "2026-02-03 16:30", "", "77"), answers=(("call", "2026-02-04 13:20"),)
) | {
    "salesforce/users": [{"user_id": "005A", "email_key": "mail_ann", "updated_at": "2026-01-01"}],
    "hubspot/owners": [{"owner_id": "77", "email_key": "mail_ann", "updated_at": "2026-01-01"}],
}
# A machine answers after a minute, a colleague after 40. "Accepted" on assignment is no acceptance.
AUTO_REPLY = handed_over(
    "auto_reply", "2026-02-09 09:00", ("mql", "2026-02-09 09:00"), ("sal", "2026-02-09 09:00", "Assigned"),
    answers=(("auto_reply", "2026-02-09 09:01"), ("call", "2026-02-09 09:40")),
)  # fmt: skip
# Called 30 minutes after it came, a day before it was handed over: the SLA has nothing to ask.
CALLED_BEFORE = handed_over(
    "called_before", "2026-02-10 09:00", ("mql", "2026-02-11 09:00"),
    answers=(("call", "2026-02-10 09:30"), ("call", "2026-02-11 12:00")),
)  # fmt: skip
# Called before anybody recorded it.
COLD_CALL = handed_over(
    "cold_call", "2026-02-12 09:00", ("mql", "2026-02-12 09:00"),
    answers=(("call", "2026-02-11 08:00"), ("call", "2026-02-12 10:00")),
)  # fmt: skip
NEVER_ANSWERED = handed_over("never_answered", "2026-03-02 09:00", ("mql", "2026-03-02 09:00"))
# Tuesday 16:45 on as_of: due tomorrow at 09:45. Until midnight 7 h 15 min pass, 15 minutes of them of work.
NOT_DUE = handed_over("not_due", "2026-06-30 14:45", ("mql", "2026-06-30 14:45"))
# Answered after 30 minutes, recycled, handed over again and answered after 10.
AGAIN = handed_over(
    "again", "2026-03-09 09:00", ("mql", "2026-03-09 09:00"), ("recycled", "2026-03-16 09:00", "Bad timing"),
    ("mql", "2026-03-23 09:00"), ("sal", "2026-03-24 09:00"), ("rejected", "2026-03-25 09:00", "too late to count"),
    answers=(("call", "2026-03-09 09:30"), ("call", "2026-03-23 09:10")),
)  # fmt: skip
# Nobody answered in a day, then it was recycled and called a week later, before it came back.
BETWEEN = handed_over(
    "between", "2026-04-13 09:00", ("mql", "2026-04-13 09:00"), ("recycled", "2026-04-14 09:00"),
    ("mql", "2026-04-27 09:00"), answers=(("call", "2026-04-20 09:00"),),
)  # fmt: skip
# From June on the SLA wants 30 minutes: 45 are too many.
STRICTER = handed_over(
    "stricter", "2026-06-02 09:00", ("mql", "2026-06-02 09:00"), answers=(("call", "2026-06-02 09:45"),)
)
# HubSpot logs who wrote to whom.
LOGGED: Rows = {
    "hubspot/contacts": [
        {"contact_key": "logged", "created_at": "2026-05-04 09:00", "became_mql_at": "2026-05-04 09:00"}
    ],
    "hubspot/engagements": [
        {"engagement_id": "1", "engagement_type": "EMAIL", "direction": "INCOMING_EMAIL",
         "happened_at": "2026-05-04 09:01"},
        {"engagement_id": "2", "engagement_type": "CALL", "direction": "OUTBOUND",
         "happened_at": "2026-05-04 09:04:30"},
    ],
    "hubspot/engagement_contacts": [
        {"engagement_id": "1", "contact_key": "logged"}, {"engagement_id": "2", "contact_key": "logged"}
    ],
}  # fmt: skip

HANDOFF = together(
    [
        WEEKEND, SPRING, AUTUMN, SPRING_NIGHT, AUTUMN_NIGHT, HOLIDAY, ANN, AUTO_REPLY, CALLED_BEFORE, COLD_CALL,
        NEVER_ANSWERED, NOT_DUE, AGAIN, BETWEEN, STRICTER, LOGGED,
    ]
)  # fmt: skip
