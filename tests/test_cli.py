"""The `duet` command: readable answers, one clear error with a next step, exit codes that machines can trust."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.ingest.load import ingest
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes
from orchestration.publish.lock import run_lock
from orchestration.rules import load_rules
from orchestration.settings import ROOT, Settings, get_settings
from tests.publish.small_build import build, candidate_with_audit, change_online, lived_in

MONTHS = [("2026-04-01", 10), ("2026-05-01", 20), ("2026-06-01", 30)]
# What a command that only reads must not wait for.
SLOW = ("dagster", "dbt", "great_expectations", "pandas", "pyarrow")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path, ROOT / "duet.yml", monkeypatch) as settings:
        yield settings


@pytest.fixture
def published(settings: Settings) -> str:
    """A version online, made of the template ad_spend.csv."""
    settings.landing.mkdir()
    shutil.copy(ROOT / "data/templates/ad_spend.csv", settings.landing / "spend.csv")
    report = ingest(settings)
    build(settings, MONTHS)
    keep_outcomes(settings, report.files)
    candidate_with_audit(settings)
    return certify(settings, load_rules(settings.config)).version


def duet(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("verb", [(), *((verb,) for verb in main.commands)], ids=str)
def test_every_verb_has_help(verb: tuple[str, ...]) -> None:
    result = duet(*verb, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_status_says_what_is_online_and_how_fresh(published: str) -> None:
    status = json.loads(duet("status", "--json").output)

    assert status["version"] == published
    assert status["held"] == []
    assert {"certified_at", "sources", "files", "checks"} <= set(status)
    assert status["sources"] == [
        {
            "source": "template",
            "stream": "ad_spend",
            "window_start": "2026-03-02",
            "window_end": "2026-03-03",
            "age_days": 119,
            "max_age_days": None,
            "is_late": None,
        }
    ]
    [file] = status["files"]
    assert (file["file"], file["source"], file["stream"], file["status"]) == (
        "spend.csv",
        "template",
        "ad_spend",
        "loaded",
    )
    assert file["rows_in_file"] == sum(file["rows"].values())
    assert all(check["passed"] for check in status["checks"])
    assert published in duet("status").output


def test_status_says_how_much_days_moved_by_their_age(
    published: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_online(
        settings,
        "create table marts.fct_spend_restatements as select 'meta_ads' as source, 'meta_ads' as platform, "
        "0 as age_from_days, '0-3' as age, 12 as account_days, 3 as account_days_moved, "
        "0.013::decimal(28,8) as spend_moved_rate, 4.5::decimal(20,6) as conversions_moved",
    )
    has_it = SimpleNamespace(tables={"fct_spend_restatements": None})
    monkeypatch.setattr("orchestration.report.restatements.online", lambda _: has_it)

    [moved] = json.loads(duet("status", "--json").output)["restatements"]
    assert (moved["platform"], moved["age"], moved["spend_moved_rate"]) == ("meta_ads", "0-3", 0.013)
    assert "1.3 %" in duet("status").output


def test_a_kpi_has_the_columns_of_kpi_values(published: str) -> None:
    records = json.loads(duet("kpi", "spend", "--json").output)

    assert [record["period"] for record in records] == [month for month, _ in MONTHS]
    assert list(records[0])[:7] == ["kpi", "variant", "grain", "period", "dimension", "member", "value"]
    assert "30.00" in duet("kpi", "spend").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("spent",), "near it: spend"),
        (("spend", "--grain", "year"), "there is: month"),
        (("spend", "--by", "channel"), "is not cut by 'channel'"),
    ],
)
def test_a_kpi_that_is_not_there_says_what_is(published: str, arguments: tuple[str, ...], words: str) -> None:
    result = duet("kpi", *arguments)
    assert (result.exit_code, words in result.output) == (1, True)


def test_before_the_first_version_the_next_step_is_named(settings: Settings) -> None:
    result = duet("kpi", "spend")
    assert result.exit_code == 1
    assert "duet demo" in result.output
    assert duet("status").exit_code == 0
    assert json.loads(duet("status", "--json").output)["version"] is None


def test_an_empty_landing_folder_is_said(settings: Settings) -> None:
    result = duet("refresh")
    assert result.exit_code == 1
    assert "no export that Duet knows" in result.output


def test_nothing_new_is_known_before_anything_slow_is_imported(published: str) -> None:
    program = f"""
import sys
from orchestration.cli import main
main(["refresh"], standalone_mode=False)
print({SLOW!r} and [name for name in {SLOW!r} if name in sys.modules])
"""
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert f"Nothing new: {published} is online" in finished.stdout
    assert finished.stdout.endswith("[]\n")


def test_a_broken_file_holds_the_run_and_the_last_version_stays(settings: Settings, published: str) -> None:
    broken = (ROOT / "data/templates/ad_spend.csv").read_text().replace("12.50", "12.5O")
    (settings.landing / "april.csv").write_text(broken)

    result = duet("refresh")

    assert result.exit_code == 1
    assert f"{published} stays online" in result.output
    assert "april.csv, line 2, column 'spend'" in result.output
    status = json.loads(duet("status", "--json").output)
    assert status["version"] == published
    assert "april.csv" in status["held"][0]


def test_a_broken_file_that_is_taken_away_holds_nothing(settings: Settings, published: str) -> None:
    (settings.landing / "april.csv").write_text("date,channel,spend,currency\n2026-04-01,flyers,x,USD\n")
    assert duet("refresh").exit_code == 1

    (settings.landing / "april.csv").unlink()
    result = duet("refresh")

    assert (result.exit_code, "Nothing new" in result.output) == (0, True)


def test_explain_changes_nothing(settings: Settings) -> None:
    template = ROOT / "data/templates/orders.csv"

    result = duet("explain", str(template), "--json")

    assert json.loads(result.output)["stream"] == "orders"
    assert not settings.lake.exists()
    assert "template/orders" in duet("explain", str(template)).output


def test_explain_fails_for_a_file_that_nobody_reads(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "poem.csv").write_text("roses,violets\nred,blue\n")
    assert duet("explain", str(tmp_path / "poem.csv")).exit_code == 1


def test_the_demo_refuses_to_mix_with_real_files(published: str) -> None:
    result = duet("demo")
    assert result.exit_code == 1
    assert "DUET_DATA_DIR=" in result.output


def test_versions_can_be_listed_and_put_back(settings: Settings, published: str) -> None:
    build(settings, MONTHS[:2], run="run-2")
    candidate_with_audit(settings)
    second = certify(settings, load_rules(settings.config)).version

    assert [one["version"] for one in json.loads(duet("versions", "--json").output)] == [second, published]
    assert duet("rollback", published).exit_code == 0
    assert json.loads(duet("status", "--json").output)["version"] == published
    unknown = duet("rollback", "v000009-00000000")
    assert (unknown.exit_code, second in unknown.output) == (1, True)


def test_damage_is_said_on_stderr_and_the_version_before_is_shown(settings: Settings, published: str) -> None:
    build(settings, MONTHS[:2], run="run-2")
    candidate_with_audit(settings)
    second = certify(settings, load_rules(settings.config)).version
    checks = settings.published / second / "checks.json"
    checks.write_bytes(checks.read_bytes()[:-1])

    shown = duet("kpi", "spend", "--json")

    assert f"ALARM: {second} is damaged: checks.json has changed. {published} is online" in shown.stderr
    assert [record["period"] for record in json.loads(shown.stdout)] == [month for month, _ in MONTHS]
    status = json.loads(duet("status", "--json").stdout)
    assert (status["version"], len(status["alarms"])) == (published, 1)
    assert "ALARM" in duet("status").stdout
    assert f"{second} is damaged: checks.json has changed" in duet("versions").stdout
    refused = duet("rollback", second)
    assert (refused.exit_code, "is damaged" in refused.output) == (1, True)
    assert (settings.published / "current").read_text() == f"{published}\n"


def test_a_version_whose_manifest_is_damaged_is_listed(settings: Settings, published: str) -> None:
    (settings.published / published / "manifest.json").write_text("{")
    listed = json.loads(duet("versions", "--json").stdout)
    assert [(one["version"], one["online"]) for one in listed] == [(published, False)]
    assert "manifest.json is not the one that was sealed" in duet("versions").stdout


def test_a_second_run_is_told_to_wait(settings: Settings) -> None:
    with run_lock(settings):
        second = subprocess.run(
            [str(Path(sys.executable).with_name("duet")), "refresh"], capture_output=True, text=True
        )

    assert second.returncode == 1
    assert "is at work" in second.stderr


def test_a_wrong_key_in_the_rules_is_one_line(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "duet.yml").write_text("currency: USD\n")
    monkeypatch.setenv("DUET_CONFIG", str(tmp_path / "duet.yml"))
    get_settings.cache_clear()

    result = duet("refresh")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert "currency" in result.output


def test_sources_says_what_an_export_must_have() -> None:
    found = json.loads(duet("sources", "meta_ads", "--json").output)
    by_day = next(export for export in found[0]["exports"] if export["stream"] == "campaign_days")
    assert "Day" in by_day["required"]
    assert any("Break the report down by Day" in remedy for remedy in by_day["remedies"])
    assert "Campaign name" in duet("sources", "meta_ads").output


def test_a_source_that_nobody_knows_is_answered_with_the_nearest() -> None:
    result = duet("sources", "gogle_ads")
    assert result.exit_code == 1
    assert "google_ads" in result.output
