"""The verbs of those who run Duet for others: forget, replay, alert, completion, and what Dagster's pages need."""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from orchestration.completion import SHELLS, script
from orchestration.ingest.forget import forget as forget_file
from orchestration.publish.lock import run_lock
from orchestration.rules import load_rules
from orchestration.settings import Alerts, get_settings


@click.command()
@click.argument("file")
def forget(file: str) -> None:
    """Take back FILE (its name or id in `duet status --json`), which should never have landed."""
    with run_lock(get_settings()):
        entry = forget_file(get_settings(), file)
    click.echo(f"{entry.name} is out of the archive and the lake; run `duet refresh` to publish without it")


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Build it in this empty folder, and leave it there.")
@click.option("--json", "as_json", is_flag=True, help="Print for machines.")
def replay(keep: Path | None, as_json: bool) -> None:
    """Build the version online again from the archive alone, elsewhere, and say whether it is the same."""
    from orchestration.publish.replay import replay as replay_archive

    settings = get_settings()
    with tempfile.TemporaryDirectory(prefix="duet-replay-") as folder:
        found = replay_archive(settings, load_rules(settings.config), keep or Path(folder))
    if as_json:
        click.echo(json.dumps(asdict(found) | {"is_same": found.is_same}, indent=2, default=str))
    else:
        click.echo(f"{found.version}, as of {found.as_of}, built again from {found.files} archived files")
        click.echo(f"  content online:   {found.expected}\n  content replayed: {found.found}")
        click.echo("the same, value for value" if found.is_same else f"NOT the same: {', '.join(found.differing)}")
    if not found.is_same:
        sys.exit(1)


@click.command()
@click.option("--trial", is_flag=True, help="Send a trial instead, to see whether it arrives.")
def alert(trial: bool) -> None:
    """Tell the people of DUET_ALERT_* what holds the newest data back; nobody where nothing does."""
    # A tenth of a second to import, for TLS and mail: the other verbs need neither.
    from orchestration.alerts.message import of_state, of_trial
    from orchestration.alerts.send import AlertNotSent, send

    settings = get_settings()
    message = of_trial(settings) if trial else of_state(settings)
    if message is None:
        click.echo("nothing holds a version back, so nobody is told")
        return
    try:
        channels = send(message, Alerts())
    except AlertNotSent as error:
        raise click.ClickException(str(error)) from error
    if not channels:
        raise click.ClickException("nobody is told: set DUET_ALERT_WEBHOOK or DUET_ALERT_EMAIL_TO (docs/deploy.md)")
    click.echo(f"told by {' and '.join(channels)}")


@click.command()
@click.argument("shell", type=click.Choice(sorted(SHELLS)))
def completion(shell: str) -> None:
    """Print what makes SHELL complete the words of `duet`: verbs, options, KPIs, sources and versions."""
    click.echo(script(shell))


@click.command(hidden=True)
def dagster_home() -> None:
    """Prepare the folder in which Dagster remembers runs, for `dg dev`, and what it shows of columns."""
    from orchestration.run.home import keep_columns, prepare_dagster_home

    keep_columns(get_settings())
    click.echo(prepare_dagster_home(get_settings()))


COMMANDS: list[click.Command] = [forget, replay, alert, completion, dagster_home]
