"""A. Arrival and container."""

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.faults.case import CAMPAIGN, CAMPAIGNS, GATE_DAYS, GATE_FILES, GOOD, SPEND, Case, spend
from tests.ingest.ingest_files import Landing

CONTAINERS = "tests/ingest/test_containers.py::"
REJECTED = CONTAINERS + "test_a_container_that_cannot_be_trusted_is_rejected_whole"
ALLOWED = "sources: {google_ads: {accounts: [123-456-7890]}}\n"


def _again(landing: Landing) -> FileOutcome:
    landing.outcome("first.csv", spend())
    outcome = landing.outcome("second.csv", spend())
    assert len(landing.rows("template/ad_spend")) == 1
    return outcome


def _two_spellings(landing: Landing) -> FileOutcome:
    """Files are known by their bytes: names that differ in composition or case alone are two names."""
    landing.drop("Caf\u00e9.csv", spend())
    landing.drop("Cafe\u0301.csv", SPEND + GOOD.replace("10.50", "2"))
    landing.drop("CAFE\u0301.csv", SPEND + GOOD.replace("10.50", "3"))
    outcome = landing.outcome("x" * 251 + ".csv", SPEND + GOOD.replace("10.50", "4"))
    assert len(landing.rows("template/ad_spend")) == 4
    return outcome


def _account(number: str) -> str:
    return CAMPAIGNS.replace("Day,", "Day,Customer ID,") + CAMPAIGN.replace("2026-03-01,", f"2026-03-01,{number},")


def _of_account(number: str, status: str) -> Case:
    def steps(landing: Landing) -> FileOutcome:
        landing.settings.config.write_text(ALLOWED)
        return landing.outcome("export.csv", _account(number))

    says = "sources.google_ads.accounts" if status == "file rejected" else ""
    return Case("A17", f"an export of account {number}", status, says=says, steps=steps)  # type: ignore[arg-type]


CASES = [
    Case("A01", "no bytes", "file rejected", b"", "an empty file"),
    Case("A02", "a header and no rows", "accepted", SPEND, "does not say which days it covers", loaded=0),
    Case("A02", "… held where rows are due", "held", proved_by=GATE_FILES + "test_no_rows_where_rows_always_came_hold"),
    Case("A03", "still open for writing", "waits", proved_by=CONTAINERS + "test_a03_a_file_that_is_still_open_for_writing_waits"),
    Case("A04", "grows while it is read", "waits", proved_by=CONTAINERS + "test_a04_a_file_that_grows_while_it_is_read_waits"),
    Case("A05", "vanishes before it is opened", "waits", proved_by=CONTAINERS + "test_a05_a_file_that_vanishes_is_noted"),
    Case("A06", "cut between two rows, where nothing in the file says so", "held", proved_by=GATE_DAYS + "test_a_day_far_from_the_same_weekdays_holds"),
    Case("A06", "cut between two rows, where the export counts them", "file rejected", proved_by="tests/ingest/test_marks.py::test_fewer_rows_than_the_export_says_refuse_the_file"),
    Case("A07", "cut inside the last row", "file rejected", spend("2026-03-02,goo").rstrip("\n"), "line 3: found 2 cells"),
    Case("A07", "cut inside the last cell: it may be whole, so it is said", "accepted", spend().rstrip("d\n"), "was the file cut off?", loaded=1),
    Case("A08", "gzip that ends early", "file rejected", proved_by=REJECTED),
    Case("A09", "gzip with a wrong byte in the middle", "file rejected", proved_by=CONTAINERS + "test_a09_a_wrong_byte_in_the_middle"),
    Case("A10", "gzip with a wrong checksum or length", "file rejected", proved_by=REJECTED),
    Case("A11", "a bomb", "file rejected", proved_by=CONTAINERS + "test_a11_a_bomb_is_not_unpacked"),
    Case("A12", "joined gzip members, each with its header", "accepted", proved_by=CONTAINERS + "test_a12_joined_members_with_their_headers"),
    Case("A13", "a login page", "file rejected", "<!DOCTYPE html><html>log in</html>", "a web page"),
    Case("A13", "an error message as JSON", "file rejected", '{"error": {"code": 190}}', "a JSON document"),
    Case("A14", "a zip of several members or a folder", "file rejected", proved_by=REJECTED),
    Case("A15", "the same bytes under another name", "skipped", steps=_again),
    Case("A16", "other bytes under the same name", "accepted", proved_by="tests/ingest/test_lake.py::test_a_file_that_changes_in_place_is_a_new_file"),
    _of_account("999-999-9999", "file rejected"),
    _of_account("123-456-7890", "accepted"),
    *(
        Case("A18", f"the name {name!r} is no pattern", "accepted", spend(), loaded=1, name=name)
        for name in ("a*.csv", "x[1].csv", "**.csv", "{a,b}.csv")
    ),
    *(
        Case("A19", f"the name {name!r} is no code", "accepted", spend(), loaded=1, name=name)
        for name in ("o'brien; drop table t; --.csv", 'say "hello".csv', "new\nline.csv")
    ),
    Case("A20", "an archive member that climbs out", "file rejected", proved_by=REJECTED),
    Case("A21", "a link", "file rejected", proved_by=CONTAINERS + "test_a21_a_link_is_not_followed"),
    Case("A21", "a hard link to somebody else's file", "file rejected", proved_by=CONTAINERS + "test_a21_a_hard_link_to_a_strangers_file_is_refused"),
    Case("A21", "a pipe does not hang", "file rejected", proved_by=CONTAINERS + "test_a21_a_pipe_does_not_hang"),
    Case("A22", "a file that may not be read", "file rejected", proved_by=CONTAINERS + "test_a22_a_file_that_may_not_be_read"),
    Case("A23", "a file larger than memory", "accepted", reason="measured, not tested: `make bench` reads ten million rows in flat memory"),
    Case("A24", "ten thousand small files in one run", "accepted", proved_by="tests/ingest/test_siblings.py::test_a_group_is_one_scan"),
    Case("A25", "yesterday's export as today's", "held", proved_by=GATE_FILES + "test_the_same_export_again_holds"),
    Case("A26", "names that differ in composition or case, and a very long one", "accepted", steps=_two_spellings),
]  # fmt: skip
