"""The network in the browser: it computes what Python computes, follows the pen, and stays out of the way."""

import base64
import io
import itertools
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from torch import nn

from core.data.images.datasets import sample_digits
from core.data.images.digits import prepare
from core.inspection.images.forward import as_batch, forward_layers
from core.inspection.images.serialisation import serialise
from core.inspection.networks import networks, shipped
from core.models.scaling import DEVIATION, MEAN, Scale
from core.ui.components.serving import address
from tests.support.designs import CHOICES
from tests.support.drawing import ANSWER, LIVE_ANSWER, canvas_of, press, wake_live_view
from tests.support.handwriting import HANDS, ROUND, Stroke, place
from tests.support.handwriting import draw as draw_canvas
from tests.support.waiting import settle, wait_for_script, wait_until

pytestmark = pytest.mark.browser

READ = """async ([folder, network, drawings]) => {
  const { prepare } = await import(folder + 'preparation.js')
  const { readNetwork, walk } = await import(folder + 'network.js')
  const known = readNetwork(Uint8Array.from(atob(network), letter => letter.charCodeAt(0)).buffer)
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const decode = async drawing =>
    createImageBitmap(await (await fetch('data:image/png;base64,' + drawing)).blob())
  const read = []
  for (const picture of await Promise.all(drawings.map(decode))) {
    Object.assign(context.canvas, { width: picture.width, height: picture.height })
    context.drawImage(picture, 0, 0)
    const pixels = prepare(context.getImageData(0, 0, picture.width, picture.height))
    read.push(pixels && { pixels: [...pixels].map(Math.fround), probabilities: walk(known, pixels) })
  }
  return JSON.stringify(read)
}"""
"""Prepares drawings and puts them through a network, with the scripts of the page and without the page.

What it returns is JSON: Playwright wraps every number of a list in an object of its own.
"""

WALK = """async ([folder, network, pixels]) => {
  const { readNetwork, walk } = await import(folder + 'network.js')
  const known = readNetwork(Uint8Array.from(atob(network), letter => letter.charCodeAt(0)).buffer)
  const probabilities = walk(known, Float32Array.from(pixels))
  const layers = known.layers.map(({ kind, output, result }) => ({ kind, output, result: [...result] }))
  return JSON.stringify({ probabilities, layers })
}"""
"""Returns as JSON what every layer makes of 28 x 28 pixels; maps come with their channels last."""


PUBLISHED = """performance.getEntriesByType('resource')
  .filter(({ name, encodedBodySize }) => name.includes('published') && encodedBodySize > 400000).length"""
COVERED = "document.querySelector('.st-key-answers').hasAttribute('data-live')"
GIVEN_UP = """(() => {
  const frames = performance.getEntriesByName('live').slice(-3)
  return frames.length === 3 && frames.every(({ duration }) => duration > 45)
})()"""
"""Whether the last three frames of a stroke took so long that the live view leaves the rest of it alone."""


def text64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def png(canvas: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(canvas).save(file, "PNG", compress_level=1)
    return text64(file.getvalue())


def white(alpha: np.ndarray) -> np.ndarray:
    """White ink on a transparent canvas, as the page's canvas has it."""
    ink = np.where(alpha > 0, 255, 0).astype(np.uint8)
    return np.dstack([ink, ink, ink, alpha.astype(np.uint8)])


def handwritten(random: np.random.Generator, image: np.ndarray) -> np.ndarray:
    """An MNIST digit, anywhere on the canvas and of any size, not upright."""
    side = int(random.integers(30, 281))
    turned = Image.fromarray(image).rotate(float(random.uniform(-25, 25)), Image.Resampling.BILINEAR)
    alpha = np.zeros((280, 280), np.uint8)
    top, left = random.integers(0, 281 - side, 2)
    alpha[top : top + side, left : left + side] = turned.resize((side, side), Image.Resampling.BICUBIC)
    return white(alpha)


def drawn(random: np.random.Generator, strokes: list[Stroke]) -> np.ndarray:
    """Pen strokes of any width in any box, thick and tiny ones among them; they may touch the edge."""
    width, height = random.uniform(8, 230), random.uniform(12, 250)
    left, top = random.uniform(0, 275 - width), random.uniform(0, 275 - height)
    return draw_canvas(place(strokes, left, top, width, height), float(random.integers(3, 19) * 2))


def odd(random: np.random.Generator) -> list[np.ndarray]:
    """Dots, specks beside a digit, bars, scribbles, a full sheet, faint ink."""
    found = []
    for brush in (2, 6, 20, 36):
        at = random.uniform(20, 260, 2)
        found.append(draw_canvas([[tuple(at), (at[0] + 1, at[1])]], brush))
        found.append(draw_canvas([[(20, at[1]), (260, at[1])]], brush))
        found.append(draw_canvas([[(at[0], 5), (at[0], 275)]], brush))
        found.append(draw_canvas([[tuple(point) for point in random.uniform(0, 280, (12, 2))]], brush))
        digit = place(ROUND[int(random.integers(10))], 90, 60, 90, 150)
        specks = [[(x, y), (x + 1, y)] for x, y in random.uniform(5, 275, (4, 2))]
        found.append(np.maximum(draw_canvas(digit, brush), draw_canvas(specks, max(2, brush / 4))))
    full = np.full((280, 280), 255, np.uint8)
    full[:5] = 0
    faint = draw_canvas(place(ROUND[2], 60, 40, 150, 200), 20)[..., 3] // 5
    noise = (random.random((280, 280)) > 0.97) * 255
    return [*found, white(full), white(faint), white(noise)]


def drawings() -> list[np.ndarray]:
    random = np.random.default_rng(0)
    samples = sample_digits()
    hands = [strokes for hand in HANDS.values() for strokes in hand.values()]
    return (
        [handwritten(random, samples.images[number % len(samples)]) for number in range(380)]
        + [drawn(random, hands[number % len(hands)]) for number in range(97)]
        + odd(random)
    )


def folder(server: str) -> str:
    return f"{server}/{address('live/')}"


@pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.long)])
def test_drawings_are_read_as_python_reads_them(page: Page, server: str, share: int) -> None:
    """All 500 of them, or every fifth."""
    cnn = shipped("digit-cnn").network
    canvases = drawings()[::share]
    assert len(canvases) == 500 / share
    page.goto(f"{server}/_stcore/health")
    sent = [folder(server), text64(serialise(cnn)), [png(canvas) for canvas in canvases]]
    read = json.loads(page.evaluate(READ, sent))
    expected = np.stack([prepare(canvas, "light").pixels for canvas in canvases])
    with torch.inference_mode():
        probabilities = cnn(torch.from_numpy(expected)[:, None]).softmax(1).numpy()
    pixels = np.array([one["pixels"] for one in read]).reshape(-1, 28, 28)
    found = np.array([one["probabilities"] for one in read])
    apart = np.abs(pixels - expected).mean((1, 2)) * 255
    print(
        f"\npreparation differs by {apart.mean():.5f}/255 a pixel on average, {apart.max():.4f}/255 in the worst "
        f"drawing; probabilities by {np.abs(found - probabilities).max():.6f} at most"
    )
    assert apart.max() <= 2
    assert np.abs(found - probabilities).max() <= 0.02
    assert np.array_equal(found.argmax(1), probabilities.argmax(1))


def test_an_empty_sheet_and_a_breath_of_ink_are_nothing(page: Page, server: str) -> None:
    page.goto(f"{server}/_stcore/health")
    alpha = np.zeros((280, 280), np.uint8)
    faintest = alpha.copy()
    faintest[100:110, 100:110] = 9
    assert prepare(white(faintest), "light").blank
    network = text64(serialise(shipped("digit-cnn").network))
    sheets = [png(white(alpha)), png(white(faintest))]
    assert json.loads(page.evaluate(READ, [folder(server), network, sheets])) == [None, None]


def norm(kind: type[nn.BatchNorm1d] | type[nn.BatchNorm2d], channels: int) -> nn.Module:
    layer = kind(channels)
    for tensor in (layer.running_mean, layer.weight.data, layer.bias.data):
        tensor.normal_()
    layer.running_var.uniform_(0.2, 3)
    return layer


def every_layer() -> list[nn.Sequential]:
    """Networks with all known layers and all their settings, random weights."""
    torch.manual_seed(1)
    wide = nn.Sequential(
        Scale(1 / DEVIATION, -MEAN / DEVIATION),
        nn.Conv2d(1, 6, (5, 3), stride=2, padding=(2, 1)),
        norm(nn.BatchNorm2d, 6),
        nn.LeakyReLU(0.2),
        nn.AvgPool2d(3, stride=1, padding=1),
        nn.ZeroPad2d((1, -2, -1, 3)),
        nn.Conv2d(6, 5, 3, padding="same", dilation=2, bias=False),
        nn.GELU(),
        nn.MaxPool2d((3, 2), 2, padding=1),
        nn.Dropout2d(),
        nn.Conv2d(5, 4, 2, padding=3),
        nn.Tanh(),
        nn.Flatten(),
        nn.Linear(4 * 13 * 12, 20, bias=False),
    )
    narrow = nn.Sequential(norm(nn.BatchNorm1d, 20), nn.GELU("tanh"), nn.Dropout(), nn.Linear(20, 7), nn.Sigmoid())
    return [nn.Sequential(*wide, *narrow).eval()]


def maps_of(layer: dict) -> np.ndarray:
    """Return a layer's result in PyTorch's order."""
    result = np.array(layer["result"])
    if len(layer["output"]) == 1:
        return result
    channels, height, width = layer["output"]
    return result.reshape(height, width, channels).transpose(2, 0, 1)


def test_every_layer_is_torchs(page: Page, server: str) -> None:
    page.goto(f"{server}/_stcore/health")
    pixels = (sample_digits().images[3] / 255).astype(np.float32)
    known = [choice.network for choice in (*networks(), *CHOICES) if choice.layered is not None]
    for network in [*every_layer(), *known]:
        sent = [folder(server), text64(serialise(network)), pixels.ravel().tolist()]
        found = json.loads(page.evaluate(WALK, sent))
        expected = [layer for layer in forward_layers(network, pixels) if "Dropout" not in layer.kind]
        assert [layer["kind"] for layer in found["layers"]] == [layer.kind for layer in expected]
        for mine, torchs in zip(found["layers"], expected, strict=True):
            scale = max(1.0, float(np.abs(torchs.output).max()))
            assert np.allclose(maps_of(mine), torchs.output, atol=2e-5 * scale), torchs.name
        with torch.inference_mode():
            assert np.allclose(found["probabilities"], network(as_batch(pixels)).softmax(1)[0], atol=1e-5)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str) -> Iterator[Page]:
    """The page with its network, opened once for the tests that draw on it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    settle(page)
    assert not page.evaluate(PUBLISHED)  # a network is fetched for whoever comes with a pen
    wake_live_view(page)
    expect(page.locator(LIVE_ANSWER)).to_have_text("7")
    for _ in range(2):  # its scripts are slow until the browser has compiled them, and beside others it would give up
        clear(page)
        pen_down(page)
        page.mouse.up()
        expect(page.locator(ANSWER)).to_have_text("3")
    yield page
    context.close()


@pytest.fixture
def live_page(opened: Page) -> Page:
    """That page with an empty sheet."""
    clear(opened)
    return opened


@pytest.fixture
def other_tab(opened: Page) -> Iterator[Page]:
    """A tab beside that page: the same browser, which has the scripts already."""
    tab = opened.context.new_page()
    yield tab
    tab.close()


def clear(page: Page) -> None:
    """Empty the sheet."""
    canvas_of(page)
    press(page, "clear")
    expect(page.locator(".st-key-prediction")).to_contain_text("The sheet is empty")
    settle(page)


def pen_down(page: Page, strokes: list[Stroke] = ROUND[3]) -> None:
    """Draw, and keep the pen down."""
    box = canvas_of(page).bounding_box()
    assert box
    for number, stroke in enumerate(place(strokes, box["x"] + 70, box["y"] + 40, 140, 200)):
        if number:
            page.mouse.up()
        page.mouse.move(*stroke[0])
        page.mouse.down()
        for point in stroke[1:]:
            page.mouse.move(*point)


def draw_live(page: Page, strokes: list[Stroke] = ROUND[3], before: Callable[[], object] = lambda: None) -> None:
    """Draw, and keep the pen down, with the live view over the page; `before` is called when the sheet is empty.

    On a machine with more to do than it can, three frames in a row may take so long that the live view gives a stroke
    up, as it should. Where that was the reason, and no other, the stroke is drawn once more.
    """
    for _ in range(2):  # after three such strokes it stays away
        before()
        pen_down(page, strokes)
        wait_until(lambda: page.evaluate(COVERED) or page.evaluate(GIVEN_UP))
        settle(page, 100)
        if page.evaluate(COVERED):
            return
        assert page.evaluate(GIVEN_UP)
        page.mouse.up()
        clear(page)
    before()
    pen_down(page, strokes)


@pytest.mark.chromium
def test_the_answer_follows_the_pen_and_nobody_is_asked(live_page: Page) -> None:
    page = live_page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.webSocketFrameSent", lambda _: asked.append("a message to the server"))
    draw_live(page, before=asked.clear)
    expect(page.locator(LIVE_ANSWER)).to_have_text("3")
    expect(page.locator(".live")).to_be_visible()
    expect(page.locator(ANSWER)).to_be_hidden()
    assert page.locator(ANSWER).text_content() == "?"  # the server knows of nothing yet
    assert page.locator(".live .maps").count() == 2
    settle(page)
    assert not asked
    page.mouse.up()
    expect(page.locator(ANSWER)).to_be_visible()
    expect(page.locator(ANSWER)).to_have_text("3")
    expect(page.locator(".live")).to_be_hidden()
    assert asked


def test_the_hand_over_shows_no_old_answer(live_page: Page) -> None:
    """From frame to frame the digit that is seen is the live one, then the server's: never the sample's again."""
    page = live_page
    draw_live(page)
    expect(page.locator(LIVE_ANSWER)).to_have_text("3")
    page.evaluate(
        """answer => {
          const live = (() => {
            for (const node of document.querySelectorAll('.st-key-live *')) {
              const found = node.shadowRoot?.querySelector('.thinks .answer')
              if (found) return found
            }
          })()
          window.seen = []
          const look = () => {
            const texts = [live, document.querySelector(answer)]
              .filter(node => node?.checkVisibility({ visibilityProperty: true })).map(node => node.textContent)
            if (window.seen.at(-1) !== texts.join()) window.seen.push(texts.join())
            requestAnimationFrame(look)
          }
          look()
        }""",
        ANSWER,
    )
    page.mouse.up()
    expect(page.locator(ANSWER)).to_be_visible()
    settle(page)
    assert page.evaluate("window.seen") == ["3"]


def test_an_answer_that_is_quicker_than_the_last_frame_is_seen(live_page: Page) -> None:
    """On a slow screen the server has read a stroke before the browser has looked at it for the last time."""
    page = live_page
    draw_live(page)
    expect(page.locator(LIVE_ANSWER)).to_have_text("3")
    page.evaluate("() => { window.own = requestAnimationFrame; requestAnimationFrame = f => setTimeout(own, 500, f) }")
    page.mouse.up()
    expect(page.locator(ANSWER)).to_be_visible(timeout=6_000)  # without an answer the live view waits for 10 s
    expect(page.locator(ANSWER)).to_have_text("3")
    page.evaluate("() => { window.requestAnimationFrame = own }")


def test_a_failed_fetch_leaves_the_page_as_it_was_and_the_stroke_is_the_same(
    live_page: Page, browser: Browser, server: str
) -> None:
    """What the server gets is the same picture with the live view and without."""
    without = browser.new_page(viewport={"width": 1366, "height": 768})
    without.route("**/live/**", lambda route: route.abort())
    without.goto(f"{server}/draw-digit")
    expect(without.locator(ANSWER)).to_have_text("7", timeout=30_000)
    stages = []
    for page in (live_page, without):
        (draw_live if page is live_page else pen_down)(page, ROUND[5])
        assert page.evaluate(COVERED) is (page is live_page)
        page.mouse.up()
        expect(page.locator(ANSWER)).to_have_text("5")
        expect(page.locator(ANSWER)).to_be_visible()
        settle(page)  # what the stroke has set off is over
        page.get_by_role("radio", name="From your drawing").click()
        expect(page.locator(".st-key-stages figure")).to_have_count(5)
        stages.append(page.locator(".st-key-stages img").evaluate_all("pictures => pictures.map(one => one.src)"))
    without.close()
    assert stages[0] == stages[1]


def test_a_hidden_tab_gives_the_page_back(live_page: Page) -> None:
    page = live_page
    draw_live(page)
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', { value: true, configurable: true })
          document.dispatchEvent(new Event('visibilitychange'))
          delete document.hidden
        }"""
    )
    assert page.evaluate(COVERED) is False
    page.mouse.up()
    expect(page.locator(ANSWER)).to_have_text("3")


@pytest.mark.chromium
def test_a_finger_draws_on_a_phone_with_reduced_motion(browser: Browser, server: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    settle(page)
    box = canvas_of(page).bounding_box()
    assert box
    client = context.new_cdp_session(page)

    def touch(kind: str, points: list[tuple[float, float]]) -> None:
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def finger_down(strokes: list[Stroke]) -> None:
        (stroke,) = place(strokes, box["x"] + 60, box["y"] + 30, 150, 215)
        touch("touchStart", [stroke[0]])
        for point in stroke[1:]:
            touch("touchMove", [point])

    finger_down(ROUND[0])  # the first stroke fetches and compiles the network: beside others it may be given up
    touch("touchEnd", [])
    expect(page.locator(ANSWER)).to_have_text("0")
    expect(page.locator(LIVE_ANSWER)).to_have_count(1)
    settle(page)
    press(page, "undo")
    expect(page.locator(ANSWER)).to_have_text("7")
    settle(page)
    finger_down(ROUND[3])
    wait_for_script(page, COVERED)
    expect(page.locator(LIVE_ANSWER)).to_have_text("3")
    expect(page.locator("canvas.dc-background-canvas")).to_have_css("filter", "brightness(0)")  # the 7 makes room
    moving = "bars => bars.map(bar => getComputedStyle(bar).transitionDuration + getComputedStyle(bar).animationName)"
    assert set(page.locator(".live .bars .bar").evaluate_all(moving)) == {"0snone"}
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    touch("touchEnd", [])
    expect(page.locator(ANSWER)).to_be_visible()
    expect(page.locator(ANSWER)).to_have_text("3")
    expect(page.locator("canvas.dc-background-canvas")).to_have_css("filter", "none")
    context.close()


def test_a_first_stroke_that_is_quicker_than_the_network_has_the_sheet_for_itself(other_tab: Page, server: str) -> None:
    """A finger gives no sign before its first stroke, so the network may come when the stroke is done."""
    page = other_tab
    page.goto(f"{server}/draw-digit")
    expect(page.locator(ANSWER)).to_have_text("7", timeout=30_000)
    settle(page)
    held: list[Route] = []
    page.route("**/published/**", lambda route: held.append(route))
    places = itertools.cycle((5, 9))
    wait_until(lambda: page.mouse.move(next(places), 5) or bool(held), 30)  # it is asked for, and does not come
    pen_down(page)
    behind = page.locator("canvas.dc-background-canvas")
    expect(behind).to_have_css("filter", "brightness(0)")
    assert page.evaluate(COVERED) is False
    page.mouse.up()
    expect(page.locator(ANSWER)).to_have_text("3")
    expect(behind).to_have_css("filter", "none")
    for route in held:
        route.continue_()
    expect(page.locator(LIVE_ANSWER)).to_have_text("3")
    expect(page.locator(ANSWER)).to_be_visible()


def test_inside_the_cnn_it_has_a_place_of_its_own_and_any_network(page: Page, server: str) -> None:
    page.goto(f"{server}/cnn-inside?inside=Live&digit=4")
    expect(page.locator(LIVE_ANSWER)).to_have_text("4", timeout=30_000)
    page.locator(".st-key-inside-live-network").get_by_text("MLP").click()
    expect(page.locator(".live")).to_contain_text("What the MLP thinks.")
    expect(page.locator(".live .maps")).to_have_count(0)
    settle(page)
    for _ in range(2):  # its scripts are slow until the browser has compiled them, and beside others it would give up
        pen_down(page, ROUND[0])
        page.mouse.up()
        expect(page.locator(".st-key-prediction")).to_contain_text("The CNN says 0")
        settle(page)
        press(page, "undo")
        expect(page.locator(".st-key-prediction")).to_contain_text("The CNN says 4")
        settle(page)
    pen_down(page, ROUND[5])  # one stroke: the server reads it when it has ended
    expect(page.locator(LIVE_ANSWER)).to_have_text("5")
    expect(page.locator(".live")).to_contain_text("while you draw")
    expect(page.locator(".st-key-prediction")).to_contain_text("The CNN says 4")
    page.mouse.up()
    expect(page.locator(".st-key-prediction")).to_contain_text("The CNN says 5")
    expect(page.locator(LIVE_ANSWER)).to_have_text("5")
    page.locator(".st-key-inside-live-network").get_by_text("GRU").click()
    expect(page.locator(".st-key-live")).to_contain_text("answers after the stroke")
    expect(page.locator(".st-key-live .live")).to_have_count(0)
    expect(page.locator(".st-key-live .best.name")).to_have_text("5")
    press(page, "clear")
    expect(page.locator(".st-key-prediction")).to_contain_text("No digit recognised")
    page.locator(".st-key-inside-live-network").get_by_text("CNN without pooling").click()
    expect(page.locator(LIVE_ANSWER)).to_have_text("?")


def test_files_are_fetched_once_and_small(live_page: Page) -> None:
    sizes = """() => performance.getEntriesByType('resource')
      .filter(({ name }) => /[/](live|lib|published)[/]/.test(name))
      .map(({ name, transferSize }) => [name, transferSize])"""
    fetched = live_page.evaluate(sizes)
    total = sum(size for _, size in fetched)
    print(f"\nthe first visit adds {total / 1000:.0f} kB in {len(fetched)} files")
    assert 0 < total <= 700_000
    again = live_page.context.new_page()
    again.goto(live_page.url)
    expect(again.locator(ANSWER)).to_have_text("7", timeout=30_000)
    wake_live_view(again)
    expect(again.locator(LIVE_ANSWER)).to_have_text("7")
    fetched_again = dict(again.evaluate(sizes))
    assert fetched_again and not any(fetched_again.values())
    assert fetched_again.keys() <= dict(fetched).keys()  # a page may be read before all of it has come
    again.close()


def test_the_server_gives_these_files_and_no_others(server: str) -> None:
    with urllib.request.urlopen(f"{server}/{address('live/live.js')}") as answer:
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in answer.headers["Cache-Control"]
    published = "components/published"
    for wrong in (f"{published}/0123", f"{published}/..%2f..%2fapp.py", address("live/live.py"), "live/live.js"):
        try:
            with urllib.request.urlopen(f"{server}/{wrong}") as answer:
                assert answer.headers["Content-Type"].startswith("text/html")  # Streamlit's own page
        except urllib.error.HTTPError as error:
            assert error.code in (400, 404)
            error.close()


def test_another_version_of_the_canvas_is_left_alone(live_page: Page) -> None:
    """It may name its layers differently."""
    page = live_page
    rename = "canvas => canvas.parentElement.querySelector('canvas').classList.toggle('lower-canvas')"
    canvas_of(page).evaluate(rename)
    pen_down(page)
    assert page.evaluate(COVERED) is False
    page.mouse.up()
    expect(page.locator(ANSWER)).to_have_text("3")
    canvas_of(page).evaluate(rename)


@pytest.mark.long
def test_slow_scripts_give_the_page_back(live_page: Page) -> None:
    """The last test on this page: nothing brings the live view back."""
    page = live_page
    page.evaluate(
        """() => {
          const paint = CanvasRenderingContext2D.prototype.putImageData
          window.delay = 20 // ms; four pictures a frame
          CanvasRenderingContext2D.prototype.putImageData = function (...given) {
            const until = performance.now() + window.delay
            while (performance.now() < until) ;
            return paint.apply(this, given)
          }
        }"""
    )

    def gives_up(strokes: list[Stroke]) -> None:
        pen_down(page, strokes)
        wait_for_script(page, "performance.getEntriesByName('live').length >= 3")
        settle(page)
        assert page.evaluate("performance.getEntriesByName('live').length") == 3  # it tried, and gave up
        assert page.evaluate(COVERED) is False
        page.mouse.up()

    gives_up(ROUND[0])
    expect(page.locator(ANSWER)).to_have_text("0")
    page.evaluate("window.delay = 0")  # it was a moment
    clear(page)
    pen_down(page, ROUND[3])
    wait_for_script(page, "performance.getEntriesByName('live').length > 3")
    assert page.evaluate(COVERED) is True
    page.mouse.up()
    expect(page.locator(ANSWER)).to_have_text("3")
    page.evaluate("window.delay = 20")
    short = [[(0.1 * step, 0.1 * step) for step in range(7)]]
    for _ in range(3):
        gives_up(short)
    page.evaluate("performance.clearMeasures('live')")
    pen_down(page, short)
    page.mouse.up()
    settle(page)
    assert page.evaluate("performance.getEntriesByName('live').length") == 0  # it is too much for this browser
