"""What a candidate is held against: the version that is online, and the files that came since."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from orchestration.engine.connection import connect
from orchestration.ingest.keeping.manifest import Manifest, read_manifests
from orchestration.ingest.landing.folder import ledger_path, read_ledger
from orchestration.publish.candidate import SERVING
from orchestration.publish.version import Version, online
from orchestration.rules import Rules
from orchestration.settings import Settings

# A series is an ad account (of a template also its channel) in one currency; the export that feeds spend speaks.
SERIES = "source, account_key, currency"
ACCOUNT_DAYS = f"""
select {SERIES}, spend_date, bool_or(file_id in (from fresh_files)) as is_fresh,
    sum(spend_in_currency) as spend, sum(impressions) as impressions, sum(clicks) as clicks,
    sum(conversions) as conversions, sum(report_rows) as report_rows
from {{side}}.marts.fct_spend_history
where is_current and is_feeding
group by all
"""
DAYS = f"create temp table days as {ACCOUNT_DAYS.format(side='candidate')}"
DAYS_BEFORE = f"create temp table days_before as {ACCOUNT_DAYS.format(side='online')}"
KNOWN_UNTIL = (
    f"create temp table known_until as select {SERIES}, max(spend_date) as last_day from days_before group by all"
)
DAYS_ARE_THERE = "from duckdb_tables() select 1 where table_name = 'known_until'"
# A day on which an export says nothing has no currency of its own: it is that of the account, where it has one.
SILENT_DAYS = """
update days set currency = known.currency
from (
    select source, account_key, any_value(currency) as currency
    from days_before group by all having count(distinct currency) = 1
) as known
where (days.source, days.account_key) = (known.source, known.account_key)
    and days.currency is null and days.report_rows = 0
    and (days.source, days.account_key, spend_date) not in (
        select (source, account_key, spend_date) from days where currency is not null
    )
"""


@dataclass(frozen=True)
class History:
    """A connection with the marts of the candidate as `candidate` and of the version online as `online`."""

    conn: duckdb.DuckDBPyConnection
    rules: Rules
    lake: Path
    as_of: date
    files: Sequence[Manifest]  # loaded ones
    before: Version | None = None
    landing: Path | None = None
    written: Mapping[str, Sequence[str]] = field(default_factory=dict)  # days on which landed files were, by name
    kept: dict[str, Any] = field(default_factory=dict)  # what one question worked out and another needs

    @property
    def fresh(self) -> list[Manifest]:
        """The files that the version online does not know."""
        known = known_files(self.before)
        return [file for file in self.files if file.file_id not in known]

    @property
    def closed_until(self) -> date | None:
        """The last day whose figures had settled when the version online was made; None without one."""
        if self.before is None:
            return None
        return self.before.as_of - timedelta(days=self.rules.gate.closed_after_days)

    def landed_at(self, name: str) -> datetime | None:
        """When a file in the landing folder was written last, also with the same bytes, in UTC; None without it."""
        return written_at(self.landing / name) if self.landing else None

    def knows(self, *tables: str) -> bool:
        """Whether the version online has these tables: none does before the first, an older software's may not."""
        return self.before is not None and set(tables) <= set(self.before.tables)

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """What a query over both sides gives; values stand in it as $name."""
        return self.conn.execute(sql, values).fetchall()


def written_at(file: Path) -> datetime | None:
    """When a file was written last, in UTC; None where there is none."""
    return datetime.fromtimestamp(int(file.stat().st_mtime), UTC).replace(tzinfo=None) if file.is_file() else None


def known_files(version: Version | None) -> set[str]:
    """The files that a version is made of."""
    return {str(file["file_id"]) for file in version.inputs} if version else set()


@contextmanager
def open_history(settings: Settings, rules: Rules, as_of: date, candidate: Path) -> Iterator[History]:
    """The marts in a DuckDB file, which may be the warehouse, beside what they are held against."""
    before = online(settings)
    files = [manifest for manifest in read_manifests(settings) if manifest.status == "loaded"]
    with connect() as conn:
        _attach(conn, candidate, "candidate")
        if before is not None:
            _attach(conn, settings.published / before.version / SERVING, "online")
        written = read_ledger(ledger_path(settings)).days
        history = History(conn, rules, settings.lake, as_of, files, before, settings.landing, written)
        conn.execute("create temp table fresh_files (file_id varchar)")
        conn.execute(
            "insert into fresh_files select unnest(cast(? as varchar[]))", [[f.file_id for f in history.fresh]]
        )
        yield history


def account_days(history: History) -> None:
    """Tables `days`, `days_before` and `known_until`: ad accounts by day now, as they were, and the last day known."""
    if history.rows(DAYS_ARE_THERE):
        return
    for statement in (DAYS, DAYS_BEFORE, SILENT_DAYS, KNOWN_UNTIL):
        history.conn.execute(statement)


def _attach(conn: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    conn.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
