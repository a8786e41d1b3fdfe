"""A version goes online only with a complete, passing audit record of its own bytes; else the last one stays."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from expectations.believable import within
from expectations.validate import Finding
from orchestration.publish.audit import audit, read_audit
from orchestration.publish.build import NoBuild, begin_build, keep_build
from orchestration.publish.candidate import build_candidate, candidate_folder
from orchestration.publish.certify import Refused, certify
from orchestration.publish.gate.every import EVERY
from orchestration.publish.version import Version, damage, versions
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import (
    GOOD,
    IDENTITY,
    SUITES,
    UNIQUE,
    UNIT,
    build,
    candidate_with_audit,
    publish,
    settings_at,
    values_online,
)

SEALED = ("manifest.json", "manifest.json.sha256")
# Landed files, models, two tests, a unit test, an expectation; and everything that the gate asks.
CHECKS = 6 + len(EVERY)
JUNE = [("2026-05-01", 10), ("2026-06-01", 20)]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    return settings_at(tmp_path)


def test_a_certified_version_is_complete_and_readable(settings: Settings) -> None:
    name = publish(settings, JUNE, "run-1")

    folder = settings.published / name
    assert (settings.published / "current").read_text() == f"{name}\n"
    assert {path.name for path in folder.iterdir()} == {
        "kpi_serving.duckdb", "parquet", *SEALED, "checks.json", "checks.html",
    }  # fmt: skip
    assert values_online(settings) == [("2026-05-01", 10), ("2026-06-01", 20)]
    with duckdb.connect() as conn:
        assert conn.execute(f"select count(*) from '{folder}/parquet/kpi_values.parquet'").fetchall() == [(2,)]
        checks = conn.execute(
            f"select count(*), bool_and(passed) from '{folder}/parquet/ops_checks.parquet'"
        ).fetchall()
    assert checks == [(CHECKS, True)]


def test_the_manifest_says_what_the_version_is_made_of(settings: Settings) -> None:
    name = publish(settings, JUNE, "run-1")

    manifest = json.loads((settings.published / name / "manifest.json").read_text())
    assert manifest["tables"]["kpi_values"]["rows"] == 2
    assert manifest["rules"] == json.loads(Rules().model_dump_json())
    assert (manifest["as_of"], manifest["engine"]) == ("2026-06-30", "duckdb")
    assert manifest["checks"] == {"passed": CHECKS, "warned": 0, "approved": 0, "failed": 0}
    assert "parquet/kpi_values.parquet" in manifest["files"]


def test_the_page_of_the_checks_says_which_version_it_is_of_and_when_it_was_checked(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    record = read_audit(settings)
    assert record is not None
    version = certify(settings, Rules())
    page = (settings.published / version.version / "checks.html").read_text()
    for told in (version.version, "2026-06-30", f"{record.audited_at:%Y-%m-%d %H:%M} UTC", version.content_hash):
        assert told in page


def test_what_only_warns_is_published_and_counted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = within("value", 0, 15, "a KPI here is usually below 15", "warn")
    suite = {"kpi_values": [*SUITES["kpi_values"], narrow]}
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: suite)
    build(settings, JUNE)
    warning = Finding(table="kpi_values", name=narrow.name, passed=False, observed="1 of 2 rows outside")
    candidate_with_audit(settings, (GOOD, warning))
    assert certify(settings, Rules()).checks == {"passed": CHECKS, "warned": 1, "approved": 0, "failed": 0}


def test_numbers_that_are_online_already_are_not_published_again(settings: Settings) -> None:
    first = publish(settings, JUNE, "run-1")
    assert publish(settings, JUNE, "run-2") == first
    assert [version.version for version in versions(settings)] == [first]
    assert not candidate_folder(settings).exists()


@pytest.mark.parametrize(
    ("failing", "words"),
    [
        (UNIQUE, "kpi of kpi_values names each row once"),
        (IDENTITY, "ask the platform for a credit note"),
        (UNIT, "a share without denominator is null"),
    ],
)
def test_a_failed_check_leaves_the_last_version_online(settings: Settings, failing: str, words: str) -> None:
    first = publish(settings, JUNE, "run-1")
    build(settings, [("2026-06-01", -5)], failing=failing, run="run-2")
    candidate_with_audit(settings)

    with pytest.raises(Refused, match=words):
        certify(settings, Rules())

    assert values_online(settings) == [("2026-05-01", 10), ("2026-06-01", 20)]
    assert [version.version for version in versions(settings)] == [first]


def test_the_refusal_shows_the_offending_rows(settings: Settings) -> None:
    build(settings, [("2026-06-01", -5)], failing=IDENTITY)
    candidate_with_audit(settings)

    with pytest.raises(Refused, match=r"1 row breaks it: .*period=2026-06-01, value=-5\.0"):
        certify(settings, Rules())


def test_a_check_that_did_not_run_counts_as_failed(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings, findings=())

    with pytest.raises(Refused, match=r"expectations\.kpi_values\.value_is_in_range"):
        certify(settings, Rules())


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("[{")], ids=["missing", "damaged"])
def test_a_landing_folder_that_nobody_looked_at_counts_as_failed(
    settings: Settings, spoil: Callable[[Path], object]
) -> None:
    build(settings, JUNE)
    spoil(settings.state / "landing.json")
    candidate_with_audit(settings)

    with pytest.raises(Refused, match=r"ingest\.landing_files_are_accepted"):
        certify(settings, Rules())


def test_tests_that_were_deselected_count_as_failed(settings: Settings) -> None:
    # `job.without_checks()` makes dagster-dbt drop the tests: dbt then reports models only, all green.
    build(settings, JUNE)
    results = settings.state / "build/run_results.json"
    models = [one for one in json.loads(results.read_text())["results"] if one["unique_id"].startswith("model.")]
    results.write_text(json.dumps({"results": models}))
    candidate_with_audit(settings)

    with pytest.raises(Refused, match=r"dbt\.assert_spend_is_never_negative"):
        certify(settings, Rules())


def test_an_unbelievable_number_is_refused(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(
        settings, (Finding(table="kpi_values", name="value_is_in_range", passed=False, observed="1 of 2 rows outside"),)
    )

    with pytest.raises(Refused, match="1 of 2 rows outside"):
        certify(settings, Rules())


def test_without_an_audit_record_nothing_is_published(settings: Settings) -> None:
    build(settings, JUNE)
    build_candidate(settings, Rules())

    with pytest.raises(Refused, match=r"^the candidate has no audit record; run the whole job: `duet refresh`$"):
        certify(settings, Rules())


def test_a_record_that_was_doctored_does_not_name_what_is_expected(settings: Settings) -> None:
    build(settings, JUNE, failing=UNIQUE)
    candidate_with_audit(settings)
    path = candidate_folder(settings) / "checks.json"
    record = json.loads(path.read_text())
    record["checks"] = [check for check in record["checks"] if check["passed"]]
    path.write_text(json.dumps(record))

    with pytest.raises(Refused, match=r"dbt\.unique_kpi_values_kpi"):
        certify(settings, Rules())


def test_what_a_check_asks_is_told_as_the_project_says_it_and_not_as_the_record_does(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    path = candidate_folder(settings) / "checks.json"
    path.write_text(path.read_text().replace("spend is never negative", "spend is what it is"))
    name = certify(settings, Rules()).version
    with duckdb.connect() as conn:
        facts = conn.execute(f"select fact from '{settings.published / name}/parquet/ops_checks.parquet'").fetchall()
    assert ("spend is never negative",) in facts
    assert ("spend is what it is",) not in facts


@pytest.mark.parametrize("place", ["kpi_serving.duckdb", "parquet/kpi_values.parquet"])
def test_a_candidate_that_changed_after_the_audit_is_refused(settings: Settings, place: str) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    file = candidate_folder(settings) / place
    with duckdb.connect() as conn:
        if file.suffix == ".duckdb":
            conn.execute(f"attach '{file}' as serving")
            conn.execute("update serving.marts.kpi_values set value = value + 0.01 where value = 10")
        else:
            conn.execute(
                f"copy (select * replace (value + 0.01 as value) from '{file}') to '{file}.new' (format parquet)"
            )
            Path(f"{file}.new").rename(file)

    with pytest.raises(
        Refused, match=r"^the candidate is not the one that was audited; run the whole job: `duet refresh`$"
    ):
        certify(settings, Rules())


def test_published_files_are_closed_to_strangers_and_to_changes(settings: Settings) -> None:
    name = publish(settings, JUNE, "run-1")
    folder = settings.published / name
    modes = {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in (folder, *folder.rglob("*"))}
    assert modes == {(False, "0o440"), (True, "0o750")}


def test_auditing_again_gives_the_same_answer(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)
    assert [check.passed for check in audit(settings).checks] == [True] * CHECKS


def test_a_page_is_sealed_with_the_version_that_it_speaks_of(settings: Settings) -> None:
    build(settings, JUNE)
    candidate_with_audit(settings)

    def page(folder: Path, version: Version) -> None:
        (folder / "pack.html").write_text(f"<p>{version.version}: {version.tables['kpi_values'].rows} values")

    version = certify(settings, Rules(), [page])
    place = settings.published / version.version / "pack.html"
    assert place.read_text() == f"<p>{version.version}: 2 values"
    assert version.files["pack.html"] == hashlib.sha256(place.read_bytes()).hexdigest()
    place.chmod(0o640)
    place.write_text("another one")
    assert damage(settings, version.version) == "pack.html has changed"


@pytest.mark.parametrize("name", ["kpi_serving.duckdb", "parquet/kpi_values.parquet"])
def test_a_candidate_that_cannot_be_read_is_refused(settings: Settings, name: str) -> None:
    publish(settings, JUNE, "run-1")
    build(settings, [("2026-06-01", 33)], run="run-2")
    candidate_with_audit(settings)
    file = candidate_folder(settings) / name
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(
        Refused, match=r"^the candidate is not the one that was audited; run the whole job: `duet refresh`$"
    ):
        certify(settings, Rules())
    assert values_online(settings) == [("2026-05-01", 10), ("2026-06-01", 20)]


def test_nothing_is_kept_of_a_dbt_that_left_no_results(settings: Settings, tmp_path: Path) -> None:
    build(settings, JUNE)
    begin_build(settings)
    keep_build(settings, "run-2", tmp_path / "a target that was never written")
    with pytest.raises(NoBuild, match=r"no finished build; run `duet refresh`"):
        build_candidate(settings, Rules())
