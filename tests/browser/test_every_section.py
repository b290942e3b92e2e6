"""Walks through every section of every page: axe-core looks at it in both themes, and it is no endless scroll.

Neither on a laptop nor on a phone.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.glossary import words_in
from core.ui.shell.style import PROJECTOR
from tests.support.drawing import ANSWER, canvas_of, draw
from tests.support.figures import cut_off
from tests.support.waiting import settle, wait_for_script, wait_until
from tests.support.walking import walk

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
with_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
STREAMLITS = {
    "list": "[data-testid=stSidebarNavItems]",  # the list of pages has a div around every item
    "listitem": "[data-testid=stSidebarNavItems]",
    "presentation-role-conflict": "[data-testid=stFileUploaderDropzone]",  # has a name and no role; minor
    "color-contrast": "label[disabled], kbd",  # of a control that is switched off; a shortcut on a button, at 4.4
}
"""What Streamlit itself does wrong: rule, and a selector of the element or of one around it."""

_STILL = """addEventListener("DOMContentLoaded", () => {
  const style = document.createElement("style")
  style.textContent = `* { transition: none !important; animation: none !important }
    [data-stale=true] { opacity: 1 !important }`
  document.head.append(style)
})"""
_FIND = """async ([rules, excused, whole]) => {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) }
  const { violations } = await axe.run(whole ? document : document.querySelector(".stMain"), options)
  const found = []
  for (const { id, impact, nodes } of violations) for (const { target, html, any, all, none } of nodes) {
    const own = excused[id] && document.querySelector(target[0])?.closest(excused[id])
    if (!own) found.push(`${id} (${impact}): ${html.slice(0, 200)}: ${[...any, ...all, ...none][0]?.message}`)
  }
  return found
}"""


SCREENS = 2.5
"""So long a section may be, in heights of the screen."""
PHONE = {"width": 390, "height": 844}
LETTERS = 14
"""So small letters may be in projector size, in pixels."""
_SMALL = """least => {
  const found = new Set()
  const look = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) look(node.shadowRoot)
      const box = node.parentElement
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim() || box?.closest("style, sub, sup, .katex")) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const size = box ? parseFloat(getComputedStyle(box).fontSize) : least
      if (range.getBoundingClientRect().width > 1 && size < least) found.add(`${node.data.trim()}: ${size}`)
    }
  }
  look(document.querySelector(".stMain"))
  return [...found].slice(0, 9)
}"""
_TEXTS = """() => {
  const found = []
  const helped = "[data-testid=stTooltipIcon], [data-testid=stTooltipHoverTarget]"
  const look = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.shadowRoot) look(node.shadowRoot)
      const chart = node.nodeType === Node.ELEMENT_NODE && node.matches("[role=img]")
      const box = chart ? node : node.parentElement
      const text = chart ? node.getAttribute("aria-label") : node.nodeType === Node.TEXT_NODE && node.data
      if (!text || !text.trim() || !box || box.closest("style, script, code, .katex, textarea")) continue
      const helps = box.closest("[data-testid=stElementContainer]")?.querySelectorAll(helped) ?? []
      if (!chart && [...helps].some(help => help.checkVisibility())) continue
      if ((box.closest("select") ?? box).checkVisibility()) found.push([text, Boolean(box.closest("a[href='#word']"))])
    }
  }
  look(document.querySelector(".stMain"))
  return found
}"""
"""All that is seen outside of controls with a help, and whether it is a link to its sentence."""
_DRAWN = """() => ![...document.querySelectorAll('[class*=st-key-plot-]')].some(box =>
  box.querySelector('.js-plotly-plot') && box.scrollHeight > box.clientHeight)"""
_HEIGHT = "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight / innerHeight"


@dataclass
class Tour:
    """What was seen, by view.

    Attributes:
        problems: that axe-core found.
        screens: how long it is.
        cut: words of figures that are cut off, at any size.
        small: letters that are too small in projector size.
        unexplained: words of the glossary whose sentence is nowhere in the view.
    """

    problems: dict[str, list[str]] = field(default_factory=dict)
    screens: dict[str, float] = field(default_factory=dict)
    cut: dict[str, list[str]] = field(default_factory=dict)
    small: dict[str, list[str]] = field(default_factory=dict)
    unexplained: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def tour(browser: Browser, server: str) -> Tour:
    """Structure is the same in both themes, so in the dark one only contrast is looked at; the side bar is, once."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(path=AXE)
    context.add_init_script(_STILL)
    page = context.new_page()
    tour = Tour()
    for view in _views(page, server):
        cut = cut_off(page)
        style = page.add_style_tag(content=PROJECTOR)
        with contextlib.suppress(AssertionError):  # what is laid out by a script follows a moment later
            wait_until(lambda: not page.evaluate(_SMALL, LETTERS), 3)
        if small := page.evaluate(_SMALL, LETTERS):
            tour.small[view] = small
        if cut := [*cut, *cut_off(page)]:
            tour.cut[view] = cut
        style.evaluate("style => style.remove()")
        for scheme, rules in (("dark", ["color-contrast"]), ("light", None)):
            page.emulate_media(color_scheme=scheme)
            wait_for_script(
                page, "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", scheme
            )
            with contextlib.suppress(AssertionError):
                wait_for_script(page, _DRAWN, seconds=5)  # another theme draws figures anew, at first too high
            if problems := page.evaluate(_FIND, [rules, STREAMLITS, not tour.screens]):
                tour.problems[f"{view}, {scheme}"] = problems
        tour.screens[view] = page.evaluate(_HEIGHT)
        with contextlib.suppress(AssertionError):
            wait_until(lambda: not _unexplained(page), 5)
        if words := _unexplained(page):
            tour.unexplained[view] = words
    context.close()
    return tour


def _views(page: Page, server: str) -> Iterator[str]:
    yield from walk(page, server)
    page.goto(f"{server}/draw-digit")  # what is no digit is shown pale, and can be read all the same
    expect(page.locator(ANSWER)).to_have_text("7", timeout=60_000)
    canvas_of(page)
    settle(page, within=".st-key-prediction")
    draw(page, [[(x / 12, x % 2) for x in range(13)]], 30, 30, 220, 220)
    expect(page.locator(ANSWER)).to_have_text("?", timeout=60_000)
    expect(page.locator(".movement .says.pale")).to_be_visible()
    yield "A scribble"


def _unexplained(page: Page) -> list[str]:
    texts = page.evaluate(_TEXTS)
    marked, bare = ({word.title for text, mark in texts if mark == kind for word in words_in(text)} for kind in (1, 0))
    return sorted(bare - marked)


@with_axe
def test_no_section_of_any_page_keeps_people_out(tour: Tour) -> None:
    assert not tour.problems, json.dumps(tour.problems, indent=1)


@with_axe
def test_no_section_is_longer_than_two_and_a_half_screens(tour: Tour) -> None:
    assert not {view: screens for view, screens in tour.screens.items() if screens > SCREENS}


@with_axe
def test_every_word_of_the_glossary_is_explained_in_every_section(tour: Tour) -> None:
    assert not tour.unexplained


def test_on_a_phone_no_section_is_longer_nor_wider_than_it_should_be(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    long: dict[str, float] = {}
    wide: list[str] = []
    cut: dict[str, list[str]] = {}
    for view in walk(page, server):
        if (screens := page.evaluate(_HEIGHT)) > SCREENS:
            long[view] = screens
        if page.evaluate("document.querySelector('.stMain').scrollWidth > innerWidth"):
            wide.append(view)
        if words := cut_off(page):
            cut[view] = words
    context.close()
    assert not long
    assert not wide
    assert not cut


@with_axe
def test_in_projector_size_nothing_is_smaller_than_14_pixels(tour: Tour) -> None:
    assert not tour.small


@with_axe
def test_no_word_of_a_figure_is_cut_off(tour: Tour) -> None:
    assert not tour.cut
