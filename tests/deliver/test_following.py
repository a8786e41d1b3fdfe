"""Copies follow what is online: after a refresh, an approval, a rollback; and where they cannot, people are told."""

import json
import shutil
import sys
from types import SimpleNamespace

import dagster as dg
import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.defs.copies import postgres_marts
from orchestration.defs.locking import RunLock
from orchestration.deliver.postgres import place
from orchestration.ingest.load import ingest
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes
from orchestration.publish.gate.every import EVERY
from orchestration.publish.version import online
from orchestration.rules import load_rules
from orchestration.run.job import _step_errors
from orchestration.settings import ROOT, Settings, get_settings
from tests.deliver.postgres_server import ask
from tests.publish.small_build import build, candidate_with_audit, publish

VERSION = "select version from marts.duet_version"
# Nobody listens on this port of loopback.
NOWHERE = "postgresql://duet:hush-hush@127.0.0.1:1/kpis"


def duet(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def point_to(url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DUET_POSTGRES_URL", url)
    get_settings.cache_clear()
    return get_settings()


def landed(settings: Settings, run: str, unusual: tuple[str, ...] = ()) -> None:
    """A candidate of what has landed, audited."""
    settings.landing.mkdir(exist_ok=True)
    shutil.copy(ROOT / "data/templates/ad_spend.csv", settings.landing / "spend.csv")
    report = ingest(settings)
    build(settings, [("2026-06-01", 50)], run=run)
    keep_outcomes(settings, report.files)
    candidate_with_audit(settings, unusual=unusual)


def test_push_by_hand_says_what_is_where(settings: Settings, url: str) -> None:
    said = duet("export", "postgres")
    assert said.exit_code == 0
    version = online(settings)
    assert version is not None
    assert said.output.startswith(f"{version.version} is in {place(settings)}: 7 tables, ")
    assert ask(url, VERSION) == [(version.version,)]
    status = duet("status").output
    assert f"postgres: {version.version} in {place(settings)} since " in status
    assert "ALARM" not in status


def test_without_a_url_nothing_is_pushed_and_the_word_is_clear(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DUET_POSTGRES_URL")
    get_settings.cache_clear()
    said = duet("export", "postgres")
    assert said.exit_code == 1
    assert "DUET_POSTGRES_URL names no PostgreSQL; set it to postgresql://" in said.output
    assert json.loads(duet("status", "--json").output)["postgres"] is None

    result = dg.materialize([postgres_marts], resources={"run_lock": RunLock()})
    [event] = result.asset_materializations_for_node("postgres_marts")
    assert "DUET_POSTGRES_URL is not set" in str(event.metadata["skipped"].value)


def test_what_cannot_be_reached_is_told_without_the_password(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(NOWHERE, monkeypatch)
    said = duet("export", "postgres")
    assert said.exit_code == 1
    assert "127.0.0.1:1/kpis: " in said.output
    assert "Connection refused" in said.output
    assert "remedy:    see that the server runs" in said.output
    status = duet("status").output
    version = online(settings)
    assert version is not None
    assert f"ALARM:    PostgreSQL still has no version, not {version.version}: 127.0.0.1:1/kpis" in status
    assert "hush" not in said.output + status + (settings.state / "postgres.json").read_text()


def test_a_url_of_something_else_is_refused_without_repeating_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUET_POSTGRES_URL", "mysql://duet:hush-hush@host/kpis")
    get_settings.cache_clear()
    said = duet("status")
    assert said.exit_code == 1
    assert "postgres_url: Value error, not an address of a PostgreSQL; write postgresql://" in said.output
    assert "hush" not in said.output


def test_a_step_that_fails_after_the_publish_does_not_take_it_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = point_to(NOWHERE, monkeypatch)
    landed(settings, "run-2")

    def run(settings: Settings, say: object) -> list[str]:
        certify(settings, load_rules(settings.config))
        result = dg.materialize([postgres_marts], resources={"run_lock": RunLock()}, raise_on_error=False)
        assert not result.success
        return _step_errors(result, settings.state / "run.log")

    monkeypatch.setitem(sys.modules, "orchestration.run.job", SimpleNamespace(run_job=run))
    said = duet("refresh")

    version = online(settings)
    assert version is not None
    assert version.version.startswith("v000002")
    assert said.exit_code == 1
    told = said.output.partition(f"Published {version.version}\n\nAnd then:\n")[2]
    assert told.startswith("postgres_marts: published, but not in PostgreSQL: 127.0.0.1:1/kpis: Failed to connect")
    assert told.count("remedy:") == 1
    assert json.loads(duet("status", "--json").output)["held"] == []


def test_a_refresh_with_nothing_new_brings_a_late_copy_along(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    landed(settings, "run-2")
    version = certify(settings, load_rules(settings.config)).version
    point_to(NOWHERE, monkeypatch)
    said = duet("refresh")
    assert said.exit_code == 1
    assert f"Nothing new: {version} is online" in said.output
    assert "published, but not in PostgreSQL: 127.0.0.1:1/kpis" in said.output

    point_to(url, monkeypatch)
    assert duet("refresh").exit_code == 0
    assert ask(url, VERSION) == [(version,)]
    # Where the copy is known to be there, nobody asks the server again.
    monkeypatch.setattr("orchestration.deliver.push.transaction", None)
    assert duet("refresh").exit_code == 0


def test_an_approved_version_and_an_earlier_one_are_copied_too(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.cli.PAGES", ())  # this house is too small for a pack
    first = online(settings)
    assert first is not None
    landed(settings, "run-00002", unusual=(EVERY[-1].id,))
    approved = duet("approve", "run-00002", "--reason", "a good month")
    assert approved.exit_code == 0, approved.output
    assert ask(url, VERSION) == [(str(online(settings).version),)]  # type: ignore[union-attr]
    assert duet("rollback", first.version).exit_code == 0
    assert ask(url, VERSION) == [(first.version,)]


def test_another_server_is_behind_until_it_has_the_version(
    settings: Settings, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(settings, [("2026-06-01", 70)], "run-2")
    assert duet("export", "postgres").exit_code == 0
    point_to(NOWHERE, monkeypatch)
    assert "ALARM:    PostgreSQL still has no version" in duet("status").output
