"""What a check saw is told in one line, whatever became of it, and never more than a reader can take."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.publish.audit import audit, checks_so_far, keep_findings, page_of_candidate, read_audit
from orchestration.publish.build import NoBuild, begin_build, build_folder, keep_build, read_build
from orchestration.publish.candidate import build_candidate, candidate_folder
from orchestration.publish.certify import Refused, certify, explanations
from orchestration.publish.checks import fact_of
from orchestration.publish.evidence import first_line, observed
from orchestration.publish.files import keep_outcomes
from orchestration.publish.staged import staged
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import GOOD, IDENTITY, NEGATIVE, SUITES, build, candidate_with_audit, settings_at
from tests.publish.test_page import check

JUNE = [("2026-06-01", 20)]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    return settings_at(tmp_path)


def seen(settings: Settings, identifier: str) -> str:
    return next(one.observed for one in checks_so_far(settings) if one.id == identifier)


def test_before_dbt_ran_nothing_was_seen(settings: Settings) -> None:
    assert checks_so_far(settings) == []
    keep_build(settings, "run-1", settings.state / "no such target")
    with pytest.raises(NoBuild, match=r"no finished build; run `duet refresh`$"):
        read_build(settings)


def test_a_build_without_a_candidate_tells_what_its_tests_saw(settings: Settings) -> None:
    build(settings, [("2026-06-01", -5)], failing=IDENTITY)
    assert "period=2026-06-01, value=-5" in seen(settings, "dbt.assert_spend_is_never_negative")
    assert seen(settings, "gate.days.no_day_is_missing") == "did not run"


def test_a_candidate_that_nobody_looked_at_has_no_findings(settings: Settings) -> None:
    build(settings, JUNE)
    build_candidate(settings, Rules())
    assert seen(settings, "expectations.kpi_values.value_is_in_range") == "did not run"
    assert read_audit(settings) is None
    keep_findings(settings, [GOOD])
    assert seen(settings, "expectations.kpi_values.value_is_in_range") == "no row outside"
    # What was seen of these numbers says nothing of others.
    kept = (candidate_folder(settings) / "expectations.json").read_text()
    build(settings, [("2026-06-01", 21)], run="run-2")
    build_candidate(settings, Rules())
    (candidate_folder(settings) / "expectations.json").write_text(kept)
    assert seen(settings, "expectations.kpi_values.value_is_in_range") == "did not run"


def test_the_page_of_the_last_run_says_of_which_candidate_it_speaks(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    record = read_audit(settings)
    assert record is not None
    assert record.audited_at.tzinfo is not None
    page = page_of_candidate(settings).read_text()
    assert page_of_candidate(settings) == settings.state / "checks.html"
    for told in ("run-1", "2026-06-30", f"{record.audited_at:%Y-%m-%d %H:%M}", record.content_hash[:8]):
        assert told in page


def test_files_that_were_refused_are_told_one_after_the_other(settings: Settings) -> None:
    build(settings, JUNE)
    keep_outcomes(settings, [FileOutcome(f"{name}.csv", name, "rejected") for name in ("a", "b")])
    assert seen(settings, "ingest.landing_files_are_accepted") == "a.csv: rejected; b.csv: rejected"


@pytest.mark.parametrize("stranger", ["unit_test.duet.kpi_values.gone", "operation.duet.on-run-end-0"])
def test_a_result_that_the_project_does_not_know_answers_no_check(settings: Settings, stranger: str) -> None:
    build(settings, JUNE)
    before = checks_so_far(settings)
    results = build_folder(settings) / "run_results.json"
    content = json.loads(results.read_text())
    content["results"].append({"unique_id": stranger, "status": "pass"})
    results.write_text(json.dumps(content))
    assert checks_so_far(settings) == before


@pytest.mark.parametrize(
    ("status", "message", "words"),
    [("error", "\nno such column\nat line 3", "kpi_values: no such column"), ("skipped", "", "did not run: 1 of 1")],
)
def test_a_model_that_was_not_built_is_named(settings: Settings, status: str, message: str, words: str) -> None:
    build(settings, JUNE)
    results = build_folder(settings) / "run_results.json"
    content = json.loads(results.read_text())
    content["results"][0] |= {"status": status, "message": message}
    results.write_text(json.dumps(content))
    assert seen(settings, "dbt.every_model_is_built") == words


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ({"status": "skipped"}, "did not run, because a table that it reads was not built"),
        ({"status": "error", "message": "no such table"}, "could not be computed: no such table"),
        ({"status": "fail", "failures": 3}, "3 rows break it"),
        ({"status": "fail", "failures": 1, "compiled_code": "select 1 from no_such_table"}, "1 row breaks it"),
        ({"unique_id": "unit_test.duet.a.b", "status": "fail"}, "the model gives another answer than the example"),
        ({"unique_id": "unit_test.duet.a.b", "status": "fail", "message": "\n1 is not 2\n @@ "}, "1 is not 2"),
    ],
)
def test_a_test_is_told_by_how_it_ended(settings: Settings, result: dict[str, Any], words: str) -> None:
    build(settings, JUNE)
    whole = {"unique_id": "test.duet.one", "message": None} | result
    assert observed(whole, read_build(settings), settings, {}) == words


def test_offending_rows_name_their_file(settings: Settings) -> None:
    build(settings, [("2026-06-01", -5)])
    result = {"unique_id": "test.duet.one", "status": "fail", "compiled_code": NEGATIVE}
    told = observed(result, read_build(settings), settings, {"f1": "june.csv"})
    assert told == "1 row breaks it: june.csv, row 7: kpi=spend, period=2026-06-01, value=-5.00000000"


def test_offending_rows_are_told_one_after_the_other_where_the_warehouse_can_be_asked(settings: Settings) -> None:
    build(settings, [("2026-05-01", -5), ("2026-06-01", -6)])
    result = {"unique_id": "test.duet.one", "status": "fail", "compiled_code": f"{NEGATIVE} order by value desc"}
    file = {"f1": "june.csv"}
    rows = [f"june.csv, row 7: kpi=spend, period=2026-0{month}-01, value=-{month}.00000000" for month in (5, 6)]
    with connect(settings.warehouse, read_only=True):  # as somebody who looks into it
        assert observed(result, read_build(settings), settings, file) == f"2 rows break it: {'; '.join(rows)}"
    spark = settings.model_copy(update={"engine": "spark"})
    assert observed(result | {"failures": 2}, read_build(settings), spark, file) == "2 rows break it"
    settings.warehouse.unlink()
    assert observed(result | {"failures": 2}, read_build(settings), settings, file) == "2 rows break it"
    assert not settings.warehouse.exists()


def test_nothing_is_no_line() -> None:
    assert first_line(" \n ") == ""


def test_ten_failures_are_told_and_the_others_counted() -> None:
    texts = explanations([check(f"gate.{number}", "block", False) for number in range(12)])
    assert (len(texts), texts[-1]) == (11, "and 2 more that failed: duet status --json")


@pytest.mark.parametrize(
    ("node", "fact"),
    [
        ({"description": "No spend is negative."}, "No spend is negative."),
        ({"test_metadata": {"name": "one_of_each_grain"}, "attached_node": "model.duet.m"}, "one of each grain (m)"),
    ],
)
def test_a_fact_is_said_in_words(node: dict[str, Any], fact: str) -> None:
    assert fact_of({"name": "n", "unique_id": "test.duet.n", "depends_on": {"nodes": []}} | node) == fact


def test_a_record_of_another_run_publishes_nothing(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    build(settings, JUNE, run="run-2")
    with pytest.raises(Refused, match=r"^the audit record belongs to another run; run the whole job: `duet refresh`$"):
        certify(settings, Rules())
    assert staged(settings) is None


def test_a_file_that_was_not_closed_publishes_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    monkeypatch.setattr(
        "orchestration.publish.certify.write_restatements",
        lambda settings, folder, version: (folder / "kpi_serving.duckdb.wal").write_bytes(b"left behind"),
    )
    with pytest.raises(Refused, match="was not closed cleanly"):
        certify(settings, Rules())


def test_what_an_earlier_build_saw_is_forgotten(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    begin_build(settings)
    assert not (build_folder(settings) / "build.json").exists()
    assert (candidate_folder(settings) / "checks.json").exists()
    with pytest.raises(NoBuild):
        audit(settings)
