"""One step from a certified version to the next: every number of a closed period that moved, with its causes."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from pydantic import BaseModel

from orchestration.engine.connection import connect
from orchestration.publish.restated.causes import CAUSED, EXCLUDED, KNOWN, PAIRED, TOUCHED, Circumstances
from orchestration.publish.restated.facts import KINDS, rows_of
from orchestration.publish.restated.numbers import BY_PERIOD, CLOSED, RESULT, SPLIT, parts_of_kpis
from orchestration.rules import Cac

EMPTY_FACTS = """
create temp table {name} (kind varchar, fact varchar, known_by varchar, day date, is_monthly boolean, channel varchar,
    source_group varchar, segment varchar, measure varchar, base double, converted double, amount decimal(28, 6))
"""
NO_CALENDAR = """
create temp table measures as
select measure, 0 as lag_months, '' as grain, day as period, '' as dimension, '' as member, cause, amount
from caused limit 0
"""
PEOPLE = {"dim_persons": "is_excluded", "bridge_person_records": "record_key"}
# How many versions are kept, and what a person must look at, decides no number.
NO_DEFINITIONS = {"publish", "gate"}


class Side(BaseModel):
    """What a step must know of a version."""

    version: str
    as_of: date
    rules: dict[str, Any]
    code_hash: str
    files: set[str]

    @property
    def cac(self) -> Cac:
        """Its rules of CAC, as far as today's software knows them; the defaults where older software had none."""
        return Cac(**{name: rule for name, rule in self.rules.get("cac", {}).items() if name in Cac.model_fields})

    @property
    def definitions(self) -> dict[str, Any]:
        """The rules that decide numbers."""
        return {name: rule for name, rule in self.rules.items() if name not in NO_DEFINITIONS}


def circumstances(before: Side, after: Side) -> Circumstances:
    """What changed between two versions as a whole."""
    return Circumstances(
        as_of_before=before.as_of,
        as_of_moved=before.as_of != after.as_of,
        definition_changed=(before.definitions, before.code_hash) != (after.definitions, after.code_hash),
        files_changed=before.files != after.files,
        files_withdrawn=not before.files <= after.files,
    )


def write_step(before: tuple[Side, Path], after: tuple[Side, Path], same: Collection[str], place: Path) -> bool:
    """Write a row per moved number and cause as Parquet; contributions of a number add up to its delta.

    False where nothing moved. Tables that are the same in both versions need not be compared.
    """
    known = circumstances(before[0], after[0])
    with connect() as conn:
        for name, (_, file) in (("before", before), ("after", after)):
            conn.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
        if not moved_numbers(conn, known.as_of_before, after[0].cac):
            return False
        _collect(conn, before[0], after[0], set(same))
        _find_causes(conn, known)
        # Numbers without facts may also follow the day up to which things count.
        alone = known.is_definition_alone and not known.as_of_moved
        definition = {"definition_alone": alone, "definition_changed": known.definition_changed}
        conn.execute(f"create temp table result as {RESULT}", definition)
        names = [before[0].version, after[0].version]
        step = conn.sql("select ? as version_before, ? as version_after, * from result", params=names)
        step.write_parquet(str(place), compression="zstd")
    return True


def moved_numbers(conn: duckdb.DuckDBPyConnection, as_of_before: date, cac: Cac) -> int:
    """How many numbers of closed periods differ between the attached versions; the table `moved` holds them."""
    _specify(conn, cac)
    conn.execute(CLOSED, {"as_of_before": as_of_before})
    [(count,)] = conn.execute("select count(*) from moved").fetchall()
    return int(count)


def _specify(conn: duckdb.DuckDBPyConnection, cac: Cac) -> None:
    conn.execute("create temp table specs (kpi varchar, variant varchar, is_sum boolean)")
    conn.execute(
        "create temp table uses "
        "(kpi varchar, variant varchar, measure varchar, is_numerator boolean, lag_months integer)"
    )
    for (kpi, variant), parts in parts_of_kpis(cac).items():
        conn.execute("insert into specs values (?, ?, ?)", [kpi, variant, not parts.denominator])
        uses = [(measure, True, parts.lag_months) for measure in parts.numerator]
        uses += [(measure, False, 0) for measure in parts.denominator]
        conn.executemany("insert into uses values (?, ?, ?, ?, ?)", [(kpi, variant, *use) for use in uses])


def _collect(conn: duckdb.DuckDBPyConnection, before: Side, after: Side, same: set[str]) -> None:
    """Facts of both versions, of the kinds that both publish."""
    for name, side in (("before", before), ("after", after)):
        conn.execute(EMPTY_FACTS.format(name=f"facts_{name}"))
        share = float(side.cac.acquisition_share.get("media", 1))
        for kind in KINDS:
            if not set(kind.needs) <= same and _both_have(conn, kind.needs):
                conn.execute(f"insert into facts_{name} {rows_of(kind, name, share)}")


def _find_causes(conn: duckdb.DuckDBPyConnection, known: Circumstances) -> None:
    people = _both_have(conn, PEOPLE)
    conn.execute(TOUCHED if people else "create temp table touched (fact varchar)")
    conn.execute(EXCLUDED if people else "create temp table excluded (person_id varchar)")
    history = _both_have(conn, {"fct_spend_history": "spend_date"})
    conn.execute(KNOWN if history else "create temp table known (kind varchar, known_by varchar)")
    conn.execute(PAIRED)
    conn.execute(
        CAUSED,
        {
            "withdrawn": known.files_withdrawn,
            "as_of_before": known.as_of_before,
            "definition_alone": known.is_definition_alone,
            "definition_changed": known.definition_changed,
        },
    )
    calendars = _both_have(conn, {"dim_date": "fiscal_year"})
    conn.execute(BY_PERIOD if calendars else NO_CALENDAR)
    conn.execute(SPLIT)


def _both_have(conn: duckdb.DuckDBPyConnection, needs: Mapping[str, str]) -> bool:
    """Whether both versions publish these tables with these columns; older software may not have."""
    [(count,)] = conn.execute(
        "select count(*) from duckdb_columns() where database_name in ('before', 'after') and schema_name = 'marts' "
        f"and ({' or '.join('(table_name = ? and column_name = ?)' for _ in needs)})",
        [text for need in needs.items() for text in need],
    ).fetchall()
    return bool(count == 2 * len(needs))
