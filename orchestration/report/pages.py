"""How results look on a terminal."""

import os
import shutil
import sys
from collections import defaultdict
from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration.ingest.problems import printable
from orchestration.publish.version import serving_file
from orchestration.report.headline import Headline, shown
from orchestration.report.kpi import KpiTable
from orchestration.report.series import MARKS, Series, period_name, series_of
from orchestration.settings import Settings

# A pipe has no width of its own; 80 would cut the tables.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)
# Periods of a KPI side by side, and in its line of bars.
NEWEST, TREND = 6, 18
# More than these bury what matters.
MOST_WARNINGS = 10


def say(line: str) -> None:
    """One line of progress."""
    out.print(f"  {printable(line)}", markup=False)


def print_outcome_of_run(
    status: str, version: str | None, held: list[str], warnings: list[str], release: str, behind: list[str]
) -> None:
    """How a refresh ended."""
    for warning in warnings[:MOST_WARNINGS]:
        out.print(f"warning: {warning}", markup=False)
    if len(warnings) > MOST_WARNINGS:
        out.print(f"warning: {len(warnings) - MOST_WARNINGS} more files that nobody recognises: duet status --json")
    online = f"{version} stays online" if version else "nothing is online yet"
    if status == "staged":
        out.print(f"\nHeld, not published; {online}. Unusual, and for a person to look at:\n", markup=False)
        out.print("\n".join(held), markup=False)
        out.print(f"\nIf it is right:  {release}", markup=False)
        out.print("If it is not:    do as the remedy says, and `duet refresh`", markup=False)
    elif status == "held":
        out.print(f"\nNot published; {online}. In the way:\n", markup=False)
        out.print("\n".join(held), markup=False)
    elif status == "unchanged":
        out.print(f"Nothing new: {version} is online", markup=False)
    else:
        out.print(f"Published {version}", markup=False)
    if behind:
        out.print("\n".join(["\nAnd then:", *behind]), markup=False)


def print_headline(headline: Headline) -> None:
    """The table of headline KPIs."""
    table = Table("KPI", *(f"{month:%b %Y}" for month in headline.months), title="Headline KPIs, last complete months")
    for column in table.columns[1:]:
        column.justify = "right"
    for line, unit, cells in headline.rows:
        table.add_row(line.label, *(shown(value, unit, line.kpi) for value in cells))
    out.print(table)
    if headline.mature:
        month, rate, converted, cohort = headline.mature
        out.print(
            f"MQL to SQL of the youngest mature cohort, {month:%b %Y}: {rate * 100:.1f} % ({converted} of {cohort})"
        )
    if len(headline.crms) == 2:
        (matched, part, whole), (agreed, agreeing, pairs) = headline.crms
        out.print(
            f"Deals known to both CRMs: {matched * 100:.1f} % ({part} of {whole} records); "
            f"pairs that agree: {agreed * 100:.1f} % ({agreeing} of {pairs})"
        )


def print_next_steps(settings: Settings) -> None:
    """Where to look after the demo."""
    # `make demo` runs before anybody has put .venv/bin on the path.
    duet = "duet" if shutil.which("duet") else os.path.relpath(sys.argv[0])
    out.print(f"\nOpen with a BI tool:  {serving_file(settings)}", markup=False)
    out.print(f"Open the KPI pack:    {duet} open", markup=False)
    out.print(f"One KPI in full:      {duet} kpi cac_paid", markup=False)
    out.print(f"The same, cut:        {duet} kpi spend --by channel --grain quarter", markup=False)
    out.print(f"State of the house:   {duet} status", markup=False)
    out.print("Lineage and checks:   make dev")


def print_kpi(table: KpiTable, multiplier: float) -> None:
    """A KPI, or each of a family: its last periods side by side, the way there as a line of bars, and marks."""
    tables: dict[str, list[Series]] = defaultdict(list)
    for series in series_of(table.records()):
        tables[f"{series.kpi} ({series.variant})" if series.member and series.variant else series.kpi].append(series)
    for title, found in tables.items():
        out.print(f"{title}, {found[0].unit}, as of {found[0].as_of}", markup=False)
        marks = _print_series(found, multiplier)
        for mark in (mark for mark in MARKS if mark in marks):
            out.print(f"  {mark}  {MARKS[mark]}", markup=False)
    out.print("\nNumerators, denominators and all periods: --csv or --json", markup=False)


def _print_series(found: list[Series], multiplier: float) -> str:
    """The table of some series; returns the marks that stand in it."""
    periods = sorted({period for series in found for period in series.rows}, key=lambda period: period or date.min)
    newest, name = periods[-NEWEST:], "member" if any(series.member for series in found) else "variant"
    page = Table(box=SIMPLE_HEAD)
    page.add_column(name, overflow="fold")
    page.add_column("trend", no_wrap=True)
    for period in newest:
        page.add_column(period_name(period, found[0].grain), justify="right", no_wrap=True)
    marks = ""
    for series in found:
        cells = []
        for period in newest:
            mark = series.marks(period, multiplier)
            marks += mark
            cells.append(f"{series.shown(period)} {mark}".strip())
        page.add_row(getattr(series, name), series.trend(periods[-TREND:]), *cells)
    out.print(page)
    return marks


def print_versions(found: list[dict[str, Any]]) -> None:
    """The certified versions, newest first, and whether each still is what was certified."""
    table = Table("version", "certified", "as of", "engine", "checks passed", "kpi_values", "")
    for one in found:
        state = "damaged" if one["damage"] else "online" if one["online"] else ""
        if "tables" not in one:
            table.add_row(one["version"], "", "", "", "", "", state)
            continue
        kpi_values = one["tables"].get("kpi_values", {}).get("content_hash", "")[:8]
        told = (one["version"], one["certified_at"][:16].replace("T", " "), one["as_of"], one["engine"])
        table.add_row(*told, str(one["checks"]["passed"]), kpi_values, state)
    out.print(table) if found else out.print("no version yet; run `duet refresh`")
    for one in found:
        if one["damage"]:
            out.print(f"{one['version']} is damaged: {one['damage']}", markup=False)


def print_readers(found: list[dict[str, Any]], in_full: bool) -> None:
    """What can be read: a line per source, or every export of one with its columns."""
    for source in found:
        exports = source["exports"]
        if not in_full:
            titles = "; ".join(export["title"] for export in exports)
            out.print(f"[bold]{source['source']}[/bold] ({source['title']}): {escape(titles)}")
            continue
        for export in exports:
            out.print(f"[bold]{escape(export['title'])}[/bold] -> {source['source']}/{export['stream']}")
            out.print(f"  must have: {', '.join(export['required'])}", markup=False)
            if export["optional"]:
                out.print(f"  may have:  {', '.join(export['optional'])}", markup=False)
            for remedy in export["remedies"]:
                out.print(f"  if one is missing: {remedy}", markup=False)
