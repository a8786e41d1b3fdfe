"""What the change logs, associations and activities of a CRM add to people and deals; small lakes, worked by hand."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.models.dbt_runs import key_number
from tests.models.people_rows import Rows, template_person, together
from tests.models.test_people import build

Sql = duckdb.DuckDBPyConnection
MODELS = ["+int_activities", "+int_opportunities", "+int_stage_events", "+fct_stage_events"]

# The export shows the last status alone; the log knows the way, and the minute of the conversion.
LOGGED: Rows = {
    "salesforce/leads": [
        {"lead_key": "lead", "created_at": "2026-01-01 09:00", "status": "Qualified", "lead_source": "Web",
         "is_converted": True, "converted_date": "2026-02-03", "updated_at": "2026-02-03 09:00", "owner_id": "005A"},
    ],
    "salesforce/lead_history": [
        {"lead_key": "lead", "field": "Status", "old_value": "Open", "new_value": "Marketing Qualified",
         "changed_at": "2026-01-10 10:00"},
        {"lead_key": "lead", "field": "Status", "old_value": "Marketing Qualified", "new_value": "Accepted",
         "changed_at": "2026-01-12 10:00"},
        {"lead_key": "lead", "field": "Status", "new_value": "Rejected", "changed_at": "2026-01-13 10:00",
         "is_deleted": True},
        {"lead_key": "lead", "field": "leadConverted", "changed_at": "2026-02-03 15:30"},
    ],
}  # fmt: skip
# A contact that became an MQL twice; the portal's stamp, in minutes, knows the second time only.
TWICE: Rows = {
    "hubspot/contacts": [
        {"contact_key": "twice", "created_at": "2026-01-01 09:00", "lifecycle_stage": "Sales Qualified Lead",
         "became_mql_at": "2026-03-01 10:00", "owner": "mail_ann"},
    ],
    "hubspot/contact_property_history": [
        {"contact_key": "twice", "property": "lifecyclestage", "value": value, "changed_at": at}
        for value, at in (
            ("lead", "2026-01-01 09:00:00"), ("marketingqualifiedlead", "2026-01-20 10:00:30"),
            ("lead", "2026-02-01 10:00:00"), ("marketingqualifiedlead", "2026-03-01 10:00:41"),
        )
    ],
}  # fmt: skip
# Merged, by the audit alone; the deal's person by the association alone; its stage by the portal's table of stages.
ASSOCIATED: Rows = {
    "hubspot/contacts": [
        {"contact_key": "kept", "created_at": "2026-01-05 09:00", "original_source": "Paid Search"},
        {"contact_key": "gone", "created_at": "2026-01-04 09:00"},
    ],
    "hubspot/contact_merges": [{"contact_key": "kept", "merged_key": "gone", "merged_at": "2026-01-06 09:00"}],
    "hubspot/deals": [
        {"deal_id": "1", "stage_id": "901", "created_at": "2026-02-01 09:00", "amount": 100, "owner": "77",
         "is_deleted": False, "updated_at": "2026-06-01 09:00"},
        {"deal_id": "2", "stage_id": "902", "created_at": "2026-02-02 09:00", "amount": 50, "is_deleted": False},
        {"deal_id": "3", "stage_id": "903", "created_at": "2026-02-02 09:00", "amount": 70, "is_deleted": False},
        {"deal_id": "4", "stage_id": "903", "created_at": "2026-02-02 09:00", "amount": 80, "is_deleted": True},
    ],
    "hubspot/deal_pipeline_stages": [
        {"stage_id": "901", "pipeline_id": "p", "label": "Signed!", "is_won": True, "is_closed": True},
        {"stage_id": "902", "pipeline_id": "p", "label": "Gone cold", "is_won": False, "is_closed": True},
        {"stage_id": "903", "pipeline_id": "p", "label": "Demo", "is_won": False, "is_closed": False},
        {"stage_id": "904", "pipeline_id": "p", "label": "Sales qualified", "is_won": False, "is_closed": False},
    ],
    "hubspot/deal_stage_history": [
        {"deal_id": "1", "stage_id": "closedwon", "entered_at": "2026-03-05 12:00"},
        {"deal_id": "1", "stage_id": "903", "entered_at": "2026-02-10 12:00"},
    ],
    "hubspot/deal_merges": [{"deal_id": "1", "merged_deal_id": "3"}],
    "hubspot/deal_contacts": [
        {"deal_id": "1", "contact_key": "gone", "type_id": "3"},
        {"deal_id": "2", "contact_key": "kept", "type_id": "3"},
    ],
    "hubspot/deal_companies": [
        {"deal_id": "1", "company_id": "88", "type_id": "341"},
        {"deal_id": "1", "company_id": "99", "type_id": "5"},
    ],
    "hubspot/owners": [{"owner_id": "77", "email_key": "mail_ann"}],
    "salesforce/users": [{"user_id": "005A", "email_key": "mail_ann", "name_key": "name_ann"}],
}  # fmt: skip
PIPEDRIVE: Rows = {
    "pipedrive/deals": [
        {"deal_id": "1", "status": "Won", "created_at": "2026-01-10 09:00", "won_at": "2026-02-10 09:00",
         "amount": 500, "currency": "USD", "email_key": "mail_pipe", "organization_key": "org", "owner": "name_ann"},
        {"deal_id": "2", "status": "open", "created_at": "2026-01-11 09:00", "amount": 5},
        {"deal_id": "3", "status": "deleted", "created_at": "2026-01-11 09:00", "amount": 5},
    ],
    # The template tells of the same deal by its id there.
    "template/opportunities": [
        {"opportunity_id": "t1", "external_id": "1", "status": "won", "created_at": "2026-01-10 09:00", "amount": 500},
    ],
} | template_person("pipe", "2026-01-09 09:00", email_key="mail_pipe")  # fmt: skip
ACTIVE: Rows = {
    "salesforce/tasks": [
        {"task_id": "00T1", "who_key": "lead", "task_subtype": "Call", "call_type": "Outbound", "is_closed": True,
         "status": "Completed", "completed_at": "2026-01-03 10:00", "created_at": "2026-01-02 10:00",
         "owner_id": "name_ann"},
        {"task_id": "00T2", "who_key": "lead", "task_subtype": "Task", "task_type": "Meeting", "is_closed": True,
         "activity_date": "2026-01-05", "created_at": "2026-01-02 10:00"},
        {"task_id": "00T3", "who_key": "lead", "task_subtype": "Email", "is_closed": False,
         "activity_date": "2026-01-06", "created_at": "2026-01-02 10:00"},
        {"task_id": "00T4", "who_key": "nobody", "is_closed": True, "created_at": "2026-01-02 10:00"},
    ],
    "hubspot/engagements": [
        {"engagement_id": "9", "engagement_type": "EMAIL", "direction": "INCOMING_EMAIL",
         "happened_at": "2026-01-08 10:00", "owner": "77"},
        {"engagement_id": "10", "engagement_type": "MEETING", "status": "NO_SHOW", "happened_at": "2026-01-09 10:00"},
        {"engagement_id": "11", "engagement_type": "TASK", "status": "WAITING", "happened_at": "2026-01-09 10:00"},
    ],
    "hubspot/engagement_contacts": [
        {"engagement_id": engagement, "contact_key": contact}
        for engagement, contact in (("9", "kept"), ("9", "gone"), ("10", "kept"), ("11", "kept"))
    ],
    "hubspot/form_submissions": [
        {"contact_key": "twice", "form_id": "f", "submission_id": "s", "submitted_at": "2026-01-01 09:00"}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sql]:
    rows = together([LOGGED, TWICE, ASSOCIATED, PIPEDRIVE, ACTIVE])
    outcome, settings = build(tmp_path_factory.mktemp("crm"), rows, *MODELS, "assert_every_stage_is_mapped")
    assert outcome.success, [result.message for result in outcome.result if result.status in ("error", "fail")]
    with duckdb.connect(str(settings.warehouse), read_only=True) as conn:
        yield conn


def stages(sql: Sql, record: str) -> list[tuple[Any, ...]]:
    query = """
        select stages.stage, strftime(events.entered_at, '%m-%d %H:%M:%S'), tellings.evidence, tellings.owner
        from intermediate.int_stage_events as events
        inner join intermediate.int_stages as stages using (event_order)
        inner join intermediate.int_tellings as tellings using (telling_no)
        inner join intermediate.int_person_keys as keys on events.person_id = keys.person_id
        where keys.key_no = ? and stages.stage <> 'lead' order by events.event_no
    """
    return sql.execute(query, [key_number(record)]).fetchall()


def test_a_change_log_dates_what_an_export_shows_too_late(sql: Sql) -> None:
    assert stages(sql, "lead") == [
        ("mql", "01-10 10:00:00", "history", None),
        ("sal", "01-12 10:00:00", "history", None),
        ("sql", "02-03 15:30:00", "inferred", "005A"),
    ]


def test_a_stamp_in_minutes_is_the_logged_entry_of_that_minute(sql: Sql) -> None:
    assert stages(sql, "twice") == [
        ("mql", "01-20 10:00:30", "history", None),
        ("mql", "03-01 10:00:41", "history", "005A"),
    ]


def test_an_audited_merge_makes_one_person(sql: Sql) -> None:
    query = "select count(distinct person_id) from intermediate.int_person_keys where key_no in (?, ?)"
    assert sql.execute(query, [key_number("kept"), key_number("gone")]).fetchall() == [(1,)]


def test_deals_are_what_the_portal_says_of_their_stages(sql: Sql) -> None:
    query = """
        select source_opportunity_id, status, strftime(closed_at, '%m-%d %H:%M'), owner, customer_key
        from intermediate.int_deals where source = 'hubspot' order by 1
    """
    assert sql.execute(query).fetchall() == [
        ("1", "won", "03-05 12:00", "005A", "company:99"),
        ("2", "lost", "02-02 09:00", None, None),
    ]


def test_an_association_gives_the_deal_its_person(sql: Sql) -> None:
    query = """
        select opportunity_id, channel from intermediate.int_opportunities
        where opportunity_id in ('hubspot:1', 'hubspot:2') order by 1
    """
    assert sql.execute(query).fetchall() == [("hubspot:1", "paid_search"), ("hubspot:2", "paid_search")]


def test_a_pipedrive_deal_counts_once_and_for_its_person(sql: Sql) -> None:
    query = """
        select opportunity_id, status, strftime(closed_at, '%m-%d'), amount, customer_key, owner
        from intermediate.int_deals where source in ('pipedrive', 'template') order by 1
    """
    assert sql.execute(query).fetchall() == [
        ("pipedrive:1", "won", "02-10", 500, "organization:org", "005A"),
        ("pipedrive:2", "open", None, 5, None, None),
    ]
    assert [event[:2] for event in stages(sql, "pipe")] == [
        ("opportunity", "01-10 09:00:00"), ("won", "02-10 09:00:00")
    ]  # fmt: skip


def test_activities_are_what_was_done(sql: Sql) -> None:
    query = """
        select source_activity_id, activity_type, direction, happened_date, owner
        from intermediate.int_activities order by 1
    """
    assert sql.execute(query).fetchall() == [
        ("00T1", "call", "outbound", dt.date(2026, 1, 3), "005A"),
        ("00T2", "meeting", None, dt.date(2026, 1, 5), None),
        ("9", "email", "inbound", dt.date(2026, 1, 8), "005A"),
        ("form:s", "form", "inbound", dt.date(2026, 1, 1), None),
    ]


def test_a_stage_that_the_house_maps_is_a_stage_of_the_funnel(tmp_path: Path) -> None:
    # The seed is the house's own: whoever maps "demo" to sql sees the log's entry in the funnel.
    rows = together([ASSOCIATED])
    outcome, settings = build(tmp_path, rows, "+int_deal_stage_entries")
    assert outcome.success
    with duckdb.connect(str(settings.warehouse), read_only=True) as conn:
        found = conn.execute("select stage_value, stage from intermediate.int_deal_stage_entries order by 1").fetchall()
    assert found == [("closedwon", "won"), ("demo", None)]
