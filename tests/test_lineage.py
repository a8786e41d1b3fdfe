"""Which columns a column is made of: through CTEs, joins, unions, stars and windows, and nothing that only filters."""

import json
from pathlib import Path

from orchestration.engine.lineage import keep_lineage, lineage_file, origins_of, read_lineage
from orchestration.settings import Settings

TABLES = {
    "staging": {"ads": dict.fromkeys(("day", "channel", "spend"), "text")},
    "marts": {"orders": dict.fromkeys(("day", "channel", "net", "customer"), "text")},
}
SPEND, CHANNEL = ("staging", "ads", "spend"), ("staging", "ads", "channel")


def test_a_quotient_is_made_of_both_its_sides() -> None:
    sql = """
    with ads as (select * from warehouse.staging.ads where day > '2026-01-01'),
    spend as (select channel, sum(spend) as spend from ads group by channel),
    won as (select channel, count(distinct customer) as customers from warehouse.marts.orders group by channel),
    cac as (
        select spend.channel, spend.spend / won.customers as cac, 1 as one,
            (select max(net) from warehouse.marts.orders) as most
        from spend left join won on spend.channel = won.channel
    )
    select * from cac
    """
    assert origins_of(sql, TABLES) == {
        "channel": [CHANNEL],
        "cac": [("marts", "orders", "customer"), SPEND],
        "one": [],
        "most": [("marts", "orders", "net")],
    }


def test_a_union_is_made_of_all_its_parts_by_their_place() -> None:
    sql = """
    select channel as name, spend as amount from warehouse.staging.ads
    union all
    select customer, sum(net) over (partition by day) from warehouse.marts.orders
    union all
    select channel, channel from warehouse.staging.ads
    """
    assert origins_of(sql, TABLES) == {
        "name": [("marts", "orders", "customer"), CHANNEL],
        "amount": [("marts", "orders", "day"), ("marts", "orders", "net"), CHANNEL, SPEND],
    }


def test_a_star_over_columns_without_names_keeps_their_places() -> None:
    sql = """
    with told as (select channel, cast(null as date), cast(null as date), spend from warehouse.staging.ads),
    both_ as (select channel, day, net, net as amount from warehouse.marts.orders union all select * from told)
    select amount from both_
    """
    assert origins_of(sql, TABLES) == {"amount": [("marts", "orders", "net"), SPEND]}


def test_what_a_build_looks_only_at_is_no_origin() -> None:
    sql = """
    select ads.channel from warehouse.staging.ads as ads where exists (
        select 1 from (select lower(name) as name from build.touched_ads) as keys where keys.name = ads.channel
    )
    """
    assert origins_of(sql, TABLES) == {"channel": [CHANNEL]}


def node(name: str, sql: str, *inputs: str) -> dict[str, object]:
    parents = [f"model.duet.{one}" for one in inputs]
    return {
        "resource_type": "model", "name": name, "schema": "staging", "compiled_code": sql, "columns": {},
        "depends_on": {"nodes": parents},
    }  # fmt: skip


def test_only_what_changed_is_worked_out_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    manifest = settings.state / "build/manifest.json"
    manifest.parent.mkdir(parents=True)
    parts = "read_parquet('/lake/shop/orders/*.parquet', union_by_name = true)"
    streams = {("shop", "orders"): ["id", "net"]}

    def build(first: str) -> int:
        models = {"model.duet.b": node("b", "select * from w.staging.a", "a"), "model.duet.a": node("a", first)}
        manifest.write_text(json.dumps({"nodes": models}))
        return keep_lineage(settings, streams)

    assert build(f"select net as amount from {parts}") == 2
    assert read_lineage(settings) == {
        "model.duet.a": {"amount": [("shop", "orders", "net")]},
        "model.duet.b": {"amount": [("staging", "a", "amount")]},
    }
    written = lineage_file(settings).stat().st_mtime_ns
    assert build(f"select net as amount from {parts}") == 0
    assert lineage_file(settings).stat().st_mtime_ns == written
    # Another formula of the same columns changes the model itself; another column also what reads it with a star.
    assert build(f"select net * 2 as amount from {parts}") == 1
    assert build(f"select net * 2 as amount, id from {parts}") == 2
