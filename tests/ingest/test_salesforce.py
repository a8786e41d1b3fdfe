"""Salesforce: the same objects by API, full dump, connector, Data Loader, weekly export and report."""

import csv
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.ingest.ingest_files import Landing, key, only_problem

LEAD = (
    "Id,IsDeleted,MasterRecordId,Name,Email,LeadSource,Status,OwnerId,IsConverted,ConvertedDate,"
    "ConvertedContactId,CreatedDate,SystemModstamp,Score__c\n"
)
# Invented ids of one org, with their checksums.
ANN, BOB = "00QLk00000AABN9MAP", "00QLk00000AABOAMA5"
CONTACT, ACCOUNT, DEAL, CAMPAIGN = (
    "003Lk00000AAAAJIA5",
    "001Lk00000AAABPIA5",
    "006Lk00000AAAB9IAP",
    "701Lk00000AAAAFIA5",
)
MEMBER, TASK, USER, CHANGE = "00vLk00000AAAAIIA5", "00TLk00000AAAAfMAP", "005Lk00000AAAACIA5", "017Lk00000AAAAGIA5"
CREATED = dt.datetime(2026, 1, 2, 23, 30)


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


def quoted(*rows: list[str]) -> str:
    """A file as Data Loader and the weekly export write it: every value in quotes."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


LEAD_FIELDS = [
    "Id",
    "IsDeleted",
    "Email",
    "LeadSource",
    "Status",
    "OwnerId",
    "IsConverted",
    "CreatedDate",
    "SystemModstamp",
]


def lead(created: str, true: str, false: str) -> list[str]:
    return [ANN, false, "Ann@Example.com", "Web", "Open", USER, true, created, created]


class TestFourRoutes:
    """One lead by every route; the day of each is written as that route writes it."""

    EXPECTED: ClassVar = [
        (key("salesforce", ANN), key("email", "ann@example.com"), False, "Web", "Open", USER, True, CREATED, CREATED)
    ]
    COLUMNS = "lead_key, email_key, is_deleted, lead_source, status, owner_id, is_converted, created_at, updated_at"

    def loaded(self, landing: Landing, name: str, content: str | bytes) -> list[tuple[Any, ...]]:
        outcome = landing.outcome(name, content)
        assert (outcome.status, outcome.unknown_columns) == ("loaded", []), outcome.problems
        return landing.rows("salesforce/leads", self.COLUMNS)

    def test_the_api_answers_in_json(self, landing: Landing) -> None:
        cells: list[Any] = lead("2026-01-02T23:30:00.000+0000", "1", "0")
        record = {"attributes": {"type": "Lead", "url": f"/services/data/v61.0/sobjects/Lead/{ANN}"}}
        record |= dict(zip(LEAD_FIELDS, cells, strict=True)) | {
            "IsDeleted": False,
            "IsConverted": True,
            "Address": None,
        }
        answer = json.dumps({"totalSize": 1, "done": True, "records": [record]})
        assert self.loaded(landing, "leads.json", answer) == self.EXPECTED

    def test_a_dump_writes_one_and_nothing(self, landing: Landing) -> None:
        dump = ",".join(LEAD_FIELDS) + "\n" + ",".join(lead("2026-01-02T23:30:00.000+0000", "1", "")) + "\n"
        assert self.loaded(landing, "Lead.csv", "\ufeff" + dump) == self.EXPECTED

    @pytest.mark.parametrize("spelled", [str, str.upper])
    def test_data_loader_quotes_everything(self, landing: Landing, spelled: Any) -> None:
        extract = quoted([spelled(name) for name in LEAD_FIELDS], lead("2026-01-02T23:30:00.000Z", "true", "false"))
        assert self.loaded(landing, "extract.csv", extract) == self.EXPECTED

    def test_the_weekly_export_is_a_zip_in_gmt(self, landing: Landing) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("Lead.csv", quoted(LEAD_FIELDS, lead("2026-01-02 23:30:00", "1", "0")))
        assert self.loaded(landing, "WE_00DLk000000xxxx_1.ZIP", packed.getvalue()) == self.EXPECTED

    def test_a_connector_has_names_of_its_own(self, landing: Landing) -> None:
        names = "id,is_deleted,email,lead_source,status,owner_id,is_converted,created_date,system_modstamp\n"
        row = ",".join(lead("2026-01-02 23:30:00", "TRUE", "FALSE")) + "\n"
        assert self.loaded(landing, "lead.csv", names + row) == self.EXPECTED


def test_extract_all_brings_what_was_deleted_or_merged(landing: Landing) -> None:
    names = [*LEAD_FIELDS, "MasterRecordId"]
    gone = [*lead("2026-01-02T23:30:00.000Z", "false", "true"), BOB]
    landing.outcome("extract_all.csv", quoted(names, gone))
    assert landing.rows("salesforce/leads", "is_deleted, master_record_key") == [(True, key("salesforce", BOB))]


def test_an_id_whose_checksum_is_wrong_is_refused(landing: Landing) -> None:
    outcome = landing.outcome(
        "Lead.csv", quoted(LEAD_FIELDS, [ANN.lower(), *lead("2026-01-02 23:30:00", "1", "0")[1:]])
    )
    assert (outcome.status, outcome.rows["rejected"]) == ("rejected", 1)
    assert "A spreadsheet has changed it" in only_problem(outcome)


LABELS = [
    "Lead Owner", "First Name", "Last Name", "Company / Account", "Email", "Lead Source", "Lead Status", "Converted",
    "Lead ID", "Create Date", "Last Modified",
]  # fmt: skip
FOOTER = (
    '\n"Grand Totals ({records} records)"\n\n"Confidential Information - Do Not Distribute"\n'
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
)


def report(*rows: tuple[str, str, str], records: str = "2") -> str:
    """A report on leads: id, day of creation and last change of each, with the footer that counts them."""
    lines = [["José Díaz", "Ann", "Alder", "Alder & Sons", "ann@example.com", "Web", "Open", "0", *row] for row in rows]
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([LABELS, *lines])
    return text.getvalue() + FOOTER.format(records=records)


class TestReport:
    MONTH_FIRST = report((ANN[:15], "3/4/2025, 10:22 AM", "3/25/2025"), (BOB[:15], "3/5/2026 2:15:33 PM", "4/1/2026"))

    def test_has_labels_for_headers_and_ids_of_15_characters(self, tmp_path: Path) -> None:
        landing = Landing(tmp_path, config="reporting_timezone: America/New_York\n")
        outcome = landing.outcome("report1700000000.csv", self.MONTH_FIRST)
        assert (outcome.status, outcome.unknown_columns) == ("loaded", [])
        assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 0, "note": 4, "blank": 2}
        found = landing.rows("salesforce/leads", "lead_key, owner_id, is_converted, created_at, updated_at")
        owner = key("owner", "josé díaz")
        assert found == [
            (key("salesforce", ANN), owner, False, dt.datetime(2025, 3, 4, 15, 22), dt.datetime(2025, 3, 25, 4)),
            (key("salesforce", BOB), owner, False, dt.datetime(2026, 3, 5, 19, 15, 33), dt.datetime(2026, 4, 1, 4)),
        ]

    @pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
    def test_comes_in_either_encoding(self, landing: Landing, encoding: str) -> None:
        text = self.MONTH_FIRST.replace("(c)", "©")
        outcome = landing.outcome("report.csv", text.encode(encoding))
        assert (outcome.status, outcome.rows["loaded"], outcome.rows["note"]) == ("loaded", 2, 4)
        assert [owner for (owner,) in landing.rows("salesforce/leads", "owner_id")] == [key("owner", "josé díaz")] * 2

    def test_may_have_no_letter_beyond_ascii_but_its_copyright(self, landing: Landing) -> None:
        text = self.MONTH_FIRST.replace("José Díaz", "Jo Day").replace("(c)", "©")
        outcome = landing.outcome("report.csv", text.encode("latin-1"))
        assert (outcome.status, outcome.rows["loaded"], outcome.rows["note"]) == ("loaded", 2, 4)

    def test_is_refused_where_its_own_count_is_another(self, landing: Landing) -> None:
        rows = (ANN[:15], "3/4/2025", "3/25/2025"), (BOB[:15], "3/4/2025", "3/25/2025")
        outcome = landing.outcome("report.csv", report(*rows, records="5,700"))
        assert outcome.status == "rejected"
        assert "found 2 rows; expected 5,700 rows" in only_problem(outcome)

    def test_writes_the_day_first_in_other_countries(self, landing: Landing) -> None:
        landing.outcome("report.csv", report((ANN[:15], "4/3/2025, 10:22", "25/3/2025"), (BOB[:15], "4.3.2025", "")))
        assert landing.rows("salesforce/leads", "created_at, updated_at") == [
            (dt.datetime(2025, 3, 4, 10, 22), dt.datetime(2025, 3, 25)),
            (dt.datetime(2025, 3, 4), None),
        ]

    def test_is_refused_where_no_date_tells_the_order(self, landing: Landing) -> None:
        outcome = landing.outcome("report.csv", report((ANN[:15], "3/4/2025", "5/5/2025"), records="1"))
        assert outcome.status == "rejected"
        assert "line 2, column 'Create Date': found '3/4/2025', and no date in the file" in only_problem(outcome)

    def test_is_refused_where_dates_tell_both_orders(self, landing: Landing) -> None:
        rows = (ANN[:15], "3/4/2025", "25/3/2025"), (BOB[:15], "3/25/2025", "")
        outcome = landing.outcome("report.csv", report(*rows))
        assert "among dates with the day first and dates with the month first" in str(outcome.problems[0])

    def test_may_have_subtotals_inside(self, landing: Landing) -> None:
        head = "Stage,Opportunity ID,Opportunity Name,Amount,Close Date,Created Date,Closed,Won\n"
        rows = (
            f'Open,{DEAL[:15]},One,"1,200.50",12/31/2025,1/31/2025,0,0\nSubtotal,,,"1,200.50",,,,\n'
            "Closed Won,006Lk00000AAABA,Two,99.50,2/1/2025,1/2/2025,1,1\nSubtotal,,,99.50,,,,\nTotal,,,{total},,,,\n"
        )
        outcome = landing.outcome("report.csv", head + rows.format(total='"1,300.00"') + FOOTER.format(records="2"))
        assert outcome.rows == {"loaded": 2, "rejected": 0, "total": 3, "note": 4, "blank": 2}
        assert landing.rows("salesforce/opportunities", "opportunity_id, amount, close_date, is_won") == [
            (DEAL, Decimal("1200.50"), dt.date(2025, 12, 31), False),
            ("006Lk00000AAABAIA5", Decimal("99.50"), dt.date(2025, 2, 1), True),
        ]
        wrong = landing.outcome("wrong.csv", head + rows.format(total='"1,301.00"') + FOOTER.format(records="2"))
        assert wrong.status == "rejected"


def test_a_log_of_a_lead_keeps_words_of_lists_and_no_address(landing: Landing) -> None:
    head = ["Id", "IsDeleted", "LeadId", "CreatedById", "CreatedDate", "Field", "DataType", "OldValue", "NewValue"]
    at = "2026-01-05T10:00:00.000Z"
    outcome = landing.outcome(
        "LeadHistory.csv",
        quoted(
            head,
            [CHANGE, "false", ANN, USER, at, "Status", "DynamicEnum", "Open", "Working"],
            [CHANGE, "false", ANN, USER, at, "Email", "EmailAddress", "ann@example.com", "a.alder@example.com"],
            [CHANGE, "false", ANN, USER, "2026-01-06T10:00:00.000Z", "leadConverted", "Text", "", ""],
        ),
    )
    assert (outcome.status, outcome.unknown_columns) == ("loaded", [])
    assert landing.rows("salesforce/lead_history", "lead_key, field, old_value, new_value, changed_at") == [
        (key("salesforce", ANN), "Status", "Open", "Working", dt.datetime(2026, 1, 5, 10)),
        (key("salesforce", ANN), "Email", None, None, dt.datetime(2026, 1, 5, 10)),
        (key("salesforce", ANN), "leadConverted", None, None, dt.datetime(2026, 1, 6, 10)),
    ]


def test_a_report_on_the_history_of_leads_feeds_the_same_stream(landing: Landing) -> None:
    text = "Lead ID,Lead Owner,Edited By,Field / Event,Old Value,New Value,Edit Date\n"
    text += f"{ANN[:15]},Jo Day,Kim Lee,Lead Status,Open,Working,1/15/2026 9:05 AM\n"
    landing.outcome("report.csv", text + FOOTER.format(records="1"))
    assert landing.rows("salesforce/lead_history", "lead_key, field, new_value, changed_at") == [
        (key("salesforce", ANN), "Lead Status", "Working", dt.datetime(2026, 1, 15, 9, 5))
    ]


def test_snapshots_of_an_opportunity_are_not_its_connector_history(landing: Landing) -> None:
    head = [
        "Id", "OpportunityId", "CreatedById", "CreatedDate", "StageName", "Amount", "ExpectedRevenue", "CloseDate",
        "Probability", "ForecastCategory", "SystemModstamp", "IsDeleted", "PrevAmount", "PrevCloseDate",
    ]  # fmt: skip
    at = "2026-01-05 10:00:00"
    row = [CHANGE, DEAL, USER, at, "Negotiation", "900.5", "450.25", "2026-03-31", "50", "BestCase", at, "0", "800", ""]
    outcome = landing.outcome("OpportunityHistory.csv", quoted(head, row))
    assert (outcome.stream, outcome.unknown_columns) == ("opportunity_history", [])
    # The days of the changes, not those on which the deals may close.
    assert outcome.window == ("2026-01-05", "2026-01-05")
    assert landing.rows("salesforce/opportunity_history", "opportunity_id, stage, amount, probability, close_date") == [
        (DEAL, "Negotiation", Decimal("900.5"), Decimal(50), dt.date(2026, 3, 31))
    ]


def test_a_log_of_an_opportunity_keeps_stages_and_amounts(landing: Landing) -> None:
    head = [
        "Id",
        "IsDeleted",
        "OpportunityId",
        "CreatedById",
        "CreatedDate",
        "Field",
        "DataType",
        "OldValue",
        "NewValue",
    ]
    at = "2026-01-05 10:00:00"
    landing.outcome(
        "OpportunityFieldHistory.csv",
        quoted(
            head,
            [CHANGE, "0", DEAL, USER, at, "StageName", "DynamicEnum", "Open", "Closed Won"],
            [CHANGE, "0", DEAL, USER, at, "Name", "Text", "Deal of Ann Alder", "Ann Alder, second"],
        ),
    )
    assert landing.rows("salesforce/opportunity_field_history", "opportunity_id, field, old_value, new_value") == [
        (DEAL, "StageName", "Open", "Closed Won"),
        (DEAL, "Name", None, None),
    ]


def test_a_task_says_whom_and_what_it_is_about_and_no_subject(landing: Landing) -> None:
    head = [
        "Id", "WhoId", "WhatId", "Subject", "ActivityDate", "Status", "Priority", "OwnerId", "Description", "IsDeleted",
        "AccountId", "IsClosed", "CreatedDate", "SystemModstamp", "CallType", "TaskSubtype", "CompletedDateTime",
    ]  # fmt: skip
    at = "2026-01-05T10:00:00.000Z"
    row = ["Call Ann Alder", "2026-01-06", "Completed", "High", USER, "0171 2345678", "false", ACCOUNT, "true", at, at]
    outcome = landing.outcome(
        "Task.csv",
        quoted(
            head,
            [TASK, ANN, DEAL, *row, "Outbound", "Call", "2026-01-06T09:00:00.000Z"],
            ["00TLk00000AAAAgMAP", CONTACT, CAMPAIGN, *row, "", "Task", ""],
            ["00TLk00000AAAAhMAP", "", ACCOUNT, *row, "", "Task", ""],
        ),
    )
    assert (outcome.rows["loaded"], outcome.unknown_columns) == (3, [])
    columns = "who_key, opportunity_id, campaign_id, account_key, task_subtype, call_type, activity_date, completed_at"
    account, day = key("salesforce", ACCOUNT), dt.date(2026, 1, 6)
    assert landing.rows("salesforce/tasks", columns) == [
        (key("salesforce", ANN), DEAL, None, account, "Call", "Outbound", day, dt.datetime(2026, 1, 6, 9)),
        (key("salesforce", CONTACT), None, CAMPAIGN, account, "Task", None, day, None),
        (None, None, None, account, "Task", None, day, None),
    ]


def test_a_user_is_known_by_id_address_and_name_and_each_is_a_key_or_an_id(landing: Landing) -> None:
    head = ["Id", "Username", "LastName", "FirstName", "Name", "Email", "IsActive", "UserType", "SystemModstamp"]
    row = [USER, "jo@example.com", "Day", "Jo", "Jo Day", "Jo@example.com", "true", "Standard", "2026-01-05 10:00:00"]
    outcome = landing.outcome("User.csv", quoted(head, row))
    assert outcome.unknown_columns == []
    assert landing.rows("salesforce/users", "user_id, email_key, name_key, is_active, extra") == [
        (USER, key("email", "jo@example.com"), key("owner", "jo day"), True, None)
    ]
