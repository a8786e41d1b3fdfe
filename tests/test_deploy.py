"""What deploy/ holds is what the programs there are, closed to the network, and explained in docs/deploy.md."""

import configparser
import re
import sys
from pathlib import Path

import pytest
import yaml

from orchestration.settings import ROOT, Alerts, Automation

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs/deploy.md").read_text()
UNITS = sorted(DEPLOY.glob("systemd/*.service"))


@pytest.mark.parametrize("settings", [Automation, Alerts], ids=lambda settings: settings.__name__)
def test_every_variable_is_explained(settings: type[Automation] | type[Alerts]) -> None:
    prefix = settings.model_config["env_prefix"]
    assert [name for name in settings.model_fields if f"`{prefix}{name.upper()}`" not in PAGE] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_runs_a_program_that_there_is_as_its_own_user(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit)
    service = parser["Service"]
    for key in ("ExecStart", "ExecStartPre"):
        program, _, _ = service.get(key, "/opt/duet/.venv/bin/duet").partition(" ")
        assert program.startswith("/opt/duet/.venv/bin/")
        assert Path(sys.executable).with_name(Path(program).name).exists()
    assert (service["User"], service["NoNewPrivileges"], service["UMask"]) == ("duet", "yes", "0027")
    assert service["EnvironmentFile"] == "/etc/duet/environment"
    assert unit.name in PAGE


def test_pages_listen_on_this_machine_only() -> None:
    web = (DEPLOY / "systemd/duet-webserver.service").read_text()
    assert "--host 127.0.0.1" in web
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"]
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"webserver": ["127.0.0.1:3000:3000"]}


def test_containers_run_what_the_units_run() -> None:
    """The same words but for the address: a container's own is not the machine's."""
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"]
    daemon, web = (started(DEPLOY / f"systemd/duet-{name}.service") for name in ("daemon", "webserver"))
    assert services["daemon"]["command"] == ["sh", "-c", f"{daemon['ExecStartPre']} && exec {daemon['ExecStart']}"]
    assert " ".join(services["webserver"]["command"]) == web["ExecStart"].replace("127.0.0.1", "0.0.0.0")


def started(unit: Path) -> dict[str, str]:
    """What a unit starts, by the names that a container knows too."""
    lines = re.findall(r"^(ExecStart(?:Pre)?)=/opt/duet/\.venv/bin/(.*)$", unit.read_text(), re.MULTILINE)
    return dict(lines)


def test_the_image_is_made_of_what_there_is() -> None:
    recipe = (DEPLOY / "Containerfile").read_text()
    copied = re.findall(r"^COPY (?:--chown=\S+ )?(\S+)", recipe, re.MULTILINE)
    assert copied == ["requirements/server.txt", "."]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    # Duet starts dbt from beside its Python, so that both are in one environment, as with systemd.
    assert "ENV PATH=/opt/duet/.venv/bin:$PATH" in recipe
    volumes = yaml.safe_load((DEPLOY / "compose.yml").read_text())["x-duet"]["volumes"]
    assert "data:/data" in volumes
    assert "DUET_DATA_DIR=/data" in recipe


def test_the_environment_names_variables_that_there_are() -> None:
    known = {"DUET_DATA_DIR", "DUET_CONFIG", "DAGSTER_HOME", "DUET_DAGSTER_POSTGRES_URL"}
    known |= {f"DUET_{name.upper()}" for name in Automation.model_fields}
    known |= {f"DUET_ALERT_{name.upper()}" for name in Alerts.model_fields}
    named = re.findall(r"^#?([A-Z_]+)=", (DEPLOY / "environment").read_text(), re.MULTILINE)
    assert set(named) <= known


def test_both_houses_of_dagster_are_quiet_and_run_one_thing_at_a_time() -> None:
    here, there = (yaml.safe_load((folder / "dagster.yaml").read_text()) for folder in (ROOT, DEPLOY))
    for key in ("telemetry", "nux", "compute_logs", "concurrency", "run_monitoring", "retention"):
        assert here[key] == there[key], key
    assert here["telemetry"] == {"enabled": False}
    assert here["concurrency"]["runs"]["max_concurrent_runs"] == 1
