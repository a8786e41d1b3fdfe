"""What runs by the clock, in the reporting timezone: a refresh every day, a pack for each meeting."""

import datetime as dt

import dagster as dg

from orchestration.defs.jobs import kpi_refresh, packs
from orchestration.rules import Rules, load_rules
from orchestration.settings import Automation, get_settings

LAST_DAY_OF_EVERY_MONTH = 28


def schedules(automation: Automation, rules: Rules) -> list[dg.ScheduleDefinition]:
    """Refresh: every day. Weekly pack: the first day of the week. Monthly: when the last day of the month has settled.

    A time that a spring night skips runs at the hour after it, one that an autumn night has twice runs once.
    """
    settled = min(rules.gate.closed_after_days + 1, LAST_DAY_OF_EVERY_MONTH)
    first_day = {"monday": 1, "sunday": 0}[rules.week_start]
    packs_at = automation.packs_at
    when = {
        "daily_refresh": (kpi_refresh, f"{_minute(automation.refresh_at)} * * *"),
        "weekly_pack": (packs["weekly_pack"], f"{_minute(packs_at)} * * {first_day}"),
        "monthly_pack": (packs["monthly_pack"], f"{_minute(packs_at)} {settled} * *"),
    }
    status = dg.DefaultScheduleStatus.RUNNING if automation.automation else dg.DefaultScheduleStatus.STOPPED
    return [
        dg.ScheduleDefinition(
            name=f"{name}_schedule",
            job=job,
            cron_schedule=cron,
            execution_timezone=rules.reporting_timezone,
            default_status=status,
        )
        for name, (job, cron) in when.items()
    ]


def _minute(time: dt.time) -> str:
    return f"{time.minute} {time.hour}"


@dg.definitions
def defs() -> dg.Definitions:
    """The schedules of this house."""
    return dg.Definitions(schedules=schedules(Automation(), load_rules(get_settings().config)))
