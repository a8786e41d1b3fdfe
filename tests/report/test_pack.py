"""The KPI pack in a real browser that is offline: its numbers, its silence on the network, and who can read it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.report.pack_house import DAYS, write_page

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


def test_text_of_the_data_is_never_markup(tmp_path: Path, open_page: Open) -> None:
    hostile = "</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    days = [*DAYS, (DAYS[0][0], hostile, 5, 0)]
    page = open_page(write_page(tmp_path, days, notices=[hostile]))
    page.select_option("select[name=cut]", "channel")
    assert page.locator("#members label", has_text="onerror").inner_text().strip() == hostile
    assert page.locator(".notices").inner_text() == hostile
    assert page.locator("img").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_read_it(tmp_path: Path, open_page: Open, width: int, scheme: Any) -> None:
    page = open_page(write_page(tmp_path, notices=["Let pass by ann: the fair"]))
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
