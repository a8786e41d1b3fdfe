"""Records that were merged, converted, deleted or left out, by the day; Europe/Berlin, as_of 2026-06-30."""

from typing import Any

from tests.models.people_rows import KNOWN_CUSTOMER, Rows, template_person, together


def hubspot_contact(key: str, created_at: str, **more: Any) -> Rows:
    return {"hubspot/contacts": [{"contact_key": key, "created_at": created_at, **more}]}


def salesforce_lead(key: str, created_at: str, **more: Any) -> Rows:
    return {"salesforce/leads": [{"lead_key": key, "created_at": created_at, "status": "Open", **more}]}


# The list of merged ids names three; the audit says that one of them is merged in July only, and knows nothing of one.
AUDITED = together(
    [
        hubspot_contact("hs_stays", "2026-01-02 09:00", merged_keys="hs_left;hs_ahead;hs_listed"),
        hubspot_contact("hs_left", "2026-01-01 09:00"),
        hubspot_contact("hs_listed", "2026-01-03 09:00"),
        hubspot_contact("hs_ahead", "2026-01-04 09:00"),
        {"hubspot/contact_merges": [
            {"contact_key": "hs_stays", "merged_key": "hs_left", "merged_at": "2026-05-01 09:00"},
            {"contact_key": "hs_stays", "merged_key": "hs_ahead", "merged_at": "2026-07-05 09:00"},
        ]},
    ]
)  # fmt: skip
# a into b in February, b into c in July; the list of c names both by then.
AUDITED_CHAIN = together(
    [
        hubspot_contact("hs_a", "2026-01-05 09:00"),
        hubspot_contact("hs_b", "2026-01-06 09:00"),
        hubspot_contact("hs_c", "2026-01-07 09:00", merged_keys="hs_a;hs_b", updated_at="2026-07-02 09:00"),
        {"hubspot/contact_merges": [
            {"contact_key": "hs_b", "merged_key": "hs_a", "merged_at": "2026-02-01 09:00"},
            {"contact_key": "hs_c", "merged_key": "hs_b", "merged_at": "2026-07-02 09:00"},
        ]},
    ]
)  # fmt: skip
# Salesforce stamps the deleted loser with the time of the merge: 21:59 UTC is still 30 June in Berlin, 22:00 is not.
MASTERS = together(
    [
        salesforce_lead("lead_winner", "2026-01-02 09:00"),
        salesforce_lead("lead_loser", "2026-01-03 09:00", master_record_key="lead_winner", is_deleted=True,
                        updated_at="2026-06-30 21:59"),
        salesforce_lead("lead_late", "2026-01-04 09:00", master_record_key="lead_winner", is_deleted=True,
                        updated_at="2026-06-30 22:00"),
    ]
)  # fmt: skip
# Converted on the last day that counts, and on the day after it, then to a contact of an account long known.
CONVERSIONS = together(
    [
        salesforce_lead("lead_conv", "2026-02-01 09:00", is_converted=True, converted_date="2026-06-30",
                        converted_contact_key="con_conv", converted_account_key="acc_conv"),
        salesforce_lead("lead_ahead", "2026-02-02 09:00", is_converted=True, converted_date="2026-07-01",
                        converted_contact_key="con_ahead", converted_account_key="acc_ahead"),
        {"salesforce/contacts": [
            {"contact_key": "con_conv", "account_key": "acc_conv", "created_at": "2026-06-30 10:00"},
            {"contact_key": "con_ahead", "account_key": "acc_ahead", "created_at": "2026-03-01 09:00"},
        ]},
    ]
)  # fmt: skip
LEFT_OUT = together(
    [
        template_person("spam", "2026-01-09 09:00", deleted_reason="spam"),
        template_person("test", "2026-01-09 09:00", is_test=True),
        template_person("future", "2026-07-01 09:00"),
        KNOWN_CUSTOMER,
    ]
)
KEPT = together(
    [
        hubspot_contact("hs_erased", "2026-01-10 09:00", is_deleted=True),
        template_person("erased", "2026-01-11 09:00", deleted_reason="privacy", deleted_at="2026-05-01 09:00"),
        hubspot_contact("hs_mail", "2026-01-12 09:00", email_key="e_mail"),
        template_person("mail", "2026-01-13 09:00", email_key="e_mail"),
    ]
)
# A child won in February what its parent won in April; the parent that it names was merged away. A shop of a chain.
# Two contacts of one company, whose records were merged.
ACCOUNTS = together(
    [
        {
            "salesforce/accounts": [
                {"account_key": "acc_group", "created_at": "2026-01-01 09:00"},
                {"account_key": "acc_group_old", "master_record_key": "acc_group", "is_deleted": True,
                 "updated_at": "2026-03-01 09:00"},
                {"account_key": "acc_child", "parent_key": "acc_group_old"},
            ],
            "salesforce/opportunities": [
                {"opportunity_id": "006X", "account_key": "acc_group", "created_at": "2026-01-16 10:00",
                 "close_date": "2026-04-20", "is_closed": True, "is_won": True, "stage": "Closed Won", "amount": 900},
                {"opportunity_id": "006Y", "account_key": "acc_child", "created_at": "2026-01-16 10:00",
                 "close_date": "2026-02-20", "is_closed": True, "is_won": True, "stage": "Closed Won", "amount": 100},
            ],
            "template/customers": [
                {"customer_key": "chain"}, {"customer_key": "shop", "parent_customer_key": "chain"},
            ],
            "template/orders": [
                {"order_id": "2", "customer_key": "shop", "ordered_at": "2026-03-02 09:00", "gross": 10,
                 "currency": "USD"},
                {"order_id": "3", "customer_key": "chain", "ordered_at": "2026-05-02 09:00", "gross": 10,
                 "currency": "USD"},
            ],
            "hubspot/companies": [{"company_id": "5", "merged_ids": "7"}],
        },
        hubspot_contact("hs_five", "2026-01-14 09:00", company_id="5"),
        hubspot_contact("hs_seven", "2026-01-15 09:00", company_id="7"),
    ]
)  # fmt: skip
# Rejected with a reason, stamped twice in the second cycle, rejected without one, and again while no cycle is open.
# A contact whose exports show MQL, Lead and MQL again, without stamps or a log.
LEDGER = together(
    [
        {
            "template/people": [{"person_key": "rejected", "created_at": "2026-03-01 09:00"}],
            "template/stage_events": [
                {"person_key": "rejected", "stage": stage, "entered_at": f"2026-03-{day} 09:00", "reason": reason}
                for stage, day, reason in (
                    ("mql", "02", None), ("rejected", "05", "No budget this year"), ("mql", "20", None),
                    ("mql", "21", None), ("rejected", "25", None), ("rejected", "26", "Rejected"),
                )
            ],
            "hubspot/contacts": [
                {"contact_key": "hs_back", "created_at": "2026-03-01 09:00", "lifecycle_stage": stage,
                 "updated_at": at, "exported_at": at}
                for stage, at in (
                    ("Marketing Qualified Lead", "2026-03-02 09:00"), ("Lead", "2026-03-10 09:00"),
                    ("Marketing Qualified Lead", "2026-03-20 09:00"),
                )
            ],
        },
    ]
)  # fmt: skip
# Merged in May: one person less in February (lead) and in March (MQL). A chain, merged in April and in May. A merge in
# the month in which both asked. Marked as spam, and erased for privacy, in May.
RESTATED = together(
    [
        template_person("re_a", "2026-01-03 09:00", ("mql", "2026-02-10 09:00")),
        template_person("re_b", "2026-02-04 09:00", ("mql", "2026-03-15 09:00"), merged_into_key="re_a",
                        merged_at="2026-05-07 09:00"),
        template_person("ch_1", "2026-01-05 09:00", merged_into_key="ch_2", merged_at="2026-04-05 09:00"),
        template_person("ch_2", "2026-02-05 09:00", merged_into_key="ch_3", merged_at="2026-05-06 09:00"),
        template_person("ch_3", "2026-03-05 09:00"),
        template_person("run_1", "2026-05-03 09:00", merged_into_key="run_2", merged_at="2026-05-20 09:00"),
        template_person("run_2", "2026-05-08 09:00"),
        template_person("late_spam", "2026-02-02 09:00", ("mql", "2026-03-03 09:00"), deleted_reason="spam",
                        deleted_at="2026-05-05 09:00"),
        template_person("late_erased", "2026-02-02 09:00", ("mql", "2026-03-03 09:00"), deleted_reason="privacy",
                        deleted_at="2026-05-05 09:00"),
    ]
)  # fmt: skip

IDENTITY = together([AUDITED, AUDITED_CHAIN, MASTERS, CONVERSIONS, LEFT_OUT, KEPT, ACCOUNTS, LEDGER, RESTATED])
