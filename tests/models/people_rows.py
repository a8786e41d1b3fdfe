"""People with one story each, as rows of a small lake; reporting timezone Europe/Berlin, as_of 2026-06-30."""

from collections.abc import Sequence
from typing import Any

Rows = dict[str, list[dict[str, Any]]]


def template_person(key: str, created_at: str, *stages: tuple[str, str], **more: Any) -> Rows:
    """A record of the people template with its stage events."""
    events = [{"person_key": key, "stage": stage, "entered_at": at} for stage, at in stages]
    return {
        "template/people": [{"person_key": key, "created_at": created_at, "source_channel": "Fair", **more}],
        "template/stage_events": events,
    }


def together(stories: Sequence[Rows]) -> Rows:
    """All stories in one lake."""
    lake: Rows = {}
    for story in stories:
        for stream, rows in story.items():
            lake.setdefault(stream, []).extend(rows)
    return lake


# MQL in January, recycled, MQL again in March and qualified: one MQL, two cycles; 60 days after the first MQL.
RECYCLED = template_person(
    "recycled", "2026-01-02 09:00",
    ("mql", "2026-01-10 09:00"), ("recycled", "2026-01-20 09:00"),
    ("mql", "2026-03-01 09:00"), ("sql", "2026-03-11 09:00"),
)  # fmt: skip
# Two MQL stamps while the first cycle is open: the second is ignored and counted.
STAMPED_TWICE = template_person(
    "stamped_twice", "2026-01-05 09:00", ("mql", "2026-01-12 09:00"), ("mql", "2026-02-12 09:00")
)
# Never stamped as MQL or SAL: both are inferred from the SQL stamp.
SKIPPED = template_person("skipped", "2026-02-01 09:00", ("sql", "2026-02-20 09:00"))
# The MQL stamp is three days later than the SQL stamp: MQL was reached with the SQL.
OUT_OF_ORDER = template_person(
    "out_of_order", "2026-02-02 09:00", ("sql", "2026-02-10 09:00"), ("mql", "2026-02-13 09:00")
)
# SQL exactly 90 days after MQL counts; one second more does not.
ON_THE_EDGE = template_person(
    "on_the_edge",
    "2025-11-01 09:00",
    ("mql", "2025-11-03 09:00"),
    ("sal", "2025-11-04 09:00"),
    ("sql", "2026-02-01 09:00"),
)
PAST_THE_EDGE = template_person(
    "past_the_edge", "2025-11-01 09:00", ("mql", "2025-11-03 09:00"), ("sql", "2026-02-01 09:00:01")
)
# 23:30 UTC on 31 March is 1 April in Berlin.
AT_MIDNIGHT = template_person("at_midnight", "2026-03-31 23:30", ("mql", "2026-04-01 22:30"))
# The last moment of as_of in Berlin counts, the first of 1 July does not.
LAST_MOMENT = template_person(
    "last_moment", "2026-06-30 21:00", ("mql", "2026-06-30 21:59:59"), ("sql", "2026-06-30 22:00")
)
NOT_YET = template_person("not_yet", "2026-06-30 22:00", ("mql", "2026-07-01 09:00"))
# a was merged into b, b into c; the MQL stamp stands on a.
CHAIN = together(
    [
        template_person("chain_a", "2026-01-03 09:00", ("mql", "2026-01-15 09:00"), merged_into_key="chain_b"),
        template_person("chain_b", "2026-01-04 09:00", merged_into_key="chain_c"),
        template_person("chain_c", "2026-01-05 09:00"),
    ]
)
# Merged after as_of: still two people on that day.
MERGED_LATER = together(
    [
        template_person("later_a", "2026-04-03 09:00", merged_into_key="later_b", merged_at="2026-07-05 09:00"),
        template_person("later_b", "2026-04-04 09:00"),
    ]
)
# Erased on request: no address any more, but the person counts, and so does the address of the earlier version.
ERASED: Rows = {
    "template/people": [
        {"person_key": "erased", "created_at": "2026-01-06 09:00", "email_key": "e_erased",
         "updated_at": "2026-01-06 09:00"},
        {"person_key": "erased", "created_at": "2026-01-06 09:00", "updated_at": "2026-05-01 09:00",
         "deleted_at": "2026-05-01 09:00", "deleted_reason": "privacy"},
    ],
    "hubspot/contacts": [
        {"contact_key": "hs_erased", "email_key": "e_erased", "created_at": "2026-01-07 09:00",
         "became_mql_at": "2026-01-08 09:00"},
    ],
}  # fmt: skip
# Spam in the sales log is spam in HubSpot too, with the MQL that a form gave it.
SPAM: Rows = {
    "template/people": [
        {"person_key": "spam", "created_at": "2026-01-09 09:00", "email_key": "e_spam", "deleted_reason": "Spam"},
        {"person_key": "tester", "created_at": "2026-01-09 09:00", "is_test": True},
    ],
    "hubspot/contacts": [
        {"contact_key": "hs_spam", "email_key": "e_spam", "created_at": "2026-01-09 09:00",
         "became_mql_at": "2026-01-09 10:00"},
    ],
}  # fmt: skip
# A HubSpot contact, the Salesforce lead with its address, the contact that the lead became, and the deal it won.
CONVERTED: Rows = {
    "hubspot/contacts": [
        {"contact_key": "hs_conv", "email_key": "e_conv", "created_at": "2026-02-03 09:00",
         "original_source": "Paid Search", "became_lead_at": "2026-02-03 09:00", "became_mql_at": "2026-02-05 09:00",
         "merged_keys": "hs_gone;hs_never_seen"},
        {"contact_key": "hs_gone", "email_key": "e_private", "created_at": "2026-01-30 09:00"},
    ],
    "salesforce/leads": [
        {"lead_key": "lead_conv", "email_key": "e_conv", "created_at": "2026-02-05 09:04", "lead_source": "Web",
         "status": "Closed - Converted", "is_converted": True, "converted_date": "2026-02-16",
         "converted_account_key": "acc_old", "converted_contact_key": "con_conv",
         "converted_opportunity_id": "006A", "updated_at": "2026-05-16 09:00"},
    ],
    "salesforce/contacts": [{"contact_key": "con_conv", "account_key": "acc_old", "created_at": "2026-02-16 10:00"}],
    "salesforce/accounts": [
        {"account_key": "acc_old", "master_record_key": "acc_kept", "is_deleted": True},
        {"account_key": "acc_kept"},
    ],
    "salesforce/opportunities": [
        {"opportunity_id": "006A", "account_key": "acc_kept", "created_at": "2026-02-16 10:00",
         "close_date": "2026-03-20", "is_closed": True, "is_won": True, "stage": "Closed Won", "amount": 900},
        {"opportunity_id": "006B", "account_key": "acc_kept", "created_at": "2026-05-16 10:00",
         "close_date": "2026-08-01", "stage": "Negotiation", "opportunity_type": "Existing Business"},
        {"opportunity_id": "006C", "account_key": "acc_other", "created_at": "2026-03-02 10:00",
         "close_date": "2026-04-02", "is_closed": True, "stage": "Closed Lost"},
        {"opportunity_id": "006D", "account_key": "acc_other", "created_at": "2026-03-02 10:00", "is_deleted": True},
    ],
    "hubspot/deals": [
        {"deal_id": "copy", "external_id": "006A", "stage": "Closed Won", "created_at": "2026-02-16 10:01",
         "closed_at": "2026-03-20 12:00", "contact_keys": "hs_conv"},
    ],
    "salesforce/campaigns": [{"campaign_id": "701", "campaign_type": "Email"}],
    "salesforce/campaign_members": [
        {"campaign_member_id": "00v1", "campaign_id": "701", "lead_key": "lead_conv", "has_responded": True,
         "first_responded_date": "2026-02-10", "created_at": "2026-02-09 09:00"},
        {"campaign_member_id": "00v2", "campaign_id": "701", "lead_key": "lead_conv", "created_at": "2026-02-09 09:00"},
    ],
}  # fmt: skip
# Three exports of a lead: accepted, recycled, accepted again; a fourth repeats the last status.
EXPORTED_AGAIN: Rows = {
    "salesforce/leads": [
        {"lead_key": "lead_again", "created_at": "2026-01-04 09:00", "lead_source": "Cold Call", "status": status,
         "updated_at": at, "exported_at": at}
        for status, at in (
            ("Accepted", "2026-01-14 09:00"), ("Recycled", "2026-02-14 09:00"),
            ("Accepted", "2026-04-14 09:00"), ("Accepted", "2026-05-14 09:00"),
        )
    ]
}  # fmt: skip
# Bought in February, asked in March: an expansion inquiry.
KNOWN_CUSTOMER: Rows = template_person(
    "customer", "2026-03-09 09:00", ("mql", "2026-03-10 09:00"), customer_key="c1"
) | {
    "template/orders": [
        {"order_id": "1", "customer_key": "c1", "ordered_at": "2026-02-09 09:00", "gross": 10, "currency": "USD"}
    ]
}
# Known by stage events only.
UNLISTED: Rows = {
    "template/stage_events": [{"person_key": "unlisted", "stage": "MQL", "entered_at": "2026-05-05 09:00"}]
}

PEOPLE = together(
    [
        RECYCLED, STAMPED_TWICE, SKIPPED, OUT_OF_ORDER, ON_THE_EDGE, PAST_THE_EDGE, AT_MIDNIGHT, LAST_MOMENT, NOT_YET,
        CHAIN, MERGED_LATER, ERASED, SPAM, CONVERTED, EXPORTED_AGAIN, KNOWN_CUSTOMER, UNLISTED,
    ]
)  # fmt: skip
