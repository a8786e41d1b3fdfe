"""How the reasons of a change look on a terminal."""

from decimal import Decimal

from rich.table import Table

from orchestration.report.headline import shown
from orchestration.report.pages import out
from orchestration.report.why import REASONS, Change, total

TITLES = {
    "spend_volume": "What was spent, and how many customers it won",
    "mix_rate": "Which cells weigh more, and what each does",
    "margin": "Orders sold, their mix and what each gives",
}
ORDER = ["spend", "volume", "mix", "price", "discount", "rate", "zero_customer_spend", "refunds", "unit_cost"]


def print_change(change: Change) -> None:
    """The change, then a table of effects by cell for each way to explain it."""
    first, unit = change.rows[0], change.unit
    before, after = (shown(first[name], unit) for name in ("value_before", "value_after"))
    moved = "" if first["change"] is None else f": {signed(first['change'], unit)}"
    periods = f"{first['grain']} from {first['compared_period']} to {first['period']}"
    out.print(f"{first['kpi']}, {unit}, {periods}: {before} to {after}{moved}", markup=False)
    if change.reason:
        out.print(REASONS[change.reason], markup=False)
    for name, rows in change.decompositions().items():
        found = {row["effect"] for row in rows}
        effects = sorted(found, key=lambda effect: (ORDER.index(effect) if effect in ORDER else len(ORDER), effect))
        page = Table(rows[0]["dimension"], *(effect.replace("_", " ") for effect in effects), "in all")
        page.title, page.title_justify = TITLES[name], "left"
        for column in page.columns[1:]:
            column.justify = "right"
        members = sorted({row["member"] for row in rows}, key=lambda member: -abs(total(rows, member=member)))
        for member in members:
            cells = [signed(total(rows, effect, member), unit) for effect in effects]
            page.add_row(member, *cells, signed(total(rows, member=member), unit))
        page.add_section()
        page.add_row("in all", *(signed(total(rows, effect), unit) for effect in effects), signed(total(rows), unit))
        out.print(page)


def signed(value: Decimal | None, unit: str, kpi: str = "") -> str:
    """A change with its sign; of a share in percentage points."""
    text = shown(value, unit, kpi).replace("%", "pp")
    return text if not value or value < 0 else f"+{text}"
