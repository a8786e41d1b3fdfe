"""E. What CRMs mean by their records; nearly all of it is decided in the models, where the tests named here prove it."""

import datetime as dt

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.faults.case import GATE, PEOPLE, Case
from tests.ingest.ingest_files import Landing

HUBSPOT, SALESFORCE = "tests/ingest/test_hubspot.py::", "tests/ingest/test_salesforce.py::"
PERSONS, CRM, DEALS = (
    "tests/models/test_people.py::",
    "tests/models/test_crm_models.py::",
    "tests/models/test_pipeline.py::",
)
CUSTOMERS = "tests/models/test_money_house.py::"


def _the_hour_that_comes_twice(landing: Landing) -> FileOutcome:
    """02:30 of 25 October 2026 is 00:30 and 01:30 UTC in Berlin: it is read as one of them, the same each time."""
    landing.settings.config.write_text("reporting_timezone: Europe/Berlin\n")
    outcome = landing.outcome("export.csv", PEOPLE + "1,2026-10-25 02:30:00,jane@example.com\n")
    [(instant,)] = landing.rows("template/people", "created_at")
    assert instant == dt.datetime(2026, 10, 25, 1, 30)
    return outcome


CASES = [
    Case("E01", "ids of 15 and of 18 characters", "accepted", proved_by=SALESFORCE + "test_an_id_of_15_characters_is_the_same_record_as_its_18"),
    Case("E01", "an id whose checksum is wrong", "row rejected", proved_by=SALESFORCE + "test_an_id_whose_checksum_is_wrong_is_refused"),
    Case("E02", "two ids that differ in case alone", "accepted", proved_by=SALESFORCE + "test_an_id_of_15_characters_is_the_same_record_as_its_18"),
    Case("E03", "a chain of merged contacts", "accepted", proved_by=PERSONS + "test_is_a_chain_of_merged_records"),
    Case("E03", "a merge that only the audit knows", "accepted", proved_by=CRM + "test_an_audited_merge_makes_one_person"),
    Case("E04", "a merged deal that is still there", "accepted", proved_by=CRM + "test_deals_are_what_the_portal_says_of_their_stages"),
    Case("E05", "a record that the next export leaves out", "accepted", reason="no CRM export says whether it is whole: a record stays until its deletion is exported (E07), and many that go at once hold (E06)"),
    Case("E06", "many records deleted at once", "held", proved_by=GATE + "test_many_records_that_go_at_once_hold"),
    Case("E07", "what lies in the recycle bin", "accepted", proved_by=SALESFORCE + "test_extract_all_brings_what_was_deleted_or_merged"),
    Case("E07", "a deleted deal counts nowhere", "accepted", proved_by="tests/models/test_agreement.py::test_that_was_deleted_is_none"),
    Case("E08", "a person who becomes an MQL again", "accepted", proved_by=PERSONS + "test_a_recycled_mql_is_one_mql_and_two_cycles"),
    Case("E08", "a closed deal that is reopened", "accepted", proved_by=DEALS + "test_the_ledger_tells_what_happened_to_each_deal"),
    Case("E09", "an MQL stamp after the SQL's", "accepted", proved_by=PERSONS + "test_a_late_stamp_does_not_move_the_stage_behind_its_successor"),
    Case("E10", "a stage that was skipped", "accepted", proved_by=PERSONS + "test_a_skipped_stage_has_the_date_of_the_later_one"),
    Case("E11", "a stage that nobody mapped", "held", proved_by=PERSONS + "test_a_status_that_nobody_mapped_holds_the_run"),
    Case("E12", "a deal without contact or campaign", "accepted", proved_by=DEALS + "test_every_deal_is_listed_whatever_became_of_it"),
    Case("E13", "a deal with several contacts", "accepted", proved_by=DEALS + "test_a_buying_group_influences_once_a_channel_and_once_in_total"),
    Case("E14", "one person with two addresses", "accepted", proved_by=PERSONS + "test_is_lead_contact_and_every_merged_contact"),
    Case("E15", "a shared mailbox on many leads", "accepted", reason="one address is one person: nothing says yet which addresses several people share"),
    Case("E16", "a lead that was converted and a deal in two systems", "accepted", proved_by=PERSONS + "test_a_deal_in_two_systems_is_won_once"),
    Case("E17", "an amount that changes after it was won", "held", proved_by=GATE + "test_won_deals_that_change_hold_from_the_third"),
    Case("E18", "a day outside the calendar", "held", proved_by="tests/models/test_money_holds.py::test_a_fault_names_its_row"),
    Case("E19", "a deal in another currency", "accepted", proved_by=DEALS + "test_the_bridge_leads_from_month_to_month"),
    Case("E20", "times without an offset", "accepted", proved_by=HUBSPOT + "test_times_without_an_offset_are_in_the_reporting_timezone"),
    Case("E20", "the hour that comes twice", "accepted", steps=_the_hour_that_comes_twice, loaded=1),
    Case("E21", "test and internal records", "accepted", proved_by=PERSONS + "test_does_not_count_as_spam_or_test"),
    Case("E22", "a person who was erased", "accepted", proved_by=PERSONS + "test_counts_after_it_was_erased"),
    Case("E23", "a customer who bought before asking", "accepted", proved_by=PERSONS + "test_was_no_lead_when_it_bought_before_it_asked"),
    Case("E24", "a record that another one names and that never came", "accepted", proved_by=PERSONS + "test_may_be_known_by_its_stages_only"),
    Case("E24", "a refund of an order that nobody knows", "accepted", proved_by=CUSTOMERS + "test_a_refund_of_an_unknown_order_has_a_bucket_of_its_own"),
    Case("E25", "a field history that was cut", "held", proved_by=GATE + "test_a_stage_that_is_lost_holds_from_the_third"),
]  # fmt: skip
