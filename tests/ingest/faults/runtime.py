"""G. What happens to the run itself, and to what it has published."""

from tests.ingest.faults.case import Case

KILLS, DISKS, DAMAGE = (
    "tests/trust/test_kills.py::",
    "tests/trust/test_refusing_disks.py::",
    "tests/trust/test_damage.py::",
)
VERSION, LOCK, LAKE = "tests/publish/test_version.py::", "tests/publish/test_lock.py::", "tests/ingest/test_lake.py::"
CERTIFY, SECURITY = "tests/publish/test_certify.py::", "tests/trust/test_security.py::"
PROCESS = "tests/test_engine_process.py::"

CASES = [
    Case("G01", "killed at any step", "aborted", proved_by=KILLS + "test_fifty_kills_lose_and_double_nothing"),
    Case("G02", "asked to end, or Ctrl-C", "aborted", proved_by=KILLS + "test_a_run_that_is_asked_to_end_is_as_if_it_had_been_killed"),
    Case("G03", "the power fails", "aborted", proved_by="tests/test_disk.py::test_a_file_is_on_disk_before_its_name_and_its_name_before_anybody_is_told"),
    Case("G04", "the disk is full", "aborted", proved_by=DISKS + "test_a_full_disk_changes_nothing"),
    Case("G04", "the disk has no room for a run", "aborted", proved_by=DISKS + "test_a_disk_without_room_for_a_run_is_left_alone"),
    Case("G05", "the disk fails, or may not be written", "aborted", proved_by=DISKS + "test_refused_calls_change_nothing"),
    Case("G06", "memory ends while a file is read", "aborted", proved_by="tests/test_disk.py::test_memory_that_ends_is_no_unreadable_export"),
    Case("G07", "two runs at once", "aborted", proved_by=LOCK + "test_a_second_run_is_told_who_is_at_work"),
    Case("G08", "the lock of a run that is dead", "accepted", proved_by=LOCK + "test_the_lock_of_a_process_whose_number_was_given_again_is_taken_over"),
    Case("G09", "readers during a publish", "accepted", proved_by="tests/trust/test_readers.py::test_readers_see_one_version_or_the_next"),
    Case("G10", "a reader who keeps an old version", "accepted", proved_by=VERSION + "test_readers_of_the_old_version_are_not_disturbed"),
    Case("G11", "a published file that is damaged", "accepted", proved_by=DAMAGE + "test_damage_is_found_before_a_number_is_shown"),
    Case("G12", "a write-ahead log that is damaged or of another file", "accepted", proved_by=PROCESS + "test_working_tables_with_an_unfinished_log_are_built_from_nothing"),
    Case("G12", "a write-ahead log beside the published file", "accepted", proved_by=DAMAGE + "test_a_log_beside_the_stable_path_is_taken_away"),
    Case("G13", "a pointer that says nothing", "accepted", proved_by=VERSION + "test_a_damaged_pointer_falls_back_to_the_newest_version"),
    Case("G14", "a DuckDB file of a newer engine", "aborted", proved_by="tests/test_disk.py::test_a_file_of_a_newer_engine_is_one_line_with_both_versions"),
    Case("G15", "a clock that is wrong", "accepted", proved_by=VERSION + "test_the_counter_orders_versions_and_no_clock"),
    Case("G16", "a schedule that fires twice", "accepted", proved_by=VERSION + "test_publishing_the_same_again_makes_no_new_version"),
    Case("G17", "an orchestrator that died", "accepted", proved_by=LOCK + "test_the_lock_of_a_dead_process_is_taken_over"),
    Case("G18", "dbt dies half way", "aborted", proved_by="tests/models/test_changes.py::test_a_build_that_was_cut_off_is_not_followed"),
    Case("G18", "dbt outlives its run", "aborted", proved_by=PROCESS + "test_the_child_of_a_killed_run_is_ended"),
    Case("G19", "a check that crashes", "held", proved_by="tests/publish/test_gate_anomalies.py::test_a_guard_that_cannot_look_has_failed"),
    Case("G19", "an expectation that cannot be computed", "held", proved_by="tests/publish/test_expectations.py::test_what_cannot_be_computed_says_why"),
    Case("G20", "a manifest without its rows", "accepted", proved_by=LAKE + "test_a_lost_part_is_read_again"),
    Case("G20", "rows without their manifest", "accepted", proved_by=LAKE + "test_a_part_without_its_manifest_does_not_exist"),
    Case("G21", "no network", "accepted", proved_by="tests/publish/test_page.py::test_nothing_is_fetched"),
    Case("G22", "a library that changed", "aborted", proved_by="tests/test_engine_canary.py::test_the_fault_is_still_there_without_the_setting"),
    Case("G23", "another time zone, locale, hash seed or number of threads", "accepted", proved_by="tests/publish/test_environments.py::test_two_machines_that_agree_in_nothing_give_one_content_hash"),
    Case("G24", "a key that is damaged", "aborted", proved_by=SECURITY + "test_a_key_that_is_none_is_refused"),
    Case("G24", "another key", "accepted", proved_by=LAKE + "test_another_hash_key_reads_the_archive_again"),
    Case("G25", "an archive that is gone", "accepted", proved_by=LAKE + "test_without_its_archive_the_lake_stays_as_it_was"),
    Case("G26", "a file that a backup or a virus scanner holds", "aborted", reason="Linux and macOS lock no file against its owner; elsewhere the run ends with the system's message (G05)"),
]  # fmt: skip
