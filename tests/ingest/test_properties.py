"""What holds for every export: however written it comes back exactly, whatever comes first, and however spoilt."""

import csv
import datetime as dt
import hashlib
import io
import os
import random
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orchestration.engine.connection import connect
from tests.ingest.fuzzing import fuzz
from tests.ingest.ingest_files import small_house
from tests.ingest.twins import written
from tests.ingest.wrapped import gzipped, zipped
from tests.trust.record import record

HEADER = ["Campaign", "Day", "Currency code", "Customer ID", "Campaign ID", "Cost", "Impr.", "Clicks"]
# Signs of every width; none that is masked, cleaned or trimmed on the way into the lake.
SIGNS = st.sampled_from("abcXYZ019 ,;|\t\"'$%&()*+-./:<>?[]_{}äßéñÅœ€çÜ")
NAMES = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(lambda name: name and name not in ("--", "-"))
WIDE = st.sampled_from(["広告", "кампания", "😀", "line\nbreak", "two\r\nlines"])
IN_CODE_PAGE = set(bytes(range(256)).decode("cp1252", "ignore"))
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30))
ROWS = st.lists(
    st.tuples(
        st.one_of(NAMES, WIDE), DAYS, st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100),
        st.integers(0, 10**7), st.integers(0, 10**6),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, Any]:
    """One way of writing a table."""
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    return {
        "delimiter": delimiter,
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        "newline": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        "decimal": draw(st.sampled_from([".", ","])),
        "thousands": draw(st.booleans()),
        "preamble": draw(st.booleans()),
        "totals": draw(st.sampled_from([None, "first", "last"])),
        "spaces": draw(st.booleans()),
        "container": draw(st.sampled_from([None, None, "gzip", "zip"])),
    }


def figure(value: Decimal | int, way: dict[str, Any]) -> str:
    """A figure in the locale of the dialect."""
    text = f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
    text = text if way["thousands"] else text.replace(",", "")
    return text if way["decimal"] == "." else text.translate({44: ".", 46: ","})


def export(rows: list[tuple[Any, ...]], way: dict[str, Any]) -> bytes:
    """The bytes of a campaign report."""
    lines = [
        [name + " " * way["spaces"], str(day), "EUR", "482-715-9036", str(20_480_000_000 + place), figure(cost, way),
         figure(impressions, way), figure(clicks, way)]
        for place, (name, day, cost, impressions, clicks) in enumerate(rows)
    ]  # fmt: skip
    cost, impressions, clicks = (sum(row[place] for row in rows) for place in (2, 3, 4))
    total = ["Total: Campaigns", " --", "EUR", " --", " --"]
    total += [figure(cost, way), figure(impressions, way), figure(clicks, way)]
    if way["totals"]:
        lines.insert(0 if way["totals"] == "first" else len(lines), total)
    days = [row[1] for row in rows]
    first, last = (f"{day:%B} {day.day}, {day.year}" for day in (min(days), max(days)))
    title = [["Campaign report"], [f"{first} - {last}"]]
    table = written(
        [*(title if way["preamble"] else []), HEADER, *lines], way["delimiter"], way["newline"], way["quoting"]
    )
    content = table.encode(way["encoding"])
    return {"gzip": gzipped, "zip": lambda content: zipped({"export.csv": content})}.get(way["container"], bytes)(
        content
    )


@given(rows=ROWS, way=dialects())
@settings(
    max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True
)
def test_a_table_comes_back_exactly_from_every_dialect(rows: list[tuple[Any, ...]], way: dict[str, Any]) -> None:
    if any(not set(name) < IN_CODE_PAGE for name, *_ in rows) and way["encoding"] == "cp1252":
        way = way | {"encoding": "utf-8"}
    with small_house("google_ads") as landing:
        outcome = landing.outcome("export.csv", export(rows, way))
        assert outcome.status == "loaded", [str(problem) for problem in outcome.problems]
        notes = 1 + 2 * way["preamble"]
        assert outcome.rows == {
            "loaded": len(rows), "rejected": 0, "total": int(way["totals"] is not None), "note": notes, "blank": 0,
        }  # fmt: skip
        columns = "campaign_name, day, spend, impressions, clicks, campaign_id, account_id"
        assert landing.rows("google_ads/campaign_days", columns) == [
            (name, day, cost, impressions, clicks, str(20_480_000_000 + place), "4827159036")
            for place, (name, day, cost, impressions, clicks) in enumerate(rows)
        ]


CELLS = st.sampled_from(["2026-03-01", "google", "10.50", "EUR", "", " ", "x", "a\nb", 'say "hi"', "1,5", "é"])
RECORDS = st.one_of(
    st.just(["2026-03-01", "google", "10.50", "EUR", "Brand"]),
    st.lists(CELLS, min_size=0, max_size=7),
    st.just(["date", "channel", "spend", "currency", "campaign"]),
)


@settings(max_examples=60, deadline=None)
@given(body=st.lists(RECORDS, max_size=12), ending=st.sampled_from(["\n", "\r\n"]), is_cut=st.booleans())
def test_every_record_has_one_fate(body: list[list[str]], ending: str, is_cut: bool) -> None:
    with small_house("template") as landing:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator=ending).writerows([["date", "channel", "spend", "currency", "campaign"], *body])
        content = text.getvalue().removesuffix(ending) if is_cut else text.getvalue()
        outcome = landing.outcome("spend.csv", content)
        records = list(csv.reader(io.StringIO(content, newline="")))
        assert outcome.rows_in_file == len(records)


# What the house takes for the truth of a day (the macro newest_export), over everything that the lake says.
NEWEST = """
    select columns(* exclude (newest_first)) from (
        select *, rank() over (partition by account_id, day order by exported_at desc, file_id desc) as newest_first
        from read_parquet(?)
    ) where newest_first = 1 order by all
"""


def overlapping_exports() -> dict[str, tuple[str, int]]:
    """Content and time of six exports of one account: seven days each, restated by each later one."""
    found = {}
    for number in range(6):
        start = dt.date(2026, 3, 1) + dt.timedelta(3 * number)
        days = [start + dt.timedelta(day) for day in range(7)]
        rows = [f"Brand,{day},EUR,4827159036,1,{10 + number}.{place}0,{place},1\n" for place, day in enumerate(days)]
        found[f"{number}.csv"] = (",".join(HEADER) + "\n" + "".join(rows), 1_772_366_400 + 86_400 * 3 * number)
    return found


def after(schedule: int) -> str:
    """What the lake says after the exports were dropped in an order of chance, some of them twice, in several runs."""
    chance = random.Random(schedule)
    with small_house("google_ads") as landing:
        waiting = list(overlapping_exports().items())
        waiting += [(f"again {name}", export) for name, export in chance.sample(waiting, 2)]
        chance.shuffle(waiting)
        while waiting:
            for name, (content, time) in [waiting.pop() for _ in range(chance.randint(1, len(waiting)))]:
                os.utime(landing.drop(name, content), (time, time))
            landing.ingest()
            if chance.random() < 0.3:  # people tidy up
                shutil.rmtree(landing.settings.landing)
                landing.settings.landing.mkdir()
        with connect() as conn:
            part = str(landing.settings.lake / "google_ads/campaign_days/*.parquet")
            newest = conn.execute(NEWEST, [part]).fetchall()
            covered = conn.execute("from read_parquet(?)", [str(landing.settings.lake / "duet/exports/*.parquet")])
            said = (newest, sorted(map(repr, covered.fetchall())), landing.rows("google_ads/campaign_days"))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def test_the_order_of_arrival_changes_nothing() -> None:
    assert len({after(schedule) for schedule in range(12)}) == 1


@pytest.mark.slow
@pytest.mark.trial
def test_the_order_of_arrival_changes_nothing_in_two_thousand_schedules() -> None:
    with ProcessPoolExecutor(2) as pool:
        ended = Counter(pool.map(after, range(2_000), chunksize=50))
    record("schedules", tried=ended.total(), held=ended.most_common(1)[0][1])
    assert len(ended) == 1


def test_spoilt_files_end_in_words() -> None:
    ended = fuzz("fast", range(250))
    assert min(ended["loaded"], ended["rejected"], ended["unrecognised"]) > 20, ended


@pytest.mark.slow
@pytest.mark.trial
def test_twenty_thousand_spoilt_files_end_in_words() -> None:
    with ProcessPoolExecutor(2) as pool:
        parts = pool.map(fuzz, ["slow"] * 40, [range(start, start + 500) for start in range(0, 20_000, 500)])
        ended = sum(parts, Counter[str]())
    record("spoilt_files", tried=20_000, held=ended.total(), figures=dict(ended))
    assert ended.total() == 20_000
    assert min(ended["loaded"], ended["rejected"], ended["unrecognised"]) > 2_000, ended
