"""One breakdown feeds spend, the newest export of a day wins, and what does not add up has a row: worked by hand."""

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.publish.gate.conservation import parts_hold_every_row, spend_is_that_of_the_files
from orchestration.publish.gate.history import open_history
from orchestration.rules import Rules
from orchestration.settings import DBT_PROJECT_DIR, Settings
from tests.models.ad_rows import ADS
from tests.models.dbt_runs import dbt
from tests.models.lake_parts import write_lake, write_part

MARTS = ["fct_spend", "fct_spend_details", "fct_spend_history", "fct_spend_reconciliation", "fct_spend_restatements"]
BUILD = [
    "build",
    "--quiet",
    "--indirect-selection",
    "cautious",
    "--exclude-resource-type",
    "unit_test",
    "--select",
    *(f"+{mart}" for mart in MARTS),
]


def built(data: Path) -> Path:
    settings = Settings(data_dir=data, as_of="2026-03-31", engine="duckdb")
    result = dbt(BUILD, settings)
    failed = {node.node.name for node in result.result if node.status in ("error", "fail", "warn")}
    assert failed == {"assert_empty_exports_have_an_account"}
    return settings.warehouse


@pytest.fixture(scope="module")
def ads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("ads")
    write_lake(data / "lake", ADS)
    return built(data)


def counted_again(warehouse: Path, *statements: str) -> list[str]:
    """What spend that is counted past the models says of the marts, once these statements have spoilt them."""
    settings = Settings(data_dir=warehouse.parent, as_of="2026-03-31", engine="duckdb")
    copy = warehouse.with_name("spoilt.duckdb")
    shutil.copyfile(warehouse, copy)
    with duckdb.connect(str(copy)) as conn:
        for statement in statements:
            conn.execute(statement)
    with open_history(settings, Rules(), dt.date(2026, 3, 31), copy) as history:
        return list(spend_is_that_of_the_files(history).wrong)


@pytest.fixture(scope="module")
def accounted(ads: Path) -> Path:
    """The same warehouse, and manifests for the parts of its lake and for the exports that declare what they cover."""
    lake = ads.parent / "lake"
    for stream in (one for one in ADS if one != "duet/exports"):
        source, _, name = stream.partition("/")
        write_manifest(lake, source, name, "test", rows={"loaded": len(ADS[stream])})
    for row in ADS["duet/exports"]:
        told = {name: row.get(name) for name in ("breakdown", "account_id", "exported_at")}
        window = (row["window_start"], row["window_end"])
        write_manifest(lake, row["source"], "campaign_days", row["file_id"], declared=window, **told)
    return ads


def write_manifest(lake: Path, source: str, stream: str, file_id: str, **told: Any) -> None:
    manifest = Manifest(
        file_id=file_id, sha256=file_id, name=file_id, status="loaded", source=source, stream=stream,
        **told,
    )  # fmt: skip
    manifest.write(lake / source / stream / f"_{file_id}.json")


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        return [tuple(map(plain, row)) for row in conn.execute(sql).fetchall()]


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.day if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else value


def spend(warehouse: Path, account: str) -> list[tuple[Any, ...]]:
    """Day of January, campaign and spend."""
    return query(
        warehouse,
        "select spend_date, campaign_id, spend from marts.fct_spend "
        f"where account_id = '{account}' and source <> 'template' order by all",
    )


def test_figures_of_an_ad_set_alone_find_their_campaign_and_account(ads: Path) -> None:
    assert spend(ads, "tik") == [(8, "15", 6)]


def test_a_currency_may_stand_with_the_campaign(ads: Path) -> None:
    assert query(ads, "select currency, spend from marts.fct_spend where account_id = 'ex'") == [("USD", 7)]


def test_the_newest_export_of_a_day_wins(ads: Path) -> None:
    assert spend(ads, "restated") == [(4, "Lamps", 100)]
    assert spend(ads, "tied") == [(4, "Lamps", 2)]


def test_a_covered_day_without_rows_is_a_day_of_zero(ads: Path) -> None:
    assert spend(ads, "silent") == [(4, "Lamps", 11), (6, "Lamps", 31)]


def test_an_empty_export_overwrites_its_window_and_an_older_one_does_not(ads: Path) -> None:
    assert spend(ads, "emptied") == [(6, "Lamps", 30)]
    assert spend(ads, "111") == [(4, "Lamps", 10)]


def test_one_breakdown_feeds_each_day_of_an_account(ads: Path) -> None:
    assert spend(ads, "ranked") == [
        (4, "c1", 60),
        (4, "c2", 40),  # the account's cent is rounding
        (5, "__unallocated__", 5),
        (5, "c1", 75),  # devices, rolled up
        (6, "(unknown)", 30),
        (7, "c1", 25),
    ]


def test_what_an_account_has_beyond_its_campaigns_is_unallocated(ads: Path) -> None:
    rows = query(
        ads,
        "select spend_date, campaign_id, spend, impressions, conversions, report_rows from marts.fct_spend "
        "where account_id = 'hidden' order by all",
    )
    assert rows == [
        (4, "Lamps", 60, 500, 1.5, 1),
        (4, "__unallocated__", 7.5, 200, 0, 0),
        (5, "(unknown)", 9, None, None, 1),
    ]


def test_a_split_of_the_account_is_its_total(ads: Path) -> None:
    assert spend(ads, "split") == [(4, "Lamps", 60), (4, "__unallocated__", 5)]
    rows = query(ads, "select member, spend from marts.fct_spend_details where account_id = 'split' order by all")
    assert rows == [("facebook", 40), ("instagram", 25)]


def test_an_account_total_older_than_its_campaigns_of_a_day_that_moved_is_no_contradiction(ads: Path) -> None:
    assert spend(ads, "moving") == [(4, "Lamps", 55)]


def test_an_ad_that_stands_alone_gets_its_campaign_and_account(ads: Path) -> None:
    assert spend(ads, "act_8") == [(4, "c8", 3)]
    assert spend(ads, "(unknown)") == [(4, "(unknown)", 4)]
    assert spend(ads, "act_9") == [(5, "c9", 5)]


def test_details_add_up_to_the_day_with_a_remainder(ads: Path) -> None:
    rows = query(
        ads,
        "select spend_date, breakdown, campaign_id, member, spend, clicks from marts.fct_spend_details "
        "where account_id = 'ranked' and spend_date <= '2026-01-06' order by all",
    )
    assert rows == [
        (4, "ad+campaign", "__unallocated__", "__unallocated__", 30, -3),
        (4, "ad+campaign", "c1", "blue", 35, 11),
        (4, "ad+campaign", "c2", "red", 35, 2),
        (4, "campaign+device", "__unallocated__", "__unallocated__", 30, 3),
        (4, "campaign+device", "c1", "mobile", 70, 7),
        (5, "campaign+device", "__unallocated__", "__unallocated__", 5, None),
        (5, "campaign+device", "c1", "desktop", 25, None),
        (5, "campaign+device", "c1", "mobile", 50, None),
        (6, "ad+campaign", "__unallocated__", "__unallocated__", 10, None),
        (6, "ad+campaign", "c1", "blue", 20, None),
    ]


def test_a_breakdown_that_leaves_spend_out_never_feeds(ads: Path) -> None:
    assert spend(ads, "partial") == [(4, "Lamps", 60)]
    rows = query(ads, "select member, spend from marts.fct_spend_details where account_id = 'partial' order by all")
    assert rows == [("__unallocated__", 14.87), ("desk lamp", 45.13)]


def test_the_ledger_says_what_each_export_changed(ads: Path) -> None:
    rows = query(
        ads,
        "select file_id, export_number, age_days, spend, spend_change, conversions_change, is_current "
        "from marts.fct_spend_history where account_id = 'restated' order by export_number",
    )
    assert rows == [
        ("j", 1, 2, 80, None, None, False),
        ("f", 2, 47, 90, 10, -0.5, False),
        ("m", 3, 75, 100, 10, -1.5, True),
    ]


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        ("2026-01-05", []),
        ("2026-01-06 06:00", [80]),
        ("2026-02-20 05:59", [80]),
        ("2026-03-01", [90]),
        ("2027-01-01", [100]),
    ],
)
def test_what_did_we_know_on_day_x(ads: Path, moment: str, known: list[float]) -> None:
    rows = query(
        ads,
        "select spend from marts.fct_spend_history where account_id = 'restated' "
        f"and known_from <= '{moment}' and (superseded_at is null or superseded_at > '{moment}')",
    )
    assert [amount for (amount,) in rows] == known


def test_the_ledger_knows_days_of_zero(ads: Path) -> None:
    rows = query(
        ads,
        "select spend_date, spend, spend_change, report_rows from marts.fct_spend_history "
        "where account_id = '111' and is_current order by all",
    )
    assert rows == [(4, 10, None, 1), (5, 0, -20, 0), (6, 0, None, 0)]


def test_restatement_is_told_by_age(ads: Path) -> None:
    rows = query(
        ads,
        "select age, account_days, account_days_moved, first_spend, spend_moved, spend_moved_absolute, "
        "conversions_moved from marts.fct_spend_restatements where source = 'meta_ads' order by age_from_days",
    )
    # Younger than 29 days: `tied` (+1, seen twice on day 16). Older: restated (80, +20), silent (10 +1, 20 -20, 30 +1),
    # emptied (10 -10, 20 -20; its late export of the 6th was the first).
    assert rows == [("8-28", 2, 2, 1, 31, 31, 0), ("29+", 6, 6, 170, -28, 72, -2)]


def test_reports_that_do_not_feed_are_reconciled(ads: Path) -> None:
    rows = query(
        ads,
        "select spend_date, breakdown, status, reported_spend, spend_in_currency, difference from "
        "(select period_start as spend_date, * from marts.fct_spend_reconciliation) "
        "where kind = 'day' and account_id = 'ranked' order by all",
    )
    assert rows == [
        (4, "account", "agrees", 100.01, 100, 0.01),
        (4, "ad+campaign", "less", 70, 100, -30),
        (4, "campaign+device", "less", 70, 100, -30),
        (5, "account", "agrees", 80, 80, 0),
        (6, "ad+campaign", "less", 20, 30, -10),
    ]


def test_period_totals_are_reconciled_and_never_spread(ads: Path) -> None:
    rows = query(
        ads,
        "select account_id, status, reported_spend, spend_in_currency, difference, days_covered, days_in_period "
        "from marts.fct_spend_reconciliation where kind = 'period' order by account_id",
    )
    assert rows == [
        ("emptied", "agrees", 30, 30, 0, 3, None),
        ("hidden", "agrees", 76.5, 76.5, 0, 2, 2),
        ("ranked", "less", 125.01, 180, -54.99, 2, 2),
        ("silent", "days_missing", 100, 42, 58, 3, 31),
    ]


def test_any_order_of_arrival_gives_the_same_marts(ads: Path, tmp_path: Path) -> None:
    write_lake(tmp_path / "lake", {})
    for name, rows in ADS.items():
        source, stream = name.split("/")
        schema = load_sources()[source].streams[stream].lake_schema()
        # One part per row, and the names of the parts turn the order around.
        for number, row in reversed(list(enumerate(rows, start=1))):
            lineage = {"file_id": "test", "file_row": number} if "file_row" in schema else {}
            write_part(tmp_path / "lake" / name, schema, [lineage | row], f"{len(rows) - number:03}")
    other = built(tmp_path)
    with duckdb.connect() as conn:
        conn.execute(f"attach '{ads}' as ours (read_only); attach '{other}' as theirs (read_only)")
        for mart in MARTS:
            table = f"marts.{mart}"
            for one, two in (("ours", "theirs"), ("theirs", "ours")):
                assert conn.execute(f"from {one}.{table} except all from {two}.{table}").fetchall() == [], mart


def test_every_dimension_of_every_source_has_a_rule_and_every_rule_a_source() -> None:
    lines = [line.split(",") for line in (DBT_PROJECT_DIR / "seeds/ad_breakdowns.csv").read_text().splitlines()[1:]]
    ruled = {(source, dimension) for source, dimension, *_ in lines}
    named = {
        (source.source, dimension)
        for source in load_sources().values()
        for form in source.formats.values()
        for dimension in form.breakdown
    }
    used = {pair if pair in ruled else ("*", pair[1]) for pair in named}
    assert used - ruled == set()
    assert ruled - used == {("*", "campaign"), ("*", "account")}


def test_spend_counted_past_the_models_is_the_same(accounted: Path) -> None:
    assert counted_again(accounted) == []


@pytest.mark.parametrize(
    ("spoilt", "wrong"),
    [
        ("update marts.fct_spend set spend_in_currency = spend_in_currency + 0.01 where account_id = 'tied'",
         ["meta_ads tied: 2.01 USD in fct_spend, 2.00 USD in the files"]),
        ("delete from marts.fct_spend where account_id = 'restated'",
         ["meta_ads restated: 0.00 USD in fct_spend, 100.00 USD in the files"]),
        ("insert into marts.fct_spend from marts.fct_spend where account_id = '111'",
         ["google_ads 111: 20.00 USD in fct_spend, 10.00 USD in the files"]),
        ("update marts.fct_spend set currency = 'EUR' where account_id = 'ex'",
         ["x_ads ex: 7.00 EUR in fct_spend, 0.00 EUR in the files",
          "x_ads ex: 0.00 USD in fct_spend, 7.00 USD in the files"]),
        ("delete from marts.fct_spend where campaign_id = '__unallocated__' and account_id = 'hidden'",
         ["meta_ads hidden: 69.00 USD in fct_spend, 76.50 USD in the files"]),
    ],
    ids=["a cent more", "lost", "doubled", "another currency", "a remainder lost"],
)  # fmt: skip
def test_spend_that_is_not_that_of_the_files_blocks(accounted: Path, spoilt: str, wrong: list[str]) -> None:
    assert counted_again(accounted, spoilt) == wrong


def test_a_part_that_lost_rows_blocks(accounted: Path) -> None:
    settings = Settings(data_dir=accounted.parent, as_of="2026-03-31", engine="duckdb")
    with open_history(settings, Rules(), dt.date(2026, 3, 31), accounted) as history:
        short = [replace(one, rows={"loaded": 9}) for one in history.files if one.name == "test"]
        found = parts_hold_every_row(replace(history, files=[*short, replace(short[0], file_id="gone")])).wrong
    assert len(found) == len(short) + 1
    assert "test: 9 rows were loaded, its part has 0" in found
