"""Streams of the lake as views: one of each, those that many sources deliver in one form together."""

import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.publish.landed import lake_views
from orchestration.settings import Settings
from tests.models.lake_parts import write_lake


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A house whose folder has a quote and is a pattern: three rows in two streams of one form."""
    plain = tmp_path_factory.mktemp("house")
    day = {"account_id": "1", "campaign_id": "2", "day": "2026-06-30", "currency": "EUR", "spend": "1.50"}
    meta, google = [day, day | {"day": "2026-06-29"}], [day | {"spend": "2.50"}]
    write_lake(Settings(data_dir=plain).lake, {"meta_ads/campaign_days": meta, "google_ads/campaign_days": google})
    settings = Settings(data_dir=plain.rename(plain.with_name("it's [a] house")))
    settings.state.mkdir()
    return settings


def test_streams_of_one_form_are_one_view_that_names_the_source(settings: Settings) -> None:
    with connect(lake_views(settings), read_only=True) as conn:
        sums = (
            "select source, count(*), cast(sum(spend) as varchar) from landed.campaign_days group by all order by all"
        )
        assert [(source, rows, float(spend)) for source, rows, spend in conn.execute(sums).fetchall()] == [
            ("google_ads", 1, 2.5), ("meta_ads", 2, 3.0)
        ]  # fmt: skip


def test_every_other_stream_is_a_view_of_its_own(settings: Settings) -> None:
    with connect(lake_views(settings), read_only=True) as conn:
        views = {
            name
            for (name,) in conn.execute("select view_name from duckdb_views() where schema_name = 'landed'").fetchall()
        }
        assert conn.execute("select count(*) from landed.hubspot_deals").fetchall() == [(0,)]
    others = {f"{one.source}_{stream}" for one in load_sources().values() for stream in one.streams}
    assert views == {name for name in others if not name.endswith("campaign_days")} | {"campaign_days"}


def test_views_are_made_anew_each_time(settings: Settings) -> None:
    (settings.state / "lake.duckdb").unlink(missing_ok=True)
    lake_views(settings)
    with connect(settings.state / "lake.duckdb") as conn:
        conn.execute("create or replace schema landed_long_ago")
    assert lake_views(settings) == settings.state / "lake.duckdb"
    with connect(settings.state / "lake.duckdb", read_only=True) as conn:
        assert conn.execute(
            "select count(*) from duckdb_schemas() where schema_name = 'landed_long_ago'"
        ).fetchall() == [(0,)]
