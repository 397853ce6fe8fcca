"""All pages in a real browser: both languages, wide and narrow; and the drill from a company to its branches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboards.published import open_published
from metrics_dictionary.locations import DataFolder
from tests.dashboards.sample_publication import build_sample_publication

WIDTHS = {"wide": (1440, 1000), "narrow": (390, 844)}
# What must be on each page, and how many of it at least.
CONTENT = {
    "cockpit": {".zc-tile": 12, ".zc-bar i": 2, "[data-testid=stButtonGroup]": 2},
    "dictionary": {".zc-facts": 2, ".js-plotly-plot": 1},
    "lineage": {".js-plotly-plot .bars path": 6, ".zc-facts": 1, ".zc-table": 1},
    "compliance": {".js-plotly-plot": 1, "[data-testid=stDataFrame]": 1, ".zc-table": 1},
    "credit": {".js-plotly-plot": 5, ".zc-table": 1},
}
TITLES = {"cockpit": "经营驾驶舱", "dictionary": "指标字典", "lineage": "数据血缘", "compliance": "合规看板", "credit": "信用评分"}
LOADED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
FAULTS = re.compile(r"Traceback|Error:|Exception|暂时无法显示|Nothing to show yet")
SECONDS = 60_000

pytestmark = pytest.mark.xdist_group("browser")


def open_page(browser: Browser, address: str, page: str, language: str, width: str) -> Page:
    """The page, loaded until Streamlit has nothing left to run."""
    wide, high = WIDTHS[width]
    opened = browser.new_page(viewport={"width": wide, "height": high})
    opened.set_default_timeout(SECONDS)
    opened.goto(f"{address}/{'' if page == 'cockpit' else page}?lang={language}")
    for selector in CONTENT[page]:
        opened.wait_for_selector(selector, state="attached")
    opened.wait_for_selector(LOADED, state="attached")
    return opened


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", CONTENT)
def test_a_page_is_whole(browser: Browser, cockpit: str, screenshots: Path, page: str, language: str, width: str) -> None:
    opened = open_page(browser, cockpit, page, language, width)
    try:
        for selector, least in CONTENT[page].items():
            expect(opened.locator(selector).nth(least - 1)).to_be_attached(timeout=SECONDS)
        text = opened.locator("[data-testid=stMain]").inner_text()
        assert not FAULTS.search(text)
        assert opened.locator("[data-testid=stException]").count() == 0
        assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert opened.evaluate("(main => main.scrollWidth <= main.clientWidth)(document.querySelector('[data-testid=stMain]'))")
        strip = opened.locator(".zc-strip").bounding_box()
        assert strip["width"] > 0.6 * min(WIDTHS[width][0], 1160)
        opened.screenshot(path=screenshots / f"{page}_{language}_{width}.png")
    finally:
        opened.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_tiles_are_readable_and_none_is_cut(browser: Browser, cockpit: str, width: str) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", width)
    try:
        boxes = opened.evaluate(
            "[...document.querySelectorAll('.zc-tile')].map(tile => ({width: tile.getBoundingClientRect().width,"
            " cut: tile.scrollWidth > tile.clientWidth + 1 || tile.scrollHeight > tile.clientHeight + 1, text: tile.innerText}))"
        )
        assert all(box["width"] >= 150 for box in boxes)
        assert [box["text"] for box in boxes if box["cut"]] == []
        lefts = opened.evaluate(
            "new Set([...document.querySelectorAll('.zc-tile')].map(t => Math.round(t.getBoundingClientRect().left))).size"
        )
        assert lefts <= 2 if width == "narrow" else lefts >= 4
    finally:
        opened.close()


def test_a_tile_opens_and_a_company_opens_into_its_branches(browser: Browser, cockpit: str, screenshots: Path) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", "wide")
    try:
        opened.locator("[class*=st-key-open_operations_] button").first.click()
        bars = opened.locator("[role=dialog] .st-key-focus_companies .point path")
        bars.first.wait_for(state="attached")
        bars.last.click(force=True)
        branches = opened.locator("[role=dialog] .st-key-focus_organisations")
        branches.wait_for(state="attached")
        assert "下属机构" in branches.inner_text()
        opened.screenshot(path=screenshots / "metric_zh_wide.png")
    finally:
        opened.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_one_click_says_where_a_number_comes_from_and_one_leads_back(browser: Browser, cockpit: str, screenshots: Path, width: str) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", width)
    try:
        opened.locator("[class*=st-key-open_operations_] button").first.click()
        opened.locator("[role=dialog] .st-key-provenance_open button").click()
        panel = opened.locator("[role=dialog]")
        expect(panel).to_contain_text("该数值由", timeout=SECONDS)
        expect(panel).to_contain_text("背后的记录")
        cut = "t => t.scrollWidth > t.clientWidth + 1"
        assert opened.evaluate(f"[...document.querySelectorAll('[role=dialog] .zc-card')].filter({cut}).map(t => t.innerText)") == []
        opened.screenshot(path=screenshots / f"provenance_zh_{width}.png")
        panel.locator(".st-key-provenance_back button").click()
        expect(panel.locator(".st-key-provenance_open")).to_be_visible(timeout=SECONDS)
    finally:
        opened.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_box_of_the_lineage_opens_and_the_graph_scrolls_within_itself(
    browser: Browser, cockpit: str, screenshots: Path, width: str
) -> None:
    opened = open_page(browser, cockpit, "lineage", "zh", width)
    try:
        card = opened.locator(".zc-card h3")
        expect(card).to_have_count(1)
        before = card.inner_text()
        opened.locator(".st-key-lineage_graph .bars path").first.click(force=True)
        expect(card).not_to_have_text(before, timeout=SECONDS)
        assert "上游最新交付日" in opened.locator(".zc-facts").first.inner_text()
        scrolled = opened.evaluate("(graph => graph.scrollWidth - graph.clientWidth)(document.querySelector('.st-key-lineage_scroll'))")
        assert scrolled > 300 if width == "narrow" else scrolled < 10
        sizes = opened.evaluate(
            "[...document.querySelectorAll('.st-key-lineage_graph .textpoint text')].map(t => parseFloat(getComputedStyle(t).fontSize))"
        )
        assert min(sizes) >= 10
        opened.screenshot(path=screenshots / f"lineage_box_zh_{width}.png")
    finally:
        opened.close()


def test_an_earlier_day_is_chosen_and_every_mark_is_readable(
    browser: Browser, cockpit: str, published_folder: DataFolder, screenshots: Path
) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", "wide")
    period, day = (opened.locator(f".st-key-{key}").get_by_role("combobox") for key in ("period_month", "known_on"))
    try:
        earlier = open_published("executive", published_folder).days_published()[1:]
        _choose(opened, period, 0)
        _choose(opened, day, len(earlier))
        if not earlier:
            expect(opened.locator(".zc-known")).to_have_count(0)
            return
        expect(opened.locator(".zc-known")).to_contain_text(f"截至 {earlier[-1]} 所知", timeout=SECONDS)
        expect(opened.locator(".zc-known")).to_contain_text("改为显示")
        expect(period).to_have_value(opened.locator(".zc-scope b").inner_text())
        expect(opened.locator(".zc-since").first).to_be_attached()
        for width, (wide, high) in WIDTHS.items():
            opened.set_viewport_size({"width": wide, "height": high})
            cut = "t => t.scrollWidth > t.clientWidth + 1 || t.scrollHeight > t.clientHeight + 1"
            assert opened.evaluate(f"[...document.querySelectorAll('.zc-tile, .zc-known')].filter({cut}).map(t => t.innerText)") == []
            assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            opened.screenshot(path=screenshots / f"as_known_zh_{width}.png")
    finally:
        opened.close()


def test_filters_keep_their_choice_over_languages_and_pages_until_cleared(browser: Browser, cockpit: str) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", "wide")
    organisation = opened.locator(".st-key-organisation").get_by_role("combobox")
    try:
        everything = organisation.input_value()
        _choose(opened, organisation, 2)
        expect(opened.locator(".zc-scope")).not_to_contain_text(everything, timeout=SECONDS)
        chosen = organisation.input_value()
        opened.get_by_text("English", exact=True).click()
        expect(organisation).not_to_have_value(chosen, timeout=SECONDS)
        opened.get_by_role("link", name="Metrics dictionary").click()
        expect(opened.locator(".st-key-metric_list")).to_be_visible(timeout=SECONDS)
        expect(opened.locator(".zc-scope")).to_contain_text(organisation.input_value().strip())
        expect(opened.locator(".zc-scope")).not_to_contain_text("Whole group")
        opened.get_by_role("button", name="Clear filters").click()
        expect(organisation).to_have_value("Whole group", timeout=SECONDS)
        expect(opened.locator(".zc-scope")).to_contain_text("Whole group")
    finally:
        opened.close()


def _choose(opened: Page, box: Locator, place: int) -> None:
    box.click()
    opened.get_by_role("option").nth(place).click()
    opened.wait_for_selector(LOADED, state="attached")


def test_the_language_is_switched_in_place(browser: Browser, cockpit: str) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", "wide")
    try:
        assert TITLES["cockpit"] in opened.locator("body").inner_text()
        opened.get_by_text("English", exact=True).click()
        expect(opened.locator(".zc-strip .zc-sub")).to_have_text("Management cockpit", timeout=SECONDS)
        assert TITLES["cockpit"] not in opened.locator("body").inner_text()
    finally:
        opened.close()


def test_an_open_page_turns_to_a_new_publication_by_itself(
    browser: Browser, cockpit: str, published_folder: DataFolder, request: pytest.FixtureRequest
) -> None:
    opened = open_page(browser, cockpit, "cockpit", "zh", "wide")
    current = published_folder.current_publication.readlink()
    try:
        build_sample_publication(published_folder.root, "v2")
        expect(opened.locator(".zc-strip")).to_contain_text("版本 v2", timeout=SECONDS)
        assert not FAULTS.search(opened.locator("[data-testid=stMain]").inner_text())
    finally:
        published_folder.current_publication.unlink()
        published_folder.current_publication.symlink_to(current)
        opened.close()
