"""H. Security inputs."""

import stat

from orchestration.ingest.keeping.outcome import FileOutcome
from tests.ingest.faults.case import GOOD, SPEND, Case, spend
from tests.ingest.ingest_files import Landing

TRIALS = "tests/trust/test_security.py::"
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)")
SQL = "x'); drop table part; --"
JINJA = "{{ env_var('DUET_HASH_KEY') }}"
YAML = "!!python/object/apply:os.system ['true']"


def _kept(*texts: str) -> Case:
    def steps(landing: Landing) -> FileOutcome:
        quoted = [text.replace('"', '""') for text in texts]
        outcome = landing.outcome("export.csv", spend(*(f'2026-03-01,google,-5,EUR,3,"{text}"' for text in quoted)))
        kept = landing.rows("template/ad_spend", "campaign, cast(spend as varchar)")
        assert kept[1:] == [(text, "-5.00000000") for text in texts]
        return outcome

    return Case("", "", "accepted", steps=steps, loaded=1 + len(texts))


def _forged(landing: Landing) -> FileOutcome:
    """A name can neither begin a line of the log nor colour a terminal."""
    outcome = landing.outcome("a\nerror: all is lost \x1b[31m.csv", SPEND + GOOD.replace("10.50", "x"))
    said = "".join(map(str, outcome.problems))
    assert "\n" not in said
    assert "\x1b" not in said
    return outcome


def _modes(landing: Landing) -> FileOutcome:
    outcome = landing.outcome("export.csv", spend())
    copies = [path for path in landing.settings.archive.iterdir() if path.suffix != ".json"]
    assert [stat.S_IMODE(path.stat().st_mode) & 0o227 for path in copies] == [0]
    return outcome


CASES = [
    Case("H01", "formulas are stored as they are, and a negative figure stays a figure", "accepted", steps=_kept(*FORMULAS).steps, loaded=5),
    Case("H02", "SQL in a value", "accepted", steps=_kept(SQL).steps, loaded=2),
    Case("H02", "SQL in a header", "accepted", SPEND.strip() + f',"{SQL}"\n' + GOOD.strip() + ",1\n", loaded=1),
    Case("H03", "templates and YAML in a value are never rendered", "accepted", steps=_kept(JINJA, YAML).steps, loaded=3),
    Case("H04", "names and addresses in messages and in quarantine", "file rejected", proved_by="tests/ingest/test_faults.py::test_text_that_may_name_a_person_is_never_shown"),
    Case("H05", "a BI user who tries to read files", "aborted", proved_by=TRIALS + "test_a_reader_cannot_leave_the_published_file"),
    Case("H06", "a name that forges a line of the log", "file rejected", steps=_forged, says="\\x1b[31m"),
    Case("H07", "pickles in Dagster's storage", "aborted", proved_by="tests/test_dagster_storage.py::test_no_asset_leaves_a_pickle"),
    Case("H08", "copies that strangers may write or read", "accepted", steps=_modes),
    Case("H08", "published files", "accepted", proved_by="tests/publish/test_certify.py::test_published_files_are_closed_to_strangers_and_to_changes"),
    Case("H09", "web pages reachable from outside", "aborted", proved_by=TRIALS + "test_the_pages_open_on_this_machine_alone"),
    Case("H10", "packages fetched while it runs", "aborted", proved_by="tests/test_conventions.py::test_every_locked_version_carries_hashes"),
]  # fmt: skip
