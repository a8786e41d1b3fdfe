"""CRM exports: Salesforce objects, HubSpot records."""

import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest_files import Landing

LEAD = (
    "Id,IsDeleted,MasterRecordId,Name,Email,LeadSource,Status,OwnerId,IsConverted,ConvertedDate,"
    "ConvertedContactId,CreatedDate,SystemModstamp,Score__c\n"
)


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path)


def key(namespace: str, text: str) -> str:
    inner = hashlib.sha256(f"test key:{namespace}:{text}".encode()).hexdigest()
    return hashlib.sha256(f"test key:{inner}".encode()).hexdigest()[:32]


def test_a_salesforce_dump_writes_false_as_nothing(landing: Landing) -> None:
    row = (
        "00QEc00000BBaeXMAT,,,William Lee, William.Lee@Example.com ,Web,Open,005Ec000004oBPNIA2,1,2026-01-05,"
        "003Ec00000CyOT7IAN,2026-01-02T23:30:00.000+0000,2026-01-05T08:00:00.000+0200,9\n"
    )
    outcome = landing.outcome("Lead.csv", "\ufeff" + LEAD + row)
    assert outcome.unknown_columns == ["Score__c"]
    found = landing.rows(
        "salesforce/leads", "lead_key, email_key, is_deleted, is_converted, created_at, updated_at, extra"
    )
    assert found == [
        (
            key("salesforce", "00QEc00000BBaeXMAT"), key("email", "william.lee@example.com"), False, True,
            dt.datetime(2026, 1, 2, 23, 30), dt.datetime(2026, 1, 5, 6), '{"Score__c":"9"}',
        )
    ]  # fmt: skip


def test_an_id_of_15_characters_is_the_same_record_as_its_18(landing: Landing) -> None:
    rows = "00QEc00000BBaeX,,,,a@x.example,,Open,,,,,2026-01-02 23:30:00,2026-01-02 23:30:00,\n"
    rows += "00QEc00000BBaeXMAT,,,,a@x.example,,Open,,,,,2026-01-02 23:30:00,2026-01-03 23:30:00,\n"
    rows += "00QEc00000BBaex,,,,a@x.example,,Open,,,,,2026-01-02 23:30:00,2026-01-03 23:30:00,\n"
    landing.outcome("Lead.csv", LEAD + rows)
    keys = [found[0] for found in landing.rows("salesforce/leads", "lead_key")]
    assert keys[0] == keys[1] != keys[2]


def test_data_loader_shouts_and_connectors_whisper(landing: Landing) -> None:
    row = "00QEc00000BBaeXMAT,true,,,,Web,Open,,false,,,2026-01-02T23:30:00.000Z,2026-01-02T23:30:00.000Z,\n"
    landing.outcome("loud.csv", LEAD.upper() + row)
    snake = "_fivetran_synced,id,is_deleted,email,lead_source,status,is_converted,created_date,system_modstamp\n"
    landing.outcome(
        "quiet.csv",
        snake + "2026-01-05 1:02:03,00QEc00000BBaeXMAT,TRUE,,Web,Open,FALSE,2026-01-02 23:30:00,2026-01-02 23:30:00\n",
    )
    first, second = landing.rows(
        "salesforce/leads", "lead_key, is_deleted, lead_source, is_converted, created_at, updated_at"
    )
    assert first == second


def test_a_connector_history_row_is_dated_by_when_it_began(landing: Landing) -> None:
    header = (
        "_fivetran_active,_fivetran_start,_fivetran_end,_fivetran_synced,id,account_id,amount,close_date,"
        "created_date,is_closed,is_deleted,is_won,stage_name\n"
    )
    row = (
        "false,2026-01-01 00:00:00,2026-02-01 00:00:00,2026-03-01 00:00:00,006q000000HddohAAB,a==,10.5,"
        "2026-03-31 00:00:00,2026-01-01 00:00:00,false,false,false,Open\n"
    )
    landing.outcome("history.csv", header + row)
    found = landing.rows("salesforce/opportunities", "amount, close_date, updated_at")
    assert found == [(Decimal("10.5"), dt.date(2026, 3, 31), dt.datetime(2026, 1, 1))]


@pytest.mark.parametrize("spelled", ["2024-03-12 14:30", "3/12/2024 2:30 PM"])
def test_hubspot_dates_come_in_two_spellings(landing: Landing, spelled: str) -> None:
    header = "Record ID,First Name,Email,Lifecycle Stage,Create Date,Original Source,Merged object IDs\n"
    landing.outcome("contacts.csv", f"{header}76,Ann,ann@x.example,Lead,{spelled},Paid Search,12; 34\n")
    [(created, merged)] = landing.rows("hubspot/contacts", "created_at, merged_keys")
    assert created == dt.datetime(2024, 3, 12, 14, 30)
    assert merged == f"{key('hubspot', '12')};{key('hubspot', '34')}"


def test_times_without_an_offset_are_in_the_reporting_timezone(tmp_path: Path) -> None:
    landing = Landing(tmp_path, config="reporting_timezone: America/New_York\n")
    landing.outcome(
        "deals.csv", "Deal ID,Deal Name,Deal Stage,Amount,Create Date,Close Date\n7,x,Won,1.00,2024-07-12 20:30,\n"
    )
    assert landing.rows("hubspot/deals", "created_at") == [(dt.datetime(2024, 7, 13, 0, 30),)]
