"""One walk through every section of every page: axe-core looks at it in both themes, and it is no endless scroll."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from core.ui.shell.style import PROJECTOR
from tests.support.waiting import wait_for_script
from tests.support.walking import walk

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STREAMLITS = {
    "list": "[data-testid=stSidebarNavItems]",  # the list of pages has a div around every item
    "listitem": "[data-testid=stSidebarNavItems]",
    "color-contrast": "label[disabled]",  # of a control that is switched off, which may be pale
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
"""So long a section may be, in heights of a laptop's screen."""
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
_HEIGHT = "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight / innerHeight"


@dataclass
class Tour:
    """What was seen, by view.

    Attributes:
        problems: that axe-core found.
        screens: how long it is.
        small: letters that are too small in projector size.
    """

    problems: dict[str, list[str]] = field(default_factory=dict)
    screens: dict[str, float] = field(default_factory=dict)
    small: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def tour(browser: Browser, server: str) -> Tour:
    """Structure is the same in both themes, so in the dark one only contrast is looked at; the side bar is, once."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(path=AXE)
    context.add_init_script(_STILL)
    page = context.new_page()
    tour = Tour()
    for view in walk(page, server):
        style = page.add_style_tag(content=PROJECTOR)
        if small := page.evaluate(_SMALL, LETTERS):
            tour.small[view] = small
        style.evaluate("style => style.remove()")
        for scheme, rules in (("dark", ["color-contrast"]), ("light", None)):
            page.emulate_media(color_scheme=scheme)
            wait_for_script(
                page, "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme", scheme
            )
            if problems := page.evaluate(_FIND, [rules, STREAMLITS, not tour.screens]):
                tour.problems[f"{view}, {scheme}"] = problems
        tour.screens[view] = page.evaluate(_HEIGHT)
    context.close()
    return tour


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
@pytest.mark.timeout(600)
def test_no_section_of_any_page_keeps_people_out(tour: Tour) -> None:
    assert not tour.problems, json.dumps(tour.problems, indent=1)


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
@pytest.mark.timeout(600)
def test_no_section_is_longer_than_two_and_a_half_screens(tour: Tour) -> None:
    assert not {view: screens for view, screens in tour.screens.items() if screens > SCREENS}


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
@pytest.mark.timeout(600)
def test_in_projector_size_nothing_is_smaller_than_14_pixels(tour: Tour) -> None:
    assert not tour.small
