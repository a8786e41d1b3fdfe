"""F. What goes wrong between the lake and a number."""

from tests.ingest.faults.case import GATE, Case

CERTIFY, STATUS = "tests/publish/test_certify.py::", "tests/test_status.py::"
MARTS = "dbt_project/models/marts/"

CASES = [
    Case("F01", "a denominator of zero", "accepted", proved_by="tests/models/test_money_house.py::test_cac_is_null_when_nobody_was_won_and_keeps_the_spend"),
    Case("F02", "a join that multiplies spend", "held", proved_by="tests/models/test_ad_breakdowns.py::test_spend_that_is_not_that_of_the_files_blocks"),
    Case("F03", "sums of floats", "accepted", proved_by="tests/test_conventions.py::test_no_contract_promises_a_float"),
    Case("F03", "the same house on two machines", "accepted", proved_by="tests/publish/test_environments.py::test_two_machines_that_agree_in_nothing_give_one_content_hash"),
    Case("F04", "credits that do not add up", "held", reason="no attribution beyond the last touch is published yet: each conversion has one touch, so credits are whole"),
    Case("F05", "paths without a touch, with one, with five hundred", "accepted", reason="paths are not published yet (F04)"),
    Case("F06", "a table of a source that is missing", "held", proved_by="tests/publish/test_gate_files.py::test_a_source_that_is_gone_holds"),
    Case("F06", "a source that is declared and never came", "held", proved_by="tests/publish/test_gate_files.py::test_a_declared_source_that_never_came_holds_and_an_undeclared_one_does_not"),
    Case("F07", "a test that fails after its table was built", "held", proved_by=CERTIFY + "test_a_failed_check_leaves_the_last_version_online"),
    Case("F08", "a test that the order of the build passes over", "held", proved_by=CERTIFY + "test_a_check_that_did_not_run_counts_as_failed"),
    Case("F09", "a margin without costs", "accepted", proved_by="tests/models/test_money_house.py::test_an_order_without_cost_is_counted_and_has_no_margin"),
    Case("F10", "a changed model that moves what was closed", "held", proved_by=GATE + "test_a_closed_month_that_moves_far_holds"),
    Case("F11", "warnings that nobody looks at", "accepted", proved_by=STATUS + "test_a_warning_shows_its_remedy"),
]  # fmt: skip
