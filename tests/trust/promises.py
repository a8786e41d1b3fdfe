"""The promises that `make trust` puts to the test; a new one is a line here and a test that records what it tried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """What is promised, how it is tried, and the test that does it.

    The test calls `record` with the id, or, where each of its cases is one trial, pytest's own count is taken.
    """

    id: str
    says: str
    tried_by: str
    test: str
    is_counted_by_pytest: bool = False
    at_least: float = 1.0  # the share that must hold; the rest is listed by name


TRUST = "tests/trust"
PROMISES = [
    Promise(
        "kills",
        "A run killed anywhere publishes nothing partial, loses and doubles no row; a re-run ends as if nothing was",
        "SIGKILL before and after each named step and at random instants, then one plain re-run",
        f"{TRUST}/test_kills.py::test_a_thousand_kills_lose_and_double_nothing",
    ),
    Promise(
        "whole_job_kills",
        "The whole job, dbt and Great Expectations included, can be killed too",
        "SIGKILL in each twelfth of `duet refresh` on a small landing folder, four in a row, then one plain re-run",
        f"{TRUST}/test_whole_job.py::test_the_whole_job_can_be_killed",
    ),
    Promise(
        "refused_calls",
        "A disk that refuses leaves the old version online, says which path and what to do, and a re-run succeeds",
        "the n-th write, open, fsync, rename, replace or link fails with ENOSPC, EIO or EROFS",
        f"{TRUST}/test_refusing_disks.py::test_two_hundred_refused_calls_change_nothing",
    ),
    Promise(
        "full_disks",
        "A disk that is really full leaves the old version online too",
        "file systems of forty sizes that run full",
        f"{TRUST}/test_refusing_disks.py::test_disks_of_forty_sizes_that_fill_up_change_nothing",
    ),
    Promise(
        "no_room",
        "A run that the disk has no room for touches nothing, and says what is free, what is needed and what to do",
        "file systems with less room than a run asks for",
        f"{TRUST}/test_refusing_disks.py::test_a_disk_without_room_for_a_run_is_left_alone",
    ),
    Promise(
        "readers",
        "Readers never meet an error or a mixture of two versions",
        "reads by the stable path and by `duet`, while versions are published",
        f"{TRUST}/test_readers.py::test_ten_thousand_reads_during_two_hundred_publishes",
    ),
    Promise(
        "damage",
        "Damage to a published version, the pointer or the stable path is found before a number is shown, and led past",
        "one bit flipped or the end cut off, in every kind of file",
        f"{TRUST}/test_damage.py::test_a_thousand_damages_are_found_before_a_number_is_shown",
    ),
    Promise(
        "canaries",
        "No name, address or number of a person is in anything that Duet leaves",
        "made-up people in every personal column of the demo's exports; the whole job; every file and table searched",
        f"{TRUST}/test_canaries.py::test_no_canary_sings_after_the_whole_job",
    ),
    Promise(
        "closed_connection",
        "A reader's connection reads the published file and nothing else",
        "statements that read, write, attach, install or change settings",
        f"{TRUST}/test_security.py::test_a_reader_cannot_leave_the_published_file",
    ),
    Promise(
        "modes",
        "What Duet writes is closed to strangers",
        "modes of everything after a refresh",
        f"{TRUST}/test_security.py::test_only_the_owner_writes_and_only_the_group_reads",
    ),
    Promise(
        "injection",
        "Data never becomes SQL, a template, a path or a formula",
        "hostile texts in values, headers and names of files",
        f"{TRUST}/test_security.py::test_what_is_hostile_stays_text",
    ),
    Promise(
        "faults",
        "What goes wrong with exports ends as the catalogue says, bombs, links, pipes and escaping paths included",
        "every case of the catalogue",
        "tests/ingest/test_fault_catalogue.py::test_a_fault_ends_as_the_table_says",
        is_counted_by_pytest=True,
    ),
    Promise(
        "spoilt_files",
        "However an export is spoilt, it ends in words and loses no row",
        "exports of every source, bytes and cells changed at random",
        "tests/ingest/test_properties.py::test_twenty_thousand_spoilt_files_end_in_words",
    ),
    Promise(
        "schedules",
        "The order in which exports arrive changes nothing",
        "overlapping exports in orders of chance, some twice, in several runs, the landing folder emptied between",
        "tests/ingest/test_properties.py::test_the_order_of_arrival_changes_nothing_in_two_thousand_schedules",
    ),
    Promise(
        "environments",
        "The same exports give the same content hash on any machine",
        "the whole demo under other time zones, locales, numbers of threads and hash seeds",
        "tests/publish/test_environments.py::test_the_demo_has_one_content_hash_in_four_environments",
    ),
    Promise(
        "corruption",
        "An export that is spoilt and moves a headline KPI by 0.1 % or more is stopped before it is published (99 %)",
        "one of the demo's exports spoilt (units, signs, days, hours, currencies, stages, columns exchanged, rows gone "
        "or twice, old or cut files), loaded, modelled and held against a version online after five weekly deliveries",
        f"{TRUST}/test_corruption.py::test_mutants_that_move_a_headline_are_stopped",
        at_least=0.99,
    ),
    Promise(
        "clean_days",
        "A day on which nothing is wrong is not held (99 %)",
        "the exports of each of the demo's last 365 days, loaded, modelled and held against the day before",
        f"{TRUST}/test_corruption.py::test_clean_days_are_not_held",
        at_least=0.99,
    ),
]  # fmt: skip
