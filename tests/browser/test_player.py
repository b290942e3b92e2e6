"""The player in the browser: it computes what torch computes, steps without asking, and prints sums that add up."""

from collections.abc import Iterator
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from core.models.cells import CELLS
from core.ui.components.serving import address
from tests.support.fields import write
from tests.support.sentences import Cell, gates, read
from tests.support.serving import fresh_tab, running_app
from tests.support.waiting import settle

pytestmark = pytest.mark.browser

SENTENCE = "the film was not good but I loved its slow and quiet end"

READ = """async ([module, net, inputs, first]) => {
  const { readSentence, termsOf } = await import(module)
  return readSentence(net, inputs, first).map(step => ({
    state: [...step.state],
    cell: step.cell && [...step.cell],
    gates: Object.fromEntries(Object.entries(step.gates).map(([name, gate]) => [name, [...gate.value]])),
    off: Math.max(...Object.entries(step.gates).flatMap(([name, gate]) => [...gate.sum].map((sum, unit) =>
      Math.abs(sum - termsOf(net, step, name, unit).reduce((all, term) => all + term.product, 0))))),
  }))
}"""
"""Reads a sentence with the module of the page and without the page; `off` is what the contributions miss."""

ADDED = """root => {
  const lines = [...root.querySelectorAll('.term:not(.head)')].filter(line => !line.hidden)
  return lines.map(line => line.querySelector('.number').textContent)
}"""


@pytest.fixture(scope="module")
def player_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page with the player."""
    with running_app(tmp_path_factory.mktemp("player"), script="tests/scripts/player.py") as site:
        yield site


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with fresh_tab(browser) as opened:
        yield opened


@pytest.fixture
def page(tab: Page) -> Page:
    """One tab for all tests: each opens its page anew, for half the price, as the browser has the scripts already."""
    return tab


def open_player(page: Page, site: str, cell: Cell, text: str) -> None:
    page.goto(f"{site}/?{urlencode({'cell': cell, 'text': text})}")
    expect(page.locator(".player .bar")).to_be_visible(timeout=30_000)


def number(text: str) -> int:
    """A printed number in thousandths."""
    return round(float(text.replace("\u2212", "-")) * 1000)


@pytest.mark.parametrize("cell", CELLS)
def test_every_gate_and_state_is_torchs(page: Page, player_page: str, cell: Cell) -> None:
    page.goto(f"{player_page}/_stcore/health")
    played = read(cell, tuple(SENTENCE.split()))
    net = {
        "cell": cell,
        "inputSize": played.input_size,
        "hiddenSize": played.hidden_size,
        "weightIh": played.weight_ih.ravel().tolist(),
        "weightHh": played.weight_hh.ravel().tolist(),
        "biasIh": played.bias_ih.tolist(),
        "biasHh": played.bias_hh.tolist(),
    }
    first = {"state": played.states[0].tolist(), "cell": None if played.cells is None else played.cells[0].tolist()}
    steps = page.evaluate(READ, [f"{player_page}/{address('player/cell.js')}", net, played.inputs.tolist(), first])
    assert len(steps) == len(played.words)
    np.testing.assert_allclose([step["state"] for step in steps], played.states[1:], atol=1e-5)
    if played.cells is not None:
        np.testing.assert_allclose([step["cell"] for step in steps], played.cells[1:], atol=1e-5)
    for step, expected in zip(steps, gates(played), strict=True):
        assert step["gates"].keys() == expected.keys()
        for name, values in expected.items():
            np.testing.assert_allclose(step["gates"][name], values, atol=1e-5)
        assert step["off"] < 1e-9


@pytest.mark.chromium
def test_keys_step_and_choose_and_nobody_is_asked(page: Page, player_page: str) -> None:
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append("frame")))
    page.on("request", lambda request: sent.append(request.url))
    open_player(page, player_page, "gru", SENTENCE)
    player = page.locator(".player")
    expect(player).to_contain_text("Word 1 of 13")
    settle(page)
    before = len(sent)
    assert before
    player.focus()
    for key, word, unit in (
        ("ArrowRight", 1, 2),
        ("ArrowDown", 1, 3),
        ("End", 12, 3),
        ("ArrowRight", 12, 3),
        ("ArrowLeft", 11, 3),
        ("ArrowUp", 11, 2),
        ("Home", 0, 2),
    ):
        page.keyboard.press(key)
        expect(player).to_have_attribute("data-word", str(word))
        expect(player).to_have_attribute("data-unit", str(unit))
    page.get_by_title("Word 5: good").click(position={"x": 35, "y": 12})
    expect(player).to_contain_text("Word 5 of 13\u201cgood\u201d")
    page.locator(".vector.after .column").click(position={"x": 5, "y": 1})
    expect(player).to_have_attribute("data-unit", "0")
    page.get_by_role("tab", name="candidate").click()
    expect(player).to_have_attribute("data-gate", "n")
    page.get_by_label("Speed 2").click()
    player.focus()
    page.keyboard.press("Space")
    expect(player).not_to_have_attribute("data-word", "4")  # it plays on by itself
    page.get_by_role("button", name="Pause").click()
    settle(page)
    assert len(sent) == before
    assert float(player.get_attribute("data-off") or 1) < 1e-5


@pytest.mark.parametrize("cell", CELLS)
def test_printed_contributions_add_up(page: Page, player_page: str, cell: Cell) -> None:
    open_player(page, player_page, cell, SENTENCE)
    player = page.locator(".player")
    player.focus()
    for name in page.locator(".tab").all() if cell != "rnn" else [None]:
        if name is not None:
            name.click()
        for _ in range(2):
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowDown")
            *parts, total = [number(text) for text in player.evaluate(ADDED)]
            assert sum(parts) == total
            formula = page.locator(".gates .formula" if cell == "rnn" else ".contributions .formula").first
            assert f"({printed(total)})" in formula.inner_text()


def printed(thousandths: int) -> str:
    return f"{thousandths / 1000:.3f}".replace("-", "\u2212")


def test_a_longer_sentence_keeps_the_player(page: Page, player_page: str) -> None:
    open_player(page, player_page, "lstm", "a <script>alert(1)</script> <b>good</b>")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    player = page.locator(".player")
    page.get_by_label("Last word").click()
    page.keyboard.press("ArrowDown")
    expect(player.locator(".title b").first).to_have_text("\u201c<b>good</b>\u201d")
    expect(player.locator(".said").nth(2)).to_have_text("<script>alert(1)</script>")
    assert player.locator("script").count() == 0
    player.evaluate("root => { root.marked = true; root.querySelectorAll('.step')[1].marked = true }")
    field = page.get_by_label("Sentence")
    for text, word, words in (("a good film with an end", 2, 6), ("short one", 1, 2)):
        write(field, text)
        field.press("Enter")
        expect(player).to_contain_text(f"Word {word + 1} of {words}")
        expect(player).to_have_attribute("data-unit", "3")
        assert player.evaluate("root => root.marked && root.querySelectorAll('.step')[1].marked")
    write(field, "")
    field.press("Enter")
    expect(player).to_contain_text("Write a sentence")
    expect(page.get_by_role("button", name="Play")).to_be_disabled()
    write(field, "here again")
    field.press("Enter")
    expect(player).to_contain_text("Word 1 of 2")
