"""How results look on a terminal."""

import os
import shutil
import sys
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from orchestration.ingest.problems import printable
from orchestration.publish.version import serving_file
from orchestration.report.headline import Headline, shown
from orchestration.report.kpi import KpiTable
from orchestration.settings import Settings

# A pipe has no width of its own; 80 would cut the tables.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)
# More than these bury what matters.
MOST_WARNINGS = 10


def say(line: str) -> None:
    """One line of progress."""
    out.print(f"  {printable(line)}", markup=False)


def print_outcome_of_run(
    status: str, version: str | None, held: list[str], warnings: list[str], release: str = ""
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


def print_kpi(table: KpiTable) -> None:
    """A KPI by period: value with its numerator and denominator; columns that say nothing are left out."""
    records = table.records()
    shows = [name for name in ("variant", "member") if any(record[name] for record in records)]
    page = Table(*shows, "period", "value", "numerator", "denominator", "n", "note")
    for column in page.columns[-5:-1]:
        column.justify = "right"
    for record in records:
        doubts = [] if record["is_complete"] else ["period not complete"]
        doubts += [] if record["is_mature"] is not False else ["cohort not mature"]
        page.add_row(
            *(record[name] for name in shows),
            str(record["period"] or "all"),
            shown(record["value"], record["unit"], record["kpi"]),
            shown(record["numerator"], ""),
            shown(record["denominator"], ""),
            shown(record["n"], "count"),
            ", ".join(doubts),
        )
    out.print(f"{records[0]['kpi']}, {records[0]['unit']}, as of {records[0]['as_of']}", markup=False)
    out.print(page)


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
