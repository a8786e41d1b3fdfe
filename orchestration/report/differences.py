"""How the difference of two versions looks on a terminal."""

from rich.table import Table

from orchestration.report.changes import signed
from orchestration.report.diff import Difference, by_number
from orchestration.report.headline import shown
from orchestration.report.pages import out


def print_difference(found: Difference) -> None:
    """Which two versions, what changed between them, and each number that moved with its causes."""
    for word, version in (("from", found.before), ("to", found.after)):
        out.print(
            f"{word:<5} {version.version}, as of {version.as_of}, certified {version.certified_at:%Y-%m-%d %H:%M} UTC"
        )
    out.print(f"files: {found.files_new} new, {found.files_gone} taken back")
    for rule in found.rules:
        out.print(f"rule  {rule}", markup=False)
    if found.models_changed:
        out.print("seeds, models or software changed")
    numbers = by_number(found.rows)
    if not numbers:
        out.print("no number of a period that was over has moved")
        return
    table = Table("KPI", "variant", "period", "member", "reported", "known now", "moved", "why")
    for column in table.columns[4:7]:
        column.justify = "right"
    for number, causes in numbers:
        unit, kpi = number["unit"], number["kpi"]
        values = (shown(number[name], unit, kpi) for name in ("value_before", "value_after"))
        why = ", ".join(f"{cause.replace('_', ' ')} {signed(part, unit, kpi)}" for cause, part in causes)
        named = (kpi, number["variant"], str(number["period"]), number["member"])
        table.add_row(*named, *values, signed(number["delta"], unit, kpi), why)
    out.print(table)
