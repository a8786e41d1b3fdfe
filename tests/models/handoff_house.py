"""Builds the hand-offs of handoff_rows.py once a process, over empty money, with a house's own seeds."""

import atexit
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.rules import Rules, Sla
from orchestration.settings import Settings
from tests.models.dbt_runs import dbt
from tests.models.handoff_rows import HANDOFF
from tests.models.lake_parts import write_lake

IDENTITIES = [
    "assert_every_cycle_has_one_disposition",
    "assert_every_cycle_under_the_sla_has_one_status",
    "assert_every_owner_calendar_can_be_read",
]
# People and their hand-offs. Nobody buys anything here, so money stands in as four empty tables.
MARTS = ("fct_mql_cycles", "int_kpi_values_handoff", "kpi_funnel")
ROOMS = ("calendar", "deals", "funnel", "handoff", "hubspot", "kpis", "people", "pipedrive", "salesforce", "template")
SYSTEMS = ("hubspot", "pipedrive", "salesforce", "template")
PLACES = [
    "models/marts",
    "int_accounts",
    "int_activities",
    *(f"models/intermediate/{room}" for room in ROOMS),
    *(f"models/staging/{system}" for system in SYSTEMS),
]
MODELS = [f"+{mart},{place}" for mart in MARTS for place in PLACES]
STAND_INS = {
    "int_first_day_money": "first_day date",
    "int_customers": "customer_id text, became_customer_date date",
    "int_customer_segments": "customer_id text, segment text",
    "int_opportunities": """created_date date, closed_date date, opportunity_type text, status text,
        channel text, source_group text, segment text, owner text""",
}
# What only leads to the stand-ins.
LEFT_OUT = ("int_template__order_facts", "int_deal_sources", "int_all_opportunities")
RULES = Rules(
    reporting_timezone="Europe/Berlin",
    sla=Sla(timezone="Europe/Berlin", holidays=[dt.date(2026, 4, 3), dt.date(2026, 4, 6)]),
)
# What a house writes into its seeds: Ann by her address, who works at night, and a stricter SLA from June on.
HOUSE = """
    insert into seeds.owner_calendars values
        ('mail_ann', 'America/New_York', '', '08:00', '12:00', ''), ('night', '', 'sat;sun', '00:00', '24:00', '');
    insert into seeds.rule_versions values ('sla', '2', date '2026-06-01', '30 minutes');
    insert into seeds.sla_targets values ('2', 30);
"""


class House(NamedTuple):
    """A built house, and the SQL that each of its models ran."""

    settings: Settings
    ran: dict[str, str]


def settings_of(folder: Path) -> Settings:
    return Settings(data_dir=folder, as_of=dt.date(2026, 6, 30), engine="duckdb")


@cache
def build_house() -> House:
    folder = Path(tempfile.mkdtemp(prefix="handoff-"))
    atexit.register(shutil.rmtree, folder)
    settings = settings_of(folder)
    write_lake(settings.lake, HANDOFF)
    assert dbt(["seed", "--quiet"], settings, RULES).success
    with duckdb.connect(str(settings.warehouse)) as conn:
        conn.execute(HOUSE)
        conn.execute("create schema intermediate")
        for table, columns in STAND_INS.items():
            conn.execute(f"create table intermediate.{table} ({columns})")
    kinds = ["--exclude-resource-type", "seed", "--indirect-selection", "empty"]
    selected = ["--select", *MODELS, *IDENTITIES, "--exclude", *LEFT_OUT, *STAND_INS]
    outcome = dbt(["build", "--quiet", *kinds, *selected], settings, RULES)
    assert outcome.success, [result.message for result in outcome.result if result.status in ("error", "fail")]
    return House(settings, {result.node.name: result.node.compiled_code for result in outcome.result})


def copy_house(folder: Path) -> House:
    """The same house elsewhere, to change something in it."""
    house = build_house()
    settings = settings_of(folder)
    shutil.copyfile(house.settings.warehouse, settings.warehouse)
    return House(settings, house.ran)
