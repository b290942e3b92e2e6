"""The typing field and the strips in a real Chromium, on a small page of their own."""

import re
import statistics
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect

from tests.support.machine import slowness
from tests.support.serving import fresh_tab, running_app
from tests.support.waiting import settle, wait_until

pytestmark = pytest.mark.browser

SAMPLE = "the <b>film</b> was :red[not] $$bad$$ <img src=x onerror=alert(1)>"  # as on the page
# Pauses that would be longer than those between the keys of a quick hand have no end until `goOn` is called.
HOLD_LONG_PAUSES = """() => {
  const [wait, held] = [window.setTimeout, []]
  const hold = (...pause) => { held.push(pause) }
  window.setTimeout = (act, ms, ...more) => (ms > 250 ? hold : wait)(act, ms, ...more)
  window.goOn = () => { window.setTimeout = wait; held.forEach((pause) => wait(...pause)) }
}"""
RUN = 0.3  # s, of a page that is slow to answer
SENTENCE = "recall the actors, the crisp pictures and richer praise: a film not to miss"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("reading"), script="tests/support/reading_page.py") as served:
        yield served


def open_page(page: Page, address: str, **query: str) -> Locator:
    page.goto(f"{address}/?" + "&".join(f"{name}={quote(value)}" for name, value in query.items()))
    expect(page.locator(".strips canvas").first).to_be_visible(timeout=30_000)
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return page.get_by_label("Your sentence")


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The page, opened once for the tests that need nothing but another sentence."""
    with fresh_tab(browser) as page:
        open_page(page, address)
        yield page


def begin_with(page: Page, text: str) -> Locator:
    """Have the field read a sentence, wait until all is drawn, and return the field."""
    field = page.get_by_label("Your sentence")
    field.fill(text)
    field.press("Enter")
    expect(page.locator(".stText").first).to_have_text(text)
    expect(page.locator(".strips").last.locator(".word")).to_have_count(len(text.split()))
    settle(page)
    return field


def told(page: Page) -> Locator:
    return page.locator(".stText").last


def words(page: Page, strips: int = 0) -> list[str]:
    return page.locator(".strips").nth(strips).locator(".word").all_inner_texts()


def test_no_letter_is_lost_and_answers_come_while_typing(page: Page, address: str) -> None:
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    field = open_page(page, address, pause=str(RUN))
    page.locator(".strips canvas, .strips, .strips .word, textarea").evaluate_all(
        "all => all.forEach(one => { one.kept = true })"
    )
    field.click()
    seen, begun = set(), time.monotonic()
    for at in range(0, len(SENTENCE), 8):
        page.keyboard.type(SENTENCE[at : at + 8], delay=20)
        seen.add(len(words(page)))
    expect(field).to_have_value(SENTENCE)
    expect(page.locator(".stText").first).to_have_text(SENTENCE)
    wait_until(lambda: words(page, 2) == SENTENCE.split(), 10)  # the strips are drawn after the text
    assert len(seen) >= 3, "the pictures stood still while someone typed"
    messages = sum("typed" in message for message in sent)
    assert messages <= 2 + (time.monotonic() - begun) / RUN, "letters did not wait for the run before them"
    kept = page.locator(".strips canvas, .strips, textarea").evaluate_all("all => all.map(one => Boolean(one.kept))")
    assert all(kept) and len(kept) == 3 * 6 + 1

    page.keyboard.press("Home")  # in the middle of the text, while answers come
    page.keyboard.type("Oh, ", delay=30)
    page.keyboard.press("Enter")
    expect(page.locator(".stText").first).to_have_text("Oh, " + SENTENCE)
    expect(field).to_have_value("Oh, " + SENTENCE)
    assert field.evaluate("field => field.selectionStart") == len("Oh, ")

    page.evaluate("document.documentElement.style.fontSize = '60px'")  # letters become larger, and take more lines
    wait_until(lambda: field.evaluate("field => field.scrollHeight <= field.clientHeight + 2"), 5)


def test_another_version_replaces_the_text_and_markup_stays_text(opened: Page) -> None:
    page, dialogs = opened, list[str]()

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    field = begin_with(page, "one two")
    field.press_sequentially("three")
    page.get_by_role("button", name="Sample").click()
    expect(field).to_have_value(SAMPLE)
    expect(page.locator(".strips").last.locator(".word").last).to_have_text(SAMPLE.split()[-1])
    assert words(page) == SAMPLE.split()
    assert page.locator(".strips .words :is(b, img)").count() == 0
    field.press("End")
    field.press_sequentially(" :red[qx]")
    unknown = page.locator(".strips").first.locator(".word.unknown")
    expect(unknown).to_have_text(":red[qx]")
    unknown.hover()
    expect(page.locator(".strips").first.locator(".tip")).to_have_text(":red[qx]not in the vocabulary")
    page.remove_listener("dialog", dismiss)
    assert not dialogs


@pytest.mark.chromium
def test_composed_characters_arrive_whole(opened: Page) -> None:
    page, field = opened, begin_with(opened, "")
    before = told(page).inner_text()
    field.click()
    page.evaluate(HOLD_LONG_PAUSES)  # a hand that is quick, however slow this machine is just now
    client = page.context.new_cdp_session(page)
    for text in ("に", "にほ", "にほん"):
        client.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        settle(page)
    expect(told(page)).to_have_text(before)  # no run yet
    page.evaluate("goOn()")  # a hand that hesitates: what is there is read, and can still become something else
    expect(page.locator(".stText").first).to_have_text("にほん")
    settle(page)
    client.send("Input.insertText", {"text": "日本 😀"})
    expect(page.locator(".stText").first).to_have_text("日本 😀")
    expect(field).to_have_value("日本 😀")
    client.detach()


def test_pointing_choosing_and_marking(opened: Page) -> None:
    page = opened
    begin_with(page, SENTENCE)
    strips = page.locator(".strips")
    canvas = strips.nth(1).locator("canvas").nth(1)
    canvas.hover(position={"x": 40, "y": 3})
    expect(strips.nth(1).locator(".tip")).to_have_text(re.compile(r"^\S+unit 0: \u2212?\d\.\d{3}$"))
    places = [strips.nth(number).locator(".cross").evaluate("cross => cross.style.transform") for number in range(3)]
    assert len(set(places)) == 1 and places[0]
    assert strips.locator(".tip:visible").count() == 1
    expect(strips.locator(".cross:visible")).to_have_count(3)

    canvas.click(position={"x": 40, "y": 8})
    expect(told(page)).to_contain_text("Chosen(row=1, track='hidden', word=")
    expect(strips.locator(".row:visible")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(strips.nth(1).locator(".said")).to_contain_text("miss, Hidden state, unit 2: ")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text(f"Chosen(row=2, track='hidden', word={len(SENTENCE.split()) - 1})")

    first, last = (strips.nth(2).locator(".word").nth(number).bounding_box() for number in (4, 2))
    assert first and last
    page.mouse.move(first["x"] + 4, first["y"] + 50)
    page.mouse.down()
    page.mouse.move(last["x"] + 4, last["y"] + 55, steps=4)
    page.mouse.up()
    expect(told(page)).to_contain_text("(2, 5)")
    page.mouse.click(last["x"] + 4, last["y"] + 50)
    expect(told(page)).to_contain_text("None")


def test_a_phone_needs_no_sideways_scrolling_and_nothing_jumps(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    field = open_page(page, address, wide="yes")
    heights, took = set(), []
    for count in (0, 1, 7, 20, 200):
        field.fill(" ".join(["word", "so"][number % 2] for number in range(count)))
        expect(page.locator(".word")).to_have_count(count)
        expect(page.locator(".empty")).to_have_text("" if count else re.compile("word by word"))
        heights.add(page.locator(".strips").evaluate("root => root.offsetHeight"))
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
        if count == 20:
            for letter in "abcde":
                field.press_sequentially(letter)
                field.press("Enter")
                expect(page.locator(".word").last).to_have_text(re.compile(f"{letter}$"))
                took.append(page.evaluate("performance.getEntriesByName('strips').at(-1).duration"))
    assert len(heights) == 1
    assert page.locator(".scroll").evaluate("scroll => scroll.scrollWidth") >= 200 * 9
    print(f"\n20 words, 32 rows, 5 tracks: {statistics.median(took):.1f} ms of script, {max(took):.1f} at most")
    assert statistics.median(took) <= 10 * slowness()
    context.close()


@pytest.mark.chromium
def test_a_key_costs_few_bytes(page: Page, address: str) -> None:
    received: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(len(frame))))
    field = open_page(page, address, text="the film was go")
    field.press("End")
    before = sum(received)
    field.press("o")
    expect(page.locator(".stText").first).to_have_text("the film was goo")
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
    cost = sum(received) - before
    print(f"\na key costs {cost / 1000:.1f} kB")  # 125.1 kB while scripts and styles went with every run
    assert 0 < cost < 32_000


@pytest.mark.long
def test_a_script_that_fails_is_fetched_again_and_one_that_is_late_takes_the_newest_call(
    page: Page, address: str
) -> None:
    held: list[Route] = []
    asked: list[str] = []

    def fail_first(route: Route) -> None:
        asked.append(route.request.url)
        if "/0/" in route.request.url:  # the first attempt
            route.abort()
        else:
            route.continue_()

    page.route("**/typing/typing.json", fail_first)
    page.route("**/strips/strips.json", lambda route: held.append(route))
    page.goto(f"{address}/?text=one")
    field = page.get_by_label("Your sentence")
    expect(field).to_have_value("one")
    assert [one.removesuffix("/typing/typing.json")[-2:] for one in asked] == ["/0", "/1"]
    field.press("End")
    field.press_sequentially(" two three")
    expect(page.locator(".stText").first).to_have_text("one two three")
    assert page.locator(".strips canvas").count() == 0
    for route in held:
        route.continue_()
    expect(page.locator(".strips canvas").first).to_be_visible()
    for place in range(3):
        assert words(page, place) == ["one", "two", "three"]
    # It has its style at once.
    assert page.locator(".strips .words").first.evaluate("words => getComputedStyle(words).display") == "flex"


@pytest.mark.long
def test_a_script_that_stays_away_says_so_and_comes_with_a_later_run(page: Page, address: str) -> None:
    page.route("**/strips/strips.json", lambda route: route.abort())
    page.goto(f"{address}/?text=one")
    missing = page.get_by_text("This part of the page could not be fetched.").filter(visible=True)
    expect(missing).to_have_count(3)
    page.unroute("**/strips/strips.json")
    page.get_by_role("button", name="Sample").click()
    expect(page.locator(".strips canvas").first).to_be_visible()
    expect(missing).to_have_count(0)
    assert words(page, 2) == SAMPLE.split()
