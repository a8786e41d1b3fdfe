"""Exports to be measured with: their rows alone, and the file as people get it."""

import codecs
import gzip
import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Shape:
    """An export as people get it: its rows, what stands around them, and how a warehouse would type it."""

    name: str
    rows: str
    types: str
    preamble: str = ""
    totals: str = ""


CONNECTOR = Shape(
    "connector table campaign_stats",
    """
    select
        md5(i::varchar) as _fivetran_id, '2121450128' as customer_id,
        date '2024-01-01' + (i % 700)::integer as date, ['SEARCH', 'CONTENT'][1 + i % 2] as ad_network_type,
        'customers/2121450128/campaigns/' || (9935249409 + i % 400) as base_campaign, i % 97 as clicks,
        (i % 50) / 10 as conversions, (i % 900) / 4 as conversions_value, (i % 7919) * 10000 as cost_micros,
        ['MOBILE', 'DESKTOP', 'TABLET'][1 + i % 3] as device, 9935249409 + i % 400 as id,
        100 + i % 4001 as impressions
    from range({rows}) t(i)
    """,
    "{'_fivetran_id': 'varchar', 'customer_id': 'varchar', 'date': 'date', 'ad_network_type': 'varchar', "
    "'base_campaign': 'varchar', 'clicks': 'bigint', 'conversions': 'decimal(24, 8)', "
    "'conversions_value': 'decimal(24, 8)', 'cost_micros': 'bigint', 'device': 'varchar', 'id': 'varchar', "
    "'impressions': 'bigint'}",
)
# Every day of 20 years for as many campaigns as it takes; 100 impressions, 7 clicks and 3.25 a row.
WEBSITE = Shape(
    "campaign report from the website, with totals",
    """
    select
        'Enabled' as "Campaign status", 'Campaign ' || i // 7300 as "Campaign",
        date '2005-01-01' + (i % 7300)::integer as "Day", 'USD' as "Currency code", '4827159036' as "Customer ID",
        20480113570 + i // 7300 as "Campaign ID", '3.25' as "Cost", 100 as "Impr.", 7 as "Clicks",
        '0.50' as "Conversions"
    from range({rows}) t(i)
    """,
    "{'Campaign status': 'varchar', 'Campaign': 'varchar', 'Day': 'date', 'Currency code': 'varchar', "
    "'Customer ID': 'varchar', 'Campaign ID': 'varchar', 'Cost': 'decimal(24, 8)', 'Impr.': 'bigint', "
    "'Clicks': 'bigint', 'Conversions': 'decimal(24, 8)'}",
    preamble='Campaign report\n"January 1, 2005 - December 27, 2024"\n',
    totals='Total: Campaigns, --, --,USD, --, --,{cost},"{impressions:,}","{clicks:,}",{conversions}\n',
)


def write_export(shape: Shape, rows: int, folder: Path) -> tuple[Path, Path]:
    """The rows alone, as DuckDB reads them, and the export with what stands around them."""
    folder.mkdir()
    plain, export = folder / "rows.csv", folder / "export.csv"
    with duckdb.connect() as conn:
        conn.execute(f"copy ({shape.rows.format(rows=rows)}) to '{plain}' (header)")
    with export.open("wb") as file:
        file.write(shape.preamble.encode())
        with plain.open("rb") as body:
            shutil.copyfileobj(body, file)
        cost, conversions = rows * Decimal("3.25"), rows * Decimal("0.50")
        totals = shape.totals.format(cost=cost, impressions=rows * 100, clicks=rows * 7, conversions=conversions)
        file.write(totals.encode())
    return plain, export


def wrapped(path: Path, kind: str) -> Path:
    """The same text in UTF-16 with its mark, or in gzip."""
    target = path.with_suffix(f".{kind}")
    with path.open("rb") as source:
        if kind == "utf-16":
            with target.open("w", encoding="utf-16", newline="") as copy:
                shutil.copyfileobj(codecs.getreader("utf-8")(source), copy)
        else:
            with gzip.open(target, "wb", compresslevel=6) as packed:
                shutil.copyfileobj(source, packed)
    return target
