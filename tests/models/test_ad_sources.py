"""What is written in two places about ad platforms says the same in both."""

import csv

from orchestration.ingest.contracts.sources import load_sources
from orchestration.settings import DBT_PROJECT_DIR

PLATFORMS = {name: source for name, source in load_sources().items() if name.endswith("_ads")}


def seed(name: str) -> list[dict[str, str]]:
    with (DBT_PROJECT_DIR / f"seeds/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_eleven_platforms_deliver_the_shared_shapes() -> None:
    assert len(PLATFORMS) == 11
    for source in PLATFORMS.values():
        assert {"campaign_days", "campaigns", "accounts"} <= set(source.streams)
        assert {form.stream for form in source.formats.values()} == set(source.streams), source.source


def test_every_stream_is_staged() -> None:
    staged = {path.stem for path in (DBT_PROJECT_DIR / "models/staging").glob("*_ads/stg_*.sql")}
    assert staged == {f"stg_{name}__{stream}" for name, source in PLATFORMS.items() for stream in source.streams}


def test_every_dimension_is_ruled_complete_or_not() -> None:
    ruled = {(row["source"], row["dimension"]) for row in seed("ad_breakdowns")}
    dimensions = {
        (name, dimension)
        for name, source in PLATFORMS.items()
        for form in source.formats.values()
        for dimension in form.breakdown
    }
    assert {(n, dimension) for n, dimension in dimensions if not {(n, dimension), ("*", dimension)} & ruled} == set()


def test_every_platform_has_a_channel_of_last_resort() -> None:
    ruled = {row["source"] for row in seed("channel_rules") if row["value"] == "*"}
    assert set(PLATFORMS) <= ruled


def test_the_pages_of_the_shapes_name_every_column() -> None:
    page = (DBT_PROJECT_DIR / "models/staging/ads.md").read_text(encoding="utf-8")
    blocks = {block.split(" ", 1)[0]: block for block in page.split("{% docs ad_")[1:]}
    for source in PLATFORMS.values():
        for name, stream in source.streams.items():
            columns = {"spend_date" if column == "day" else column for column in stream.columns}
            assert {column for column in columns if column not in blocks[name]} == set(), name
