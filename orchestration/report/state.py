"""The state of the house on a terminal: what is online, what is in the way, what is late, refused and moved."""

from typing import Any

from rich.table import Table

from orchestration.ingest.keeping.outcome import grouped
from orchestration.report.changes import signed
from orchestration.report.headline import shown
from orchestration.report.pages import out

# More than these bury what matters; `duet status --json` has all.
MOST = 10


def print_status(found: dict[str, Any]) -> None:
    """All of it, what a person must act on before what is good to know."""
    _print_online(found)
    _print_in_the_way(found)
    _print_unread(found["unread"])
    _print_sources(found["sources"])
    _print_quarantine(found)
    _print_moved(found["moved"])
    _print_restatements(found["restatements"])
    remarks = grouped((file["file"], line) for file in found["files"] for line in file["remarks"])
    _print_some([f"note: {line}" for line in remarks])


def _print_online(found: dict[str, Any]) -> None:
    out.print(f"online:   {found['version'] or 'nothing yet'}", markup=False)
    for alarm in found["alarms"]:
        out.print(f"ALARM:    {alarm}", markup=False)
    if found["at_work"]:
        out.print(f"now:      {found['at_work']}", markup=False)
    if not found["version"]:
        return
    if newer := found["newer"]:
        out.print(f"older:    {newer[0]} is newer; `duet rollback {newer[0]}` puts it online again", markup=False)
    certified = found["certified_at"][:16].replace("T", " ")
    out.print(f"as of:    {found['as_of']}, certified {certified} UTC, {age(found['age_hours'])} ago", markup=False)
    if (copy := found["postgres"]) and copy["version"]:
        delivered = copy["at"][:16].replace("T", " ")
        out.print(f"postgres: {copy['version']} in {copy['place']} since {delivered} UTC", markup=False)
    if given := found["approval"]:
        about = ", ".join(check["id"] for check in given["checks"])
        out.print(f"approved: by {given['approved_by']}: {given['reason']} ({about})", markup=False)
    passed = sum(check["passed"] for check in found["checks"])
    page = f", all of them in {found['pages']['certified']}" if found["pages"]["certified"] else ""
    out.print(f"checks:   {passed} of {len(found['checks'])} passed{page}", markup=False)
    for check in found["checks"]:
        if not check["passed"]:
            word = "approved" if check["severity"] == "hold" else "warning"
            out.print(f"{word}:  {check['fact']} ({check['id']}): {check['observed']}", markup=False)
            out.print(f"          remedy: {check['remedy']}", markup=False)


def _print_in_the_way(found: dict[str, Any]) -> None:
    if not found["held"]:
        return
    out.print("\nheld, so what is newer is not online:", markup=False)
    out.print("\n".join(found["held"]), markup=False)
    if found["staged"]:
        out.print(f"if it is right: {found['staged']['release']}", markup=False)
    if found["pages"]["last_run"]:
        out.print(f"every check of that run: {found['pages']['last_run']}", markup=False)
    out.print()


def _print_unread(unread: list[str]) -> None:
    if unread:
        more = f" and {len(unread) - MOST} more" if len(unread) > MOST else ""
        out.print(f"landed:   {', '.join(unread[:MOST])}{more}; no run has read them yet: duet refresh", markup=False)


def _print_sources(sources: list[dict[str, Any]]) -> None:
    table = Table("source", "stream", "from", "to", "age, days", "may be", "")
    for one in sources:
        ages = ["" if one[name] is None else str(one[name]) for name in ("age_days", "max_age_days")]
        late = "late" if one["is_late"] else ""
        table.add_row(one["source"], one["stream"], one["window_start"] or "", one["window_end"] or "", *ages, late)
    if sources:
        out.print(table)


def _print_quarantine(found: dict[str, Any]) -> None:
    aside = found["quarantine"]
    if aside["rows"]:
        out.print(f"quarantine: {aside['rows']:,} rows of {aside['files']} files, {aside['money']} at stake")
    money = {one["file"]: f", {one['money']} at stake" for one in aside["of"] if one["money"]}
    lines = [
        f"{file['status']}: {file['file']}, {file['rows'].get('rejected', 0)} rows refused{money.get(file['file'], '')}"
        for file in found["files"]
        if file["status"] != "loaded" or file["rows"].get("rejected")
    ]
    _print_some(lines)


def _print_moved(moved: list[dict[str, Any]]) -> None:
    if not moved:
        return
    table = Table("moved since the version before", "month", "reported", "known now", "moved", "why")
    for column in table.columns[2:5]:
        column.justify = "right"
    for one in moved[:MOST]:
        values = [shown(one[name], one["unit"], one["kpi"]) for name in ("value_before", "value_after")]
        name = f"{one['kpi']} ({one['variant']})" if one["variant"] else one["kpi"]
        table.add_row(
            name, f"{one['period']:%Y-%m}", *values, signed(one["delta"], one["unit"], one["kpi"]), one["causes"]
        )
    out.print(table)
    if len(moved) > MOST:
        out.print(f"and {len(moved) - MOST} more: duet diff previous online")


def _print_restatements(restatements: list[dict[str, Any]]) -> None:
    table = Table("exported again", "age, days", "account days", "moved", "spend moved", "conversions moved")
    for one in restatements:
        days = shown(one["account_days"], "count"), shown(one["account_days_moved"], "count")
        moved = shown(one["spend_moved_rate"], "ratio"), shown(one["conversions_moved"], "")
        table.add_row(one["platform"] or one["source"], one["age"], *days, *moved)
    if restatements:
        out.print(table)


def _print_some(lines: list[str]) -> None:
    for line in lines[:MOST]:
        out.print(line, markup=False)
    if len(lines) > MOST:
        out.print(f"and {len(lines) - MOST} more: duet status --json")


def age(hours: float) -> str:
    """How long ago, as people say it."""
    counted: list[tuple[float, str]] = [(hours / 24, "days"), (hours, "hours"), (hours * 60, "minutes")]
    return next((f"{number:.0f} {word}" for number, word in counted if number >= 2), "a minute")
