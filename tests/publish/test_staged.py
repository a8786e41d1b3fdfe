"""What is unusual waits for a person: staged, shown, released by exactly one approval, and the word is kept."""

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.ingest.load import ingest
from orchestration.publish import approval
from orchestration.publish.approval import read_approval
from orchestration.publish.build import begin_build
from orchestration.publish.candidate import candidate_folder
from orchestration.publish.certify import Held, certify
from orchestration.publish.files import keep_outcomes
from orchestration.publish.gate.every import EVERY
from orchestration.publish.staged import CannotApprove, staged
from orchestration.publish.staged import approve as release
from orchestration.publish.version import online, serving_file, versions
from orchestration.rules import load_rules
from orchestration.settings import ROOT, Settings, get_settings
from tests.models.lake_parts import copy_empty_lake
from tests.publish.small_build import IDENTITY, build, candidate_with_audit, lived_in

ODD = "volume.records_keep_their_number"
OTHER = "zeros.no_figure_falls_silent"
MAY, JUNE = [("2026-05-01", 10)], [("2026-05-01", 10), ("2026-06-01", 90)]
RUN = "b0a1c2d3-held"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    # A pack needs every mart, and this house has one.
    for caller in ("orchestration.cli", "orchestration.run.refresh"):
        monkeypatch.setattr(f"{caller}.PAGES", ())
    with lived_in(tmp_path, ROOT / "duet.yml", monkeypatch) as settings:
        copy_empty_lake(settings.lake)
        yield settings


@pytest.fixture
def first(settings: Settings) -> str:
    """A version online, of an older file."""
    settings.landing.mkdir()
    shutil.copy(ROOT / "data/templates/costs.csv", settings.landing / "costs.csv")
    keep_outcomes(settings, ingest(settings).files)
    return stage(settings, MAY, "run-1")


@pytest.fixture
def held(settings: Settings, first: str) -> str:
    """A second candidate, of one file more, which is unusual; the name of the version that stays online."""
    shutil.copy(ROOT / "data/templates/ad_spend.csv", settings.landing / "spend.csv")
    with pytest.raises(Held, match="volume"):
        stage(settings, JUNE, RUN, (ODD,))
    return first


def stage(settings: Settings, values: list[tuple[str, int]], run: str, unusual: tuple[str, ...] = ()) -> str:
    report = ingest(settings)
    build(settings, values, run=run)
    keep_outcomes(settings, report.files)
    rules = load_rules(settings.config)
    candidate_with_audit(settings, rules=rules, unusual=unusual)
    return certify(settings, rules).version


def duet(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def approve(run: str = RUN[:8], reason: str = "trade fair", *more: str) -> Result:
    return duet("approve", run, "--reason", reason, *more)


def test_the_candidate_stays_and_so_does_what_is_online(settings: Settings, held: str) -> None:
    waiting = staged(settings)
    assert waiting is not None
    assert (waiting.run, [check.id for check in waiting.held_by]) == (RUN, [f"gate.{ODD}"])
    assert online(settings) == versions(settings)[0]
    assert versions(settings)[0].version == held


def test_refresh_says_so_at_once_and_builds_nothing(
    settings: Settings, held: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A job would import Dagster; here it would fail.
    monkeypatch.setitem(__import__("sys").modules, "orchestration.run.job", None)
    result = duet("refresh")
    assert result.exit_code == 1
    for words in (f"{held} stays online", f"gate.{ODD}", "observed:  odd", f"duet approve {RUN[:8]} --reason"):
        assert words in result.output


def test_status_says_what_holds_and_how_to_release_it(settings: Settings, held: str) -> None:
    found = json.loads(duet("status", "--json").output)
    assert (found["version"], found["approval"]) == (held, None)
    assert f"gate.{ODD}" in found["held"][0]
    assert (found["staged"]["run"], found["staged"]["held_by"][0]["severity"]) == (RUN, "hold")
    assert found["staged"]["release"].startswith(f"duet approve {RUN[:8]}")
    assert found["pages"]["last_run"] == str(settings.state / "checks.html")
    page = (settings.state / "checks.html").read_text()
    assert 'class="state held"' in page
    assert f"duet approve {RUN[:8]}" in page
    assert f"if it is right: duet approve {RUN[:8]}" in duet("status").output


def test_an_approval_publishes_it_and_is_kept(settings: Settings, held: str) -> None:
    result = approve(RUN, "trade fair", "--by", "Ada")
    assert (result.exit_code, "approved by Ada: trade fair" in result.output) == (0, True), result.output

    version = online(settings)
    assert version is not None
    assert version.version != held
    given = version.approval
    assert given is not None
    assert (given.run, given.content_hash, given.approved_by) == (RUN, version.content_hash, "Ada")
    assert version.checks["approved"] == 1
    # The word is in the manifest, sealed; beside it would be another that nobody sealed.
    assert not (settings.published / version.version / "approval.json").exists()
    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        rows = conn.execute('select version, run, approved_by, reason, "check", observed from marts.ops_approvals')
        assert rows.fetchall() == [(version.version, RUN, "Ada", "trade fair", f"gate.{ODD}", "odd")]
    found = json.loads(duet("status", "--json").output)
    assert (found["held"], found["staged"], found["approval"]["reason"]) == ([], None, "trade fair")
    assert "approved: by Ada: trade fair" in duet("status").output
    page = (settings.published / version.version / "checks.html").read_text()
    assert "trade fair" in page
    assert 'class="state approved"' in page
    assert f"Nothing new: {version.version} is online" in duet("refresh").output


def test_the_approval_is_told_again_by_later_versions(settings: Settings, held: str) -> None:
    approve()
    (settings.landing / "costs.csv").unlink()
    shutil.copy(ROOT / "data/templates/people.csv", settings.landing / "people.csv")
    stage(settings, MAY, "run-3")
    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        assert conn.execute("select left(version, 7), reason from marts.ops_approvals").fetchall() == [
            ("v000002", "trade fair")
        ]


@pytest.mark.parametrize(
    ("run", "reason", "words"),
    [
        ("ffffffff", "trade fair", "run ffffffff does not wait for approval; b0a1c2d3-held does"),
        (RUN[:4], "trade fair", "does not wait for approval"),
        (RUN, "  ", "an approval without a reason helps nobody"),
    ],
)
def test_an_approval_names_its_run_and_its_reason(
    settings: Settings, held: str, run: str, reason: str, words: str
) -> None:
    result = approve(run, reason)
    assert (result.exit_code, words in result.output) == (1, True), result.output
    assert versions(settings)[0].version == held


def test_what_is_in_the_way_of_an_approval_is_said_with_what_to_do(settings: Settings, held: str) -> None:
    rules, command = load_rules(settings.config), f'duet approve {RUN[:8]} --reason "why it is right"'

    def told(run: str, reason: str) -> str:
        with pytest.raises(CannotApprove) as refused:
            release(settings, rules, run, reason, "Ada")
        return str(refused.value)

    assert told("ffffffff", "true") == f"run ffffffff does not wait for approval; {RUN} does: {command}"
    assert told(RUN[:7], "true") == f"run {RUN[:7]} does not wait for approval; {RUN} does: {command}"
    assert told(RUN, " ") == f"an approval without a reason helps nobody: {command}"
    shutil.copy(ROOT / "data/templates/people.csv", settings.landing / "people.csv")
    ingest(settings)
    assert told(RUN[:8], "true") == (
        f"files, rules or software changed since run {RUN[:8]}, and what you looked at is not what would be online; "
        "run `duet refresh`"
    )
    begin_build(settings)
    assert told(RUN, "true") == (
        "no candidate waits for approval; `duet status` says what is online and what is in the way"
    )


def test_the_word_that_is_kept_says_who_when_and_about_what(settings: Settings, held: str) -> None:
    before = datetime.now(UTC)
    version = release(settings, load_rules(settings.config), RUN[:8], "  trade fair\n", "Ada")
    given = version.approval
    assert given is not None
    assert (given.run, given.content_hash, given.approved_by, given.reason) == (
        RUN, version.content_hash, "Ada", "trade fair"
    )  # fmt: skip
    assert before <= given.approved_at <= datetime.now(UTC)
    [guard] = [one for one in EVERY if one.id == ODD]
    assert [one.model_dump() for one in given.checks] == [{"id": f"gate.{ODD}", "fact": guard.fact, "observed": "odd"}]


def test_an_audit_of_another_build_or_content_lets_nothing_wait(settings: Settings, held: str) -> None:
    place = candidate_folder(settings) / "checks.json"
    record = json.loads(place.read_text())
    for change in ({"run": "another"}, {"content_hash": "another"}):
        place.write_text(json.dumps(record | change))
        assert staged(settings) is None
    place.unlink()
    assert staged(settings) is None


def test_nothing_waits_where_nothing_is_unusual(settings: Settings, first: str) -> None:
    assert "no candidate waits for approval" in approve().output


def test_nothing_waits_where_a_blocking_check_failed(settings: Settings, first: str) -> None:
    build(settings, JUNE, failing=IDENTITY, run=RUN)
    candidate_with_audit(settings, rules=load_rules(settings.config), unusual=(ODD,))
    assert staged(settings) is None


def test_nothing_waits_once_another_build_has_begun(settings: Settings, held: str) -> None:
    begin_build(settings)
    assert "no candidate waits for approval" in approve().output


def test_an_approval_of_one_content_never_releases_another(settings: Settings, held: str) -> None:
    # Somebody keeps the word that was given and puts it beside other numbers of the same run.
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("orchestration.publish.staged.certify", lambda *_: SimpleNamespace(version="none"))
    approve()
    monkeypatch.undo()
    word = (candidate_folder(settings) / "approval.json").read_text()
    rules = load_rules(settings.config)
    for values, run, unusual in (
        ([("2026-06-01", 91)], RUN, (ODD,)),
        (JUNE, "another-run", (ODD,)),
        (JUNE, RUN, (ODD, OTHER)),
    ):
        build(settings, values, run=run)
        keep_outcomes(settings, ingest(settings).files)
        candidate_with_audit(settings, rules=rules, unusual=unusual)
        (candidate_folder(settings) / "approval.json").write_text(word)
        with pytest.raises(Held):
            certify(settings, rules)


def test_what_changed_since_cannot_be_approved(settings: Settings, held: str) -> None:
    shutil.copy(ROOT / "data/templates/people.csv", settings.landing / "people.csv")
    ingest(settings)
    result = approve()
    assert (result.exit_code, "changed since run b0a1c2d3" in " ".join(result.output.split())) == (1, True)


def test_the_day_after_it_can_still_be_approved(settings: Settings, held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUET_AS_OF", "2026-07-01")
    get_settings.cache_clear()
    assert approve().exit_code == 0
    assert str(versions(settings)[0].as_of) == "2026-06-30"


def test_a_crash_between_word_and_publish_is_made_good(settings: Settings, held: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orchestration.publish.staged.certify", lambda *_: SimpleNamespace(version="none"))
        approve()
    assert versions(settings)[0].version == held
    assert read_approval(candidate_folder(settings)) is not None
    assert "Published v000002" in duet("refresh").output


def test_who_approves_is_the_account_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "somebody else")
    assert approval.this_person() != "somebody else"

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr("orchestration.publish.approval.pwd.getpwuid", unknown)
    assert approval.this_person() == f"user {os.getuid()}"
