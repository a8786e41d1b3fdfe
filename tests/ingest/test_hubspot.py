"""HubSpot: exports of contacts, companies and deals, and the tables of a connector."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.ingest_files import Landing, key
from tests.ingest.wrapped import workbook


@pytest.mark.parametrize("spelled", ["2024-03-15 14:30", "3/15/2024 2:30 PM", "15/3/2024 14:30"])
def test_dates_come_in_several_spellings(landing: Landing, spelled: str) -> None:
    header = "Record ID,First Name,Email,Lifecycle Stage,Create Date,Original Source,Merged object IDs\n"
    landing.outcome("contacts.csv", f"{header}76,Ann,ann@x.example,Lead,{spelled},Paid Search,12; 34\n")
    [(created, merged)] = landing.rows("hubspot/contacts", "created_at, merged_keys")
    assert created == dt.datetime(2024, 3, 15, 14, 30)
    assert merged == f"{key('hubspot', '12')};{key('hubspot', '34')}"


def test_times_without_an_offset_are_in_the_reporting_timezone(tmp_path: Path) -> None:
    landing = Landing(tmp_path, config="reporting_timezone: America/New_York\n")
    landing.outcome(
        "deals.csv", "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n7,x,Won,1.00,2024-07-12 20:30,\n"
    )
    assert landing.rows("hubspot/deals", "created_at") == [(dt.datetime(2024, 7, 13, 0, 30),)]


def test_a_date_that_could_be_two_days_is_refused(landing: Landing) -> None:
    header = "Record ID,Email,Lifecycle Stage,Create Date\n"
    outcome = landing.outcome("contacts.csv", f"{header}76,ann@x.example,Lead,3/4/2024 2:30 PM\n")
    assert outcome.status == "rejected"
    assert "no date in the file that tells the day from the month" in str(outcome.problems[0])


@pytest.mark.parametrize("renamed", ["Contact ID", "Record ID", "Record ID - Contact"])
def test_the_id_of_a_contact_was_renamed_and_labels_may_end_in_a_space(landing: Landing, renamed: str) -> None:
    header = f"{renamed},First Name,Email ,Lifecycle Stage,Contact owner,Create Date,Favourite animals \n"
    row = "76,Ann,Ann@x.example,Lead,Jo Day,2024-03-15 14:30,Horses;Greyhound\n"
    outcome = landing.outcome("contacts.csv", header + row)
    assert outcome.unknown_columns == ["Favourite animals "]
    assert landing.rows("hubspot/contacts", "contact_key, email_key, owner, extra") == [
        (key("hubspot", "76"), key("email", "ann@x.example"), key("owner", "jo day"),
         '{"Favourite animals":"Horses;Greyhound"}'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spelled", "kept"),
    [("Jo Day", key("owner", "jo day")), ("JO@x.example", key("email", "jo@x.example")), ("32779820", "32779820")],
)
def test_an_owner_is_an_id_or_a_key(landing: Landing, spelled: str, kept: str) -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Deal owner,Create Date,Close Date\n"
    landing.outcome("deals.csv", f"{header}7,x,Won,1.00,{spelled},2024-07-12 20:30,\n")
    assert landing.rows("hubspot/deals", "owner") == [(kept,)]


def test_one_date_per_stage_becomes_pairs(landing: Landing) -> None:
    header = (
        "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Create Date,Close Date,Associated Contact IDs,"
        '"Date entered ""Demo (Sales Pipeline)""",Date entered \'Sent; signed (Sales Pipeline)\','
        "Date entered “Closed won”,hs_v2_date_entered_closedlost,Date entered current stage\n"
    )
    rows = (
        "1,x,Sales Pipeline,Closed won,10.50,2026-01-02 10:00,2026-02-01 09:00,9002;9999,"
        "2026-01-05 11:00,2026-01-20 12:00,2026-02-01 09:00,,2026-02-01 09:00\n"
        "2,y,Sales Pipeline,Demo,,2026-01-02 10:00,,,,,,,\n"
    )
    outcome = landing.outcome("deals.csv", header + rows)
    assert (outcome.status, outcome.unknown_columns) == ("loaded", [])
    assert landing.rows("hubspot/deals", "stage_entries, contact_keys") == [
        (
            "Demo=2026-01-05 11:00:00;Sent signed=2026-01-20 12:00:00;Closed won=2026-02-01 09:00:00",
            f"{key('hubspot', '9002')};{key('hubspot', '9999')}",
        ),
        (None, None),
    ]


def test_a_stage_date_that_is_none_is_a_fault_of_its_row(landing: Landing) -> None:
    header = 'Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,"Date entered ""Demo"""\n'
    outcome = landing.outcome("deals.csv", header + "1,x,Demo,1,2026-01-02 10:00,,soon\n")
    assert (outcome.status, outcome.rows["rejected"]) == ("rejected", 1)
    assert 'Date entered "Demo"' in str(outcome.problems[0])


def test_an_export_may_be_a_workbook(landing: Landing) -> None:
    rows: list[list[Any]] = [
        ["Record ID", "Email", "Lifecycle Stage", "Create Date", "Merged object IDs"],
        [71000101, "Ann@x.example", "Lead", dt.date(2026, 1, 2), "12;34"],
    ]
    outcome = landing.outcome("all-contacts.xlsx", workbook({"all-contacts": rows}))
    assert (outcome.status, outcome.rows["loaded"]) == ("loaded", 1)
    assert landing.rows("hubspot/contacts", "contact_key, email_key, created_at") == [
        (key("hubspot", "71000101"), key("email", "ann@x.example"), dt.datetime(2026, 1, 2))
    ]


def test_internal_names_are_the_labels_that_never_change(landing: Landing) -> None:
    header = "hs_object_id,email,lifecyclestage,createdate,hs_lifecyclestage_marketingqualifiedlead_date\n"
    landing.outcome("contacts.csv", header + "76,ann@x.example,lead,2026-01-02 10:00,2026-01-05 10:00\n")
    assert landing.rows("hubspot/contacts", "contact_key, became_mql_at") == [
        (key("hubspot", "76"), dt.datetime(2026, 1, 5, 10))
    ]


def test_companies_have_no_person(landing: Landing) -> None:
    header = "Record ID,Company name,Company owner,Create Date,Phone Number,City,Industry,Merged object IDs\n"
    outcome = landing.outcome("companies.csv", f"{header}88,Alder & Sons,Jo Day,2026-01-02 10:00,0171,Ulm,WOOD,86;87\n")
    assert (outcome.stream, outcome.unknown_columns) == ("companies", [])
    assert landing.rows("hubspot/companies", "company_id, name_key, industry, merged_ids, owner") == [
        ("88", key("company", "alder & sons"), "WOOD", "86;87", key("owner", "jo day"))
    ]


def test_a_connector_knows_contacts_by_internal_names(landing: Landing) -> None:
    outcome = landing.outcome(
        "contact.csv",
        "id,_fivetran_deleted,_fivetran_synced,property_email,property_firstname,property_lifecyclestage,"
        "property_createdate,property_hs_lifecyclestage_marketingqualifiedlead_date,property_hs_merged_object_ids,"
        "property_hubspot_owner_id,property_shoe_size\n"
        "76,false,2026-03-01 1:02:03,Ann@x.example,Ann,marketingqualifiedlead,2026-01-02 10:00:05.123,"
        "2026-01-05 10:00:00,12;34,32779820,41\n",
    )
    assert outcome.unknown_columns == ["property_shoe_size"]
    columns = "contact_key, email_key, lifecycle_stage, created_at, became_mql_at, merged_keys, owner, is_deleted"
    assert landing.rows("hubspot/contacts", columns) == [
        (
            key("hubspot", "76"), key("email", "ann@x.example"), "marketingqualifiedlead",
            dt.datetime(2026, 1, 2, 10, 0, 5, 123000), dt.datetime(2026, 1, 5, 10),
            f"{key('hubspot', '12')};{key('hubspot', '34')}", "32779820", False,
        )
    ]  # fmt: skip


def test_a_connector_knows_deals_by_stage_ids(landing: Landing) -> None:
    landing.outcome(
        "deal.csv",
        "deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,owner_id,portal_id,property_dealname,"
        "property_amount,property_closedate,property_createdate,property_hs_v2_date_entered_301\n"
        "1,false,default,301,77,9,Alder,1234.5,,2026-01-02 10:00:00,2026-01-03 10:00:00\n",
    )
    assert landing.rows("hubspot/deals", "deal_id, stage, stage_id, pipeline_id, amount, owner, stage_entries") == [
        ("1", None, "301", "default", Decimal("1234.5"), "77", "301=2026-01-03 10:00:00")
    ]


def test_a_change_log_keeps_stages_and_no_address(landing: Landing) -> None:
    head = "contact_id,timestamp,_fivetran_synced,source,name,value,source_id\n"
    rows = (
        "76,2026-01-05 10:00:00.123,2026-01-06 1:00:00,CRM_UI,lifecyclestage,lead,jo@x.example\n"
        "76,2026-01-05 10:00:00,2026-01-06 1:00:00,FORM,email,ann@x.example,\n"
    )
    outcome = landing.outcome("contact_property_history.csv", head + rows)
    assert outcome.unknown_columns == []
    assert landing.rows("hubspot/contact_property_history", "contact_key, property, value, change_source") == [
        (key("hubspot", "76"), "lifecyclestage", "lead", "CRM_UI"),
        (key("hubspot", "76"), "email", None, "FORM"),
    ]


def test_tables_that_join_records_keep_keys_of_contacts_only(landing: Landing) -> None:
    files = {
        "merges.csv": "canonical_vid,contact_id,vid_to_merge,entity_id,first_name,last_name,timestamp\n"
        "76,76,12,json,Ann,Alder,2026-01-05 10:00:00\n",
        "merged.csv": "deal_id,merged_deal_id,_fivetran_synced\n1,3,2026-01-05 10:00:00\n",
        "deal_contact.csv": "contact_id,deal_id,type_id,category\n76,1,3,HUBSPOT_DEFINED\n",
        "deal_company.csv": "company_id,deal_id,type_id,category\n88,1,5,HUBSPOT_DEFINED\n",
        "engagement_contact.csv": "contact_id,engagement_id,engagement_type,type_id\n76,9,CALL,194\n",
        "owner.csv": "owner_id,email,first_name,last_name,updated_at\n77,Jo@x.example,Jo,Day,2026-01-05 10:00:00\n",
    }
    for name, text in files.items():
        assert landing.outcome(name, text).unknown_columns == []
    ann = key("hubspot", "76")
    assert landing.rows("hubspot/contact_merges", "contact_key, merged_key") == [(ann, key("hubspot", "12"))]
    assert landing.rows("hubspot/deal_merges", "deal_id, merged_deal_id") == [("1", "3")]
    assert landing.rows("hubspot/deal_contacts", "deal_id, contact_key, type_id") == [("1", ann, "3")]
    assert landing.rows("hubspot/deal_companies", "deal_id, company_id, type_id") == [("1", "88", "5")]
    assert landing.rows("hubspot/engagement_contacts", "engagement_id, contact_key") == [("9", ann)]
    assert landing.rows("hubspot/owners", "owner_id, email_key, name_key, extra") == [
        ("77", key("email", "jo@x.example"), key("owner", "jo day"), None)
    ]


def test_calls_mails_and_meetings_are_engagements_without_their_words(landing: Landing) -> None:
    mail = (
        "engagement_id,_fivetran_deleted,property_hs_createdate,property_hs_email_subject,property_hs_email_text,"
        "property_hs_email_direction,property_hs_timestamp,property_hubspot_owner_id,type\n"
        "9,false,2026-01-05 10:00:01,Dear Ann,Hello,INCOMING_EMAIL,2026-01-05 10:00:00,77,EMAIL\n"
    )
    meeting = (
        "engagement_id,_fivetran_synced,start_time,end_time,meeting_outcome,body,title\n"
        "10,2026-01-05 10:00:00,2026-01-06 10:00:00,,COMPLETED,secret,Ann\n"
    )
    for name, text in (("engagement_email.csv", mail), ("engagement_meeting.csv", meeting)):
        assert landing.outcome(name, text).unknown_columns == []
    columns = "engagement_id, engagement_type, direction, status, owner, happened_at, extra"
    assert sorted(landing.rows("hubspot/engagements", columns)) == [
        ("10", "MEETING", None, "COMPLETED", None, dt.datetime(2026, 1, 6, 10), None),
        ("9", "EMAIL", "INCOMING_EMAIL", None, "77", dt.datetime(2026, 1, 5, 10), None),
    ]
