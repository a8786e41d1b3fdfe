"""Nothing is lost between a file and the marts: real exports in a real lake, and what a mart might say of them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.publish.gate.conservation import parts_hold_every_row, spend_is_that_of_the_files
from orchestration.publish.gate.history import History
from orchestration.rules import DeclaredSource, Rules
from tests.ingest.ingest_files import Landing, small_house
from tests.publish.gate_sides import history

HEADER = "Day,Customer ID,Campaign,Campaign ID,Currency code,Cost,Impr.,Clicks,Conversions\n"
# 10.50 on 1 March and 20.00 on 2 March; a newer export says 25.00 of the second and 5.00 of the third: 40.50 in all.
OLD = HEADER + "2026-03-01,111,Brand,77,EUR,10.50,100,3,1\n2026-03-02,111,Brand,77,EUR,20.00,100,3,1\n"
NEW = HEADER + "2026-03-02,111,Brand,77,EUR,25.00,100,3,1\n2026-03-03,111,Brand,77,EUR,5.00,100,3,1\n"
SHEET = "date,channel,spend,currency\n2026-03-01,flyers,7.00,USD\n"
COSTS = "month,pool,amount,currency\n2026-03-01,tools,99.00,USD\n"  # no ad report: it is nobody's spend
FCT_SPEND = """
create or replace table candidate.marts.fct_spend (source varchar, platform varchar,
    account_id varchar, currency varchar,
    spend_in_currency decimal(20, 6))
"""


@pytest.fixture(scope="module")
def landed() -> Iterator[Landing]:
    with small_house("google_ads", "template") as landing:
        files = {"old.csv": OLD, "new.csv": NEW, "sheet.csv": SHEET, "costs.csv": COSTS}
        for day, (name, text) in enumerate(files.items()):
            os.utime(landing.drop(name, text), (1_772_600_000 + day * 86_400,) * 2)
            landing.ingest()
        yield landing


@pytest.fixture
def asked(landed: Landing) -> Iterator[History]:
    settings = landed.settings
    declared = Rules(sources={"google_ads": DeclaredSource(currency="EUR")})
    with history({}, files=read_manifests(settings), lake=settings.lake, rules=declared) as found:
        found.conn.execute(FCT_SPEND)
        yield found


def spent(asked: History, *rows: tuple[str, str, str | None, str]) -> list[str]:
    """What the gate says where fct_spend has these sums."""
    for source, account, currency, spend in rows:
        told = [source, "" if source == "template" else source, account, currency, Decimal(spend)]
        asked.conn.execute("insert into candidate.marts.fct_spend values (?, ?, ?, ?, ?)", told)
    return [*spend_is_that_of_the_files(asked).wrong]


ADS, FLYERS = ("google_ads", "111", "EUR"), ("template", "", "USD")


def test_the_newest_export_of_each_day_is_what_was_spent(asked: History) -> None:
    assert spent(asked, (*ADS, "40.50"), (*FLYERS, "7.00")) == []
    assert spend_is_that_of_the_files(asked).otherwise == "2 accounts and currencies, to the cent"


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([(*ADS, "40.51"), (*FLYERS, "7")], ["google_ads 111: 40.51 EUR in fct_spend, 40.50 EUR in the files"]),
        ([(*ADS, "60.50"), (*FLYERS, "7")], ["google_ads 111: 60.50 EUR in fct_spend, 40.50 EUR in the files"]),
        ([(*FLYERS, "7")], ["google_ads 111: 0.00 EUR in fct_spend, 40.50 EUR in the files"]),
        ([(*ADS, "40.50")], ["template (no account): 0.00 USD in fct_spend, 7.00 USD in the files"]),
        ([(*ADS, "40.50"), (*FLYERS, "7"), ("x_ads", "9", "USD", "1")],
         ["x_ads 9: 1.00 USD in fct_spend, 0.00 USD in the files"]),
        ([(*ADS, "40.50"), (*FLYERS, "7"), ("x_ads", "9", None, "1")],
         ["x_ads 9: 1.00 (no currency) in fct_spend, 0.00 (no currency) in the files"]),
    ],
    ids=["a cent too much", "a day that counts twice", "an account lost", "a sheet lost", "an account of no file",
         "an account without a currency"],
)  # fmt: skip
def test_a_sum_that_is_not_that_of_the_files_is_told(
    asked: History, rows: list[tuple[str, str, str | None, str]], wrong: list[str]
) -> None:
    assert spent(asked, *rows) == wrong


def test_periods_of_a_platform_are_no_days_of_spend(asked: History, landed: Landing) -> None:
    # The same rows as a report by period: what was spent on which day it does not say.
    [old] = [file for file in asked.files if file.name == "old.csv"]
    again = replace(old, stream="campaign_periods")
    part = landed.settings.lake / f"google_ads/campaign_periods/{old.file_id}.parquet"
    shutil.copyfile(part.parent.with_name("campaign_days") / part.name, part)
    assert spent(replace(asked, files=[*asked.files, again]), (*ADS, "40.50"), (*FLYERS, "7.00")) == []
    part.unlink()


def test_half_a_cent_is_rounding(asked: History) -> None:
    assert spent(asked, (*ADS, "40.505"), (*FLYERS, "6.995")) == []


def test_a_part_holds_the_rows_that_were_loaded(asked: History) -> None:
    found = parts_hold_every_row(asked)
    assert (found.wrong, found.otherwise) == ([], "6 rows in 4 files")


def test_a_part_that_lost_rows_or_is_gone_is_told(asked: History, tmp_path: Path) -> None:
    old, *others = sorted(asked.files, key=lambda file: file.name != "old.csv")
    more = replace(old, rows=old.rows | {"loaded": 1003})
    gone = replace(old, file_id="ffffffffffffffff", name="gone.csv")
    assert parts_hold_every_row(replace(asked, files=[more, gone, *others])).wrong == [
        "old.csv: 1,003 rows were loaded, its part has 2",
        "gone.csv: 2 rows were loaded, its part has 0",
    ]


def test_a_day_that_a_newer_export_covers_without_a_row_is_a_day_of_zero() -> None:
    # The newer report says that it covers 1 to 3 March and has no row of the first: 25.00 and 5.00 are all there is.
    with small_house("google_ads") as landing:
        report = 'Campaign report\n"March 1, 2026 - March 3, 2026"\n'
        for day, (name, text) in enumerate({"old.csv": OLD, "new.csv": report + NEW}.items()):
            os.utime(landing.drop(name, text), (1_772_600_000 + day * 86_400,) * 2)
            landing.ingest()
        manifests = read_manifests(landing.settings)
        assert [one.declared for one in manifests if one.name == "new.csv"] == [("2026-03-01", "2026-03-03")]
        with history({}, files=manifests, lake=landing.settings.lake) as sides:
            sides.conn.execute(FCT_SPEND)
            assert spent(sides, (*ADS, "30.00")) == []
