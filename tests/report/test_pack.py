"""The KPI pack in a real browser that is offline: its numbers, its silence on the network, and who can read it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from orchestration.report.pack.page import read_pack, render
from tests.report.pack_house import ABOUT, AS_OF, DAYS, decide, write_page, write_serving

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt-get install chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

SPEND, CUSTOMERS, CAC = "spend", "won/new_customers", "cac_blended_media"
# Month, cut, members: what the tiles must say; None where there is no such tile.
COMBINATIONS: list[tuple[str, str, list[str], dict[str, float | None]]] = [
    ("2026-01-01", "", [], {SPEND: 150, CUSTOMERS: 3, CAC: 50}),  # 150 / 3
    ("2026-02-01", "", [], {SPEND: 150, CUSTOMERS: 5, CAC: 30}),  # 150 / 5, not the mean of 25 and 50
    ("2026-03-01", "", [], {SPEND: 40, CUSTOMERS: 1, CAC: 40}),
    ("2026-01-01", "channel", ["search"], {SPEND: 90, CUSTOMERS: 3}),
    ("2026-01-01", "channel", ["social"], {SPEND: 60, CUSTOMERS: 0}),  # spent and won nobody
    ("2026-01-01", "channel", ["search", "social"], {SPEND: 150, CUSTOMERS: 3}),
    ("2026-02-01", "channel", ["search"], {SPEND: 100, CUSTOMERS: 4}),
    ("2026-02-01", "channel", ["social"], {SPEND: 50, CUSTOMERS: 1}),
    ("2026-03-01", "channel", ["social"], {SPEND: 0, CUSTOMERS: 0}),
    ("2026-02-01", "channel", [], {SPEND: 0, CAC: None}),  # no channel ticked; CAC is not cut by channel
]

Open = Callable[[Path], Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file without a network; whatever goes wrong or goes out by itself fails the test."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    wrong: list[str] = []

    def opened(file: Path) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: wrong.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    context.close()
    assert [what for what in wrong if not what.startswith("data:")] == []


def tiles(page: Page) -> dict[str, Any]:
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#numbers .tile')].map(
            (tile) => [tile.dataset.measure, JSON.parse(tile.querySelector('.value').dataset.value)]))"""
    )


def choose(page: Page, month: str, cut: str, members: list[str]) -> None:
    page.select_option("select[name=period]", month)
    page.select_option("select[name=cut]", cut)
    for name in ("search", "social") if cut else ():
        page.set_checked(f"#members input[value={name}]", name in members)


def differences(page: Page) -> list[tuple[str, str, list[str], str]]:
    wrong = []
    for month, cut, members, expected in COMBINATIONS:
        choose(page, month, cut, members)
        shown = tiles(page)
        wrong += [
            (month, cut, members, measure)
            for measure, value in expected.items()
            if (shown.get(measure) if value is None else abs(shown[measure] - value) > 1e-6)
        ]
    return wrong


def test_tiles_are_recomputed_from_the_parts_of_every_choice(tmp_path: Path, open_page: Open) -> None:
    assert differences(open_page(write_page(tmp_path))) == []


def test_a_number_that_is_a_thousandth_off_is_seen(tmp_path: Path, open_page: Open) -> None:
    spoilt = [(day, channel, spend * 1.001, customers) for day, channel, spend, customers in DAYS]
    assert {measure for *_, measure in differences(open_page(write_page(tmp_path, spoilt)))} == {SPEND, CAC}


def test_a_month_that_is_not_over_is_compared_with_the_same_days(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_page(tmp_path))
    choose(page, "2026-03-01", "", [])
    tile = page.locator(".tile[data-measure=spend]")
    # 1 to 10 March against 1 to 10 February: 70 of search on the 3rd and 50 of social on the 10th.
    assert "€120.00 in the same 10 days of Feb 2026" in tile.inner_text()
    assert "period not over" in tile.inner_text()


def test_what_no_source_told_has_no_chapter(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_page(tmp_path))
    shown = page.evaluate("[...document.querySelectorAll('main section:not([hidden])')].map((one) => one.id)")
    assert shown == ["numbers", "health"]


@pytest.mark.parametrize(("leads", "is_shown"), [(0, False), (3, True)])
def test_who_never_had_leads_has_no_tile_of_them(tmp_path: Path, open_page: Open, leads: int, is_shown: bool) -> None:
    serving, file = write_serving(tmp_path), tmp_path / "pack.html"
    with duckdb.connect(str(serving)) as conn:
        for month, value in (("2026-01-01", leads), ("2026-02-01", 0)):
            cell = ["leads", "", "month", month, "", "", value, value, 1, value, "count", True, True, "1", AS_OF]
            conn.execute(f"insert into marts.kpi_values values ({', '.join('?' * len(cell))})", cell)
    file.write_text(render(read_pack(serving, ABOUT)), encoding="utf-8")
    page = open_page(file)
    choose(page, "2026-02-01", "", [])
    assert ("leads" in tiles(page), CUSTOMERS in tiles(page)) == (is_shown, True)


def test_decisions_are_shown_as_they_stood_at_the_end_of_the_period(tmp_path: Path, open_page: Open) -> None:
    serving, file = write_serving(tmp_path), tmp_path / "pack.html"
    decide(serving)
    file.write_text(render(read_pack(serving, ABOUT)), encoding="utf-8")
    page = open_page(file)
    told = {}
    for month in ("2026-01-01", "2026-02-01", "2026-03-01"):
        choose(page, month, "", [])
        caption = page.locator("#decisions caption").inner_text().partition(": ")[2]
        rows = page.locator("#decisions tbody tr").all()
        told[month] = (
            caption,
            [[cell for no, cell in enumerate(row.locator("td").all_inner_texts()) if no not in (2, 6)] for row in rows],
        )
    assert told == {
        "2026-01-01": ("1 new, 0 due, 0 closed, 0 overdue", [
            ["open new", "Mend the form", "2026-01-12", "2026-02-10", "–"],
        ]),
        # Due on the last of the month and not closed by then.
        "2026-02-01": ("2 new, 2 due, 1 closed, 1 overdue", [
            ["overdue new", "Call the fair", "2026-02-02", "2026-02-28", "–"],
            ["open new", "Ask the lawyers", "2026-02-23", "–", "–"],
            ["closed", "Mend the form", "2026-01-12", "2026-02-10", "2026-02-20"],
        ]),
        # Ten days of March: what was closed in February is no more spoken of.
        "2026-03-01": ("1 new, 1 due, 0 closed, 2 overdue", [
            ["overdue", "Call the fair", "2026-02-02", "2026-02-28", "–"],
            ["overdue new", "Count the leads", "2026-03-09", "2026-03-10", "–"],
            ["open", "Ask the lawyers", "2026-02-23", "–", "–"],
        ]),
    }  # fmt: skip


def test_text_of_the_data_is_never_markup(tmp_path: Path, open_page: Open) -> None:
    hostile = "</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    days = [*DAYS, (DAYS[0][0], hostile, 5, 0)]
    page = open_page(write_page(tmp_path, days, notices=[hostile], held=[hostile]))
    page.select_option("select[name=cut]", "channel")
    assert page.locator("#members label", has_text="onerror").inner_text().strip() == hostile
    held, let_pass = (one.inner_text() for one in page.locator(".notices").all())
    assert held.splitlines() == ["Held: what is newer is not in this page.", hostile]
    assert let_pass == hostile
    assert page.locator("img").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_read_it(tmp_path: Path, open_page: Open, width: int, scheme: Any) -> None:
    serving, file = write_serving(tmp_path), tmp_path / "pack.html"
    decide(serving)
    with duckdb.connect(str(serving)) as conn:
        # Few customers all the time, so that no point of the chart is full.
        for month, spend in (("2026-01-01", 90), ("2026-02-01", 100)):
            cell = ["cac_channel", "last_touch", "month", month, "channel", "search", spend / 2, spend, 2, 2, "EUR"]
            conn.execute(
                f"insert into marts.kpi_values values ({', '.join('?' * 15)})", [*cell, True, True, "1", AS_OF]
            )
    about = ABOUT | {"notices": ["Let pass by ann: the fair"], "held": ["june.csv"]}
    file.write_text(render(read_pack(serving, about)), encoding="utf-8")
    page = open_page(file)
    page.wait_for_selector("#channels svg")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.select_option("select[name=cut]", "channel")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_filters_are_reached_by_keyboard(tmp_path: Path, open_page: Open) -> None:
    page = open_page(write_page(tmp_path))
    names = []
    for _ in range(7):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
    # Between them lie the links to the checks.
    assert [name for name in names if name][:4] == ["skip", "grain", "period", "cut"]
