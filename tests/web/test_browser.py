"""What only a browser can tell: scripts, layout, and that nothing is asked of other machines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.conftest import HARD_ID

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PAGES = [
    "/",
    "/search?q=FK506",
    "/concept/mesh:D016559",
    f"/document/{HARD_ID}",
    "/document/pubmed:900002",
    "/path?source=FK506&target=synaptopodin",
    "/ask?q=How does tacrolimus affect synaptopodin?",
    "/sparql?query=SELECT * WHERE { ?s ?p ?o } LIMIT 5",
    "/queries",
    "/about",
    "/export",
    "/vocab",
    "/vocab/treats",
    "/nowhere",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page at the narrowest width that is served, which must stay silent and at home."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    opened = context.new_page()
    problems: list[str] = []
    opened.on(
        "console", lambda m: problems.append(m.text) if m.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on(
        "request",
        lambda r: (
            None if r.url.startswith((address, "data:")) else problems.append(f"asked {r.url}")
        ),
    )
    yield opened
    context.close()
    assert [p for p in problems if "404" not in p] == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_telephone(page: Page, address: str, path: str, language: str) -> None:
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pointing_at_a_mention_lights_its_counterpart(page: Page, address: str) -> None:
    page.goto(f"{address}/document/pubmed:900002")
    english, chinese = page.locator("[data-id='m-en0-0']"), page.locator("[data-id='m-zh0-0']")
    before = chinese.evaluate("e => getComputedStyle(e).backgroundColor")
    english.hover()
    assert "is-linked" in (chinese.get_attribute("class") or "")
    assert chinese.evaluate("e => getComputedStyle(e).backgroundColor") != before
    page.mouse.move(0, 0)
    assert "is-linked" not in (chinese.get_attribute("class") or "")
    chinese.focus()
    assert "is-linked" in (english.get_attribute("class") or "")


@pytest.mark.parametrize(
    ("typed", "shown"), [("tacr", "tacrolimus"), ("他克", "tacrolimus"), ("fk506", "tacrolimus")]
)
def test_suggestions_lead_to_the_concept(page: Page, address: str, typed: str, shown: str) -> None:
    page.goto(f"{address}/")
    page.locator("#q").type(typed)
    option = page.locator("#q-suggestions [role=option]").first
    option.wait_for()
    assert shown in option.inner_text()
    page.keyboard.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/concept/mesh:D016559")


def test_suggestion_fills_the_field_of_a_path(page: Page, address: str) -> None:
    page.goto(f"{address}/path?lang=zh")
    page.locator("#source").type("tacr")
    page.locator("#source-suggestions [role=option]").first.click()
    assert page.locator("#source").input_value() == "他克莫司"
    assert page.locator("#source-suggestions").is_hidden()


def test_language_switch_keeps_the_page_and_is_remembered(page: Page, address: str) -> None:
    page.goto(f"{address}/concept/mesh:D016559")
    page.locator("nav.languages a[lang=zh]").click()
    assert page.locator("h1").inner_text().startswith("他克莫司")
    page.goto(f"{address}/about")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_query_runs_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/sparql")
    page.locator("#query").fill("SELECT ?s WHERE { ?s a plx:Document }")
    page.keyboard.press("Control+Enter")
    page.locator("#results tbody tr").first.wait_for()
    assert page.locator("#results tbody tr").count() == 3


def test_dark_and_light_differ_and_keep_contrast(browser: Browser, address: str) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(f"{address}/about")
        for element in ("main p", "main .muted, .footer-links span", "nav.sections a"):
            ratio = page.evaluate(_CONTRAST, element)
            assert ratio >= 4.5, (scheme, element, ratio)
        shades[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        context.close()
    assert shades["light"] != shades["dark"]


_CONTRAST = """selector => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).slice(0, 3).map((v) => {
      const c = v / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let element = document.querySelector(selector);
  const front = light(getComputedStyle(element).color);
  let back = "rgba(0, 0, 0, 0)";
  while (element && back === "rgba(0, 0, 0, 0)") {
    back = getComputedStyle(element).backgroundColor;
    element = element.parentElement;
  }
  const behind = light(back);
  return (Math.max(front, behind) + 0.05) / (Math.min(front, behind) + 0.05);
}"""
