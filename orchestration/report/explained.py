"""How an explained file looks on a terminal."""

from rich.table import Table

from orchestration.ingest.explain import ExplainedColumn, Explanation
from orchestration.ingest.problems import printable
from orchestration.report.pages import out

MOST_PROBLEMS = 10
STATUS = {"loaded": "green", "rejected": "red", "unrecognised": "yellow"}
FATES = {"read": "", "compared": "dim", "split": "cyan", "ignored": "dim", "unknown": "yellow"}
DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


def print_explanation(told: Explanation) -> None:
    """What a file is, what becomes of its rows and columns, and what it would replace."""
    outcome = told.outcome
    word = "would be loaded" if outcome.status == "loaded" else f"would be {outcome.status}"
    if told.is_known and outcome.status == "loaded":
        word = "is loaded already"
    out.print(f"{printable(outcome.path)} {word}", style=f"bold {STATUS.get(outcome.status, '')}", markup=False)
    for label, line in _lines(told):
        out.print(f"  {label:<12}{line}", markup=False)
    if told.columns:
        out.print(_columns(told.columns))
    _print_problems(told)


def _lines(told: Explanation) -> list[tuple[str, str]]:
    outcome = told.outcome
    found = [("read as", f"{outcome.source}/{outcome.stream}: {told.title} ({outcome.format})")] if told.title else []
    if told.runner_up:
        found.append(("runner-up" if told.title else "nearest", told.runner_up))
    if told.dialect:
        found.append(("text", _dialect(told)))
    if told.breakdown:
        found.append(("split by", told.breakdown))
    if told.facts:
        found.append(("says", "; ".join(f"{name.replace('_', ' ')}: {text}" for name, text in told.facts.items())))
    if outcome.rows:
        fates = ", ".join(f"{count:,} {fate}" for fate, count in outcome.rows.items() if count)
        found.append(("rows", f"{outcome.rows_in_file:,}: {fates or 'none'}"))
    if outcome.window:
        declared = " (declared by the export)" if told.declared else ""
        found.append(("covers", f"{outcome.window[0]} to {outcome.window[1]}{declared}"))
    if told.exported_at:
        found.append(("exported", f"{told.exported_at[:16]} UTC"))
    return [*found, *_totals(told), *_rivals(told), *(("note", note) for note in outcome.notes)]


def _dialect(told: Explanation) -> str:
    spoken = told.dialect
    parts = [f"{told.container}" if told.container else "", str(spoken["encoding"])]
    parts.append(f"{DELIMITERS.get(spoken['delimiter'], spoken['delimiter'])} between cells")
    parts.append(f"decimal {'comma' if spoken['decimal'] == ',' else 'point'}")
    parts.append(f"header in line {spoken['header_line']}" if spoken["header_line"] else "")
    return ", ".join(part for part in parts if part)


def _columns(columns: list[ExplainedColumn]) -> Table:
    table = Table("header", "becomes", "", title="Columns", title_justify="left", box=None, padding=(0, 2))
    for one in columns:
        becomes = {"read": one.column or "", "split": one.column or "another name of it"}.get(one.fate, "")
        hint = {"compared": f"must equal {one.column}", "unknown": "kept aside; no reader knows it"}.get(one.fate, "")
        hint = hint or ("" if one.fate in ("read", "split") else one.fate)
        table.add_row(one.header or "(empty)", becomes, one.suggestion or hint, style=FATES[one.fate])
    return table


def _totals(told: Explanation) -> list[tuple[str, str]]:
    """A line per total row: what agrees with the rows, and both figures of what does not."""
    lines: dict[tuple[str, int | None], tuple[list[str], list[str]]] = {}
    for entry in told.totals:
        agrees, differs = lines.setdefault((entry["label"] or "total row", entry["line"]), ([], []))
        if entry["agrees"]:
            agrees.append(entry["column"])
        else:
            differs.append(f"{entry['column']} {entry['total']} where the rows add up to {entry['rows']}")
    found = []
    for (label, line), (agrees, differs) in lines.items():
        said = [f"agrees in {', '.join(agrees)}"] if agrees else []
        found.append(("total", f"{label} in line {line}: {'; '.join([*said, *differs])}"))
    return found


def _rivals(told: Explanation) -> list[tuple[str, str]]:
    found = []
    for one in told.rivals:
        when = f"{one.file} of {one.exported_at[:16]}"
        if one.replaced:
            found.append(("replaces", f"{_counted(one.replaced, one.unit)} of {when}"))
        if one.replacing:
            found.append(("replaced", f"{_counted(one.replacing, one.unit)} by {when}, which is newer"))
    if told.outcome.status == "loaded" and not found:
        found.append(("replaces", "nothing: no other file tells the same"))
    return found


def _counted(count: int, unit: str) -> str:
    return f"{count:,} {unit}{'s' * (count != 1)}"


def _print_problems(told: Explanation) -> None:
    problems = told.outcome.problems
    for problem in problems[:MOST_PROBLEMS]:
        out.print(f"- {problem}", markup=False)
    if len(problems) > MOST_PROBLEMS:
        out.print(f"- and {len(problems) - MOST_PROBLEMS} more: --json shows them", markup=False)
