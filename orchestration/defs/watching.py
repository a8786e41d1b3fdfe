"""Watches the house: a run for each new state of the landing folder, and news of what people put online themselves."""

import time

import dagster as dg

from orchestration.defs.jobs import kpi_refresh
from orchestration.defs.links import about
from orchestration.ingest.landing.folder import ledger_path, read_ledger, walk
from orchestration.ingest.landing.settled import asked, look, read_cursor, reason_to_wait
from orchestration.publish.lock import at_work
from orchestration.publish.version import pointed_at, read_version
from orchestration.settings import Automation, Settings, get_settings

PUBLISHED = dg.AssetKey("published_version")


def ask_for_run(settings: Settings, settle_seconds: float, cursor: str | None, now: float) -> dg.SensorResult:
    """A run where new files have settled and no run is at work, else the reason why not."""
    files = list(walk(settings.landing))
    sighting = look(files, read_cursor(cursor), now)
    reason = at_work(settings) or reason_to_wait(
        files, read_ledger(ledger_path(settings)), sighting, now, settle_seconds
    )
    if reason:
        return dg.SensorResult(skip_reason=reason, cursor=sighting.to_cursor())
    request = dg.RunRequest(run_key=sighting.run_key, tags={"duet/because": "files landed"})
    return dg.SensorResult(run_requests=[request], cursor=asked(sighting).to_cursor())


def news(settings: Settings, instance: dg.DagsterInstance) -> dg.SensorResult:
    """The version online where Dagster heard last of another one: somebody approved it, or rolled back."""
    pointed = pointed_at(settings)
    event = instance.get_latest_materialization_event(PUBLISHED)
    heard = event.asset_materialization.metadata.get("version") if event and event.asset_materialization else None
    if reason := at_work(settings):
        return dg.SensorResult(skip_reason=reason)
    if pointed is None or (heard is not None and heard.value == pointed):
        return dg.SensorResult(skip_reason=f"{pointed or 'nothing'} is online, as Dagster knows")
    version = read_version(settings, pointed)
    if version is None:
        return dg.SensorResult(skip_reason=f"{pointed} is damaged; `duet status` says what to do")
    return dg.SensorResult(asset_events=[dg.AssetMaterialization(PUBLISHED, metadata=about(settings, version))])


@dg.definitions
def defs() -> dg.Definitions:
    """The sensors of this house."""
    automation = Automation()
    status = dg.DefaultSensorStatus.RUNNING if automation.automation else dg.DefaultSensorStatus.STOPPED

    @dg.sensor(
        job=kpi_refresh,
        minimum_interval_seconds=max(automation.settle_seconds, 5),
        default_status=status,
        description="Runs kpi_refresh when files have landed, are finished and are not known yet.",
    )
    def landing_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return ask_for_run(get_settings(), automation.settle_seconds, context.cursor, time.time())

    @dg.sensor(
        minimum_interval_seconds=60,
        default_status=status,
        description="Says which version is online where somebody approved it or rolled back.",
    )
    def version_online(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        return news(get_settings(), context.instance)

    return dg.Definitions(sensors=[landing_folder, version_online])
