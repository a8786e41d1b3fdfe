"""The `duet` command: thin, each verb one call."""

import atexit
import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from orchestration import completion
from orchestration.deliver.push import bring_along
from orchestration.engine.connection import end_quietly
from orchestration.exporting import export
from orchestration.failures import Duet, Reading
from orchestration.ingest.explain import explain as explain_file
from orchestration.operating import COMMANDS
from orchestration.publish.approval import this_person
from orchestration.publish.lock import run_lock
from orchestration.publish.staged import approve as approve_run
from orchestration.publish.version import rollback as roll_back
from orchestration.report import pages
from orchestration.report.changes import print_change
from orchestration.report.diff import diff as compare_versions
from orchestration.report.differences import print_difference
from orchestration.report.explained import print_explanation
from orchestration.report.headline import read_headline
from orchestration.report.kpi import read_kpi
from orchestration.report.named_versions import intact_version
from orchestration.report.pack.edition import PAGES, pack_file, write_edition
from orchestration.report.readers import readers
from orchestration.report.shelved import list_versions
from orchestration.report.spreadsheet import as_spreadsheet
from orchestration.report.state import print_status
from orchestration.report.status import read_status
from orchestration.report.why import explain_change
from orchestration.rules import Rules, load_rules
from orchestration.run.refresh import refresh as run_refresh
from orchestration.settings import Settings, get_settings

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print for machines.")


@click.group(cls=Duet, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duet", prog_name="duet")
def main() -> None:
    """KPIs that sales and marketing both trust: exports in, certified tables out."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    atexit.register(end_quietly)


for operating in COMMANDS:
    main.add_command(operating)
main.add_command(export)


@main.command()
@click.option(
    "--scale", type=click.IntRange(1), default=1, show_default=True, help="How many times the company's size."
)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed, another company.")
def demo(scale: int, seed: int) -> None:
    """Write believable demo exports into the landing folder, run the job, print the headline KPIs."""
    from orchestration.demo.company import DEMO_AS_OF
    from orchestration.demo.write import strangers, write_demo

    # The demo company's books end on this day; the job reads it like any other setting.
    os.environ.setdefault("DUET_AS_OF", DEMO_AS_OF.isoformat())
    get_settings.cache_clear()
    settings = get_settings()
    folder = settings.landing / "demo"
    if others := strangers(settings.landing, folder):
        raise click.ClickException(
            f"{settings.landing} already holds {len(others)} other files ({others[0].name}, …), and demo numbers "
            "must not mix with yours; show the demo elsewhere: DUET_DATA_DIR=/tmp/duet-demo duet demo"
        )
    write_demo(folder, scale, seed)
    pages.say(f"demo exports written to {folder}")
    _refresh(settings)
    pages.print_headline(read_headline(settings))
    pages.print_next_steps(settings)


@main.command()
def refresh() -> None:
    """Run the job on what has landed; a failed check leaves the last version online."""
    _refresh(get_settings())


@main.command()
@click.argument("run")
@click.option("--reason", required=True, help="Why the numbers are right although they are unusual.")
@click.option("--by", default=this_person, help="Who approves; without it the account that you are logged in with.")
def approve(run: str, reason: str, by: str) -> None:
    """Publish the candidate of RUN, which is held because something about it is unusual."""
    settings = get_settings()
    with run_lock(settings):
        version = approve_run(settings, load_rules(settings.config), run, reason, by, PAGES)
    click.echo(f"Published {version.version}, approved by {by}: {reason}")
    bring_along(settings)


@main.command(cls=Reading)
@AS_JSON
def status(as_json: bool) -> None:
    """Say which version is online, how fresh each source is, what is refused, what holds a run back."""
    found = read_status(get_settings())
    _print_json(found) if as_json else print_status(found)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@AS_JSON
def explain(file: Path, as_json: bool) -> None:
    """Say how FILE is recognised, what would happen to each row and what it would replace, changing nothing."""
    told = explain_file(file, get_settings())
    _print_json(told.record()) if as_json else print_explanation(told)
    if told.outcome.status in {"rejected", "unrecognised"}:
        sys.exit(1)


@main.command()
@click.argument("source", required=False, shell_complete=completion.sources)
@AS_JSON
def sources(source: str | None, as_json: bool) -> None:
    """List what can be read; with SOURCE, each of its exports and the columns that it must have."""
    found = readers(source)
    _print_json(found) if as_json else pages.print_readers(found, in_full=source is not None)


@main.command(cls=Reading)
@click.argument("name", shell_complete=completion.kpis)
@click.option(
    "--by", default="", help="Cut by a dimension: channel, stage_pair, …", shell_complete=completion.dimensions
)
@click.option(
    "--grain",
    default="month",
    show_default=True,
    help="day, week, month, quarter, year, …, all",
    shell_complete=completion.grains,
)
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print for spreadsheets; no text in it is a formula.")
def kpi(name: str, by: str, grain: str, as_json: bool, as_csv: bool) -> None:
    """Print the KPI NAME from the published file, or each of a family, such as cac or pipeline."""
    settings = get_settings()
    rules, table = load_rules(settings.config), read_kpi(settings, name, by, grain)
    if as_csv:
        click.echo(as_spreadsheet(table.columns, table.rows), nl=False)
    else:
        _print_json(table.records()) if as_json else pages.print_kpi(table, rules.gate.xmr_multiplier)


@main.command(cls=Reading)
@click.argument("name", shell_complete=completion.kpis)
@click.option("--from", "earlier", help="Earlier period: 2026-04, 2026-Q1, 2025, or its first day.")
@click.option("--to", "later", help="Later period of the same grain; without any, the last complete months.")
@click.option("--grain", default="", help="Grain of periods given by their first day: week, fiscal_quarter, …")
@AS_JSON
def why(name: str, earlier: str | None, later: str | None, grain: str, as_json: bool) -> None:
    """Say why the KPI NAME changed between two periods: effects that add up to the change."""
    change = explain_change(get_settings(), name, earlier, later, grain)
    _print_json(change.rows) if as_json else print_change(change)


@main.command("open", cls=Reading)
@click.option("--print", "only_print", is_flag=True, help="Say where the page is, and open nothing.")
def open_pack(only_print: bool) -> None:
    """Open the KPI pack of the version that is online."""
    settings = get_settings()
    page = pack_file(settings, intact_version(settings, "online"))
    click.echo(page)
    if not only_print:
        click.launch(str(page))


@main.command(cls=Reading)
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--edition", type=click.Choice(["weekly", "monthly"]), default="monthly", show_default=True)
@click.option("--of", "version", default="online", show_default=True, help="A version, or the beginning of its name.")
def pack(output: Path, edition: str, version: str) -> None:
    """Write an edition of the KPI pack to OUTPUT: a page, or a PDF where the name ends in .pdf."""
    settings = get_settings()
    write_edition(settings, intact_version(settings, version), edition, output)
    click.echo(f"{output} written")


@main.command(cls=Reading)
@AS_JSON
def versions(as_json: bool) -> None:
    """List the certified versions, newest first, and whether each still is what was certified."""
    found = list_versions(get_settings())
    _print_json(found) if as_json else pages.print_versions(found)


@main.command(cls=Reading)
@click.argument("a", shell_complete=completion.named)
@click.argument("b", shell_complete=completion.named)
@click.option("--by", default="", help="Cut by a dimension: channel, source_group, …")
@click.option("--grain", default="month", show_default=True, help="week, month, quarter, year, …")
@AS_JSON
def diff(a: str, b: str, by: str, grain: str, as_json: bool) -> None:
    """Say which numbers of closed periods moved between versions A and B, and why.

    A and B are versions or beginnings of their names, online, previous, or days: the newest version of that day's end.
    """
    found = compare_versions(get_settings(), a, b, grain, by)
    _print_json(found.record()) if as_json else print_difference(found)


@main.command()
@click.argument("version", shell_complete=completion.certified)
def rollback(version: str) -> None:
    """Put VERSION online again; the next refresh publishes anew."""
    settings = get_settings()
    roll_back(settings, version)
    click.echo(f"{version} is online")
    bring_along(settings)


def _refresh(settings: Settings) -> None:
    rules: Rules = load_rules(settings.config)
    outcome = run_refresh(settings, rules, pages.say)
    told = (outcome.status, outcome.version, outcome.held, outcome.warnings, outcome.release, outcome.behind)
    pages.print_outcome_of_run(*told)
    if not outcome.ok:
        sys.exit(1)


def _print_json(content: Any) -> None:
    click.echo(json.dumps(content, indent=2, default=_json_value, ensure_ascii=False))


def _json_value(value: Any) -> Any:
    """Figures are JSON numbers, written with the digits that they have; days and instants are ISO text."""
    return float(value) if isinstance(value, Decimal) else str(value)
