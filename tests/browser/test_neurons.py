"""The page Neurons in a browser: its networks are PyTorch's, and everything on it does what it says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page, expect
from torch import nn

from core.data.points.coding import decode_points
from core.ui.components.serving import address
from tests.support.fields import paste, write
from tests.support.neurons_reference import FILE
from tests.support.playground import (
    asked,
    draw_line,
    epochs,
    open_playground,
    open_section,
    place_of,
    plane,
    swipe,
    train,
)
from tests.support.serving import fresh_tab
from tests.support.waiting import wait_for_script, wait_until

pytestmark = pytest.mark.browser

DIFFERENCES = (Path(__file__).parents[1] / "javascript" / "neurons_differences.js").read_text("utf-8")

COMPARE = """async ([folder, source, reference]) => {
  const load = name => import(new URL(folder + name, document.baseURI))
  const [{ Trainer }, { defaults }, { fastestEngine, plainEngine }] =
    await Promise.all(['trainer.js', 'settings.js', 'engine.js'].map(load))
  const { differences } = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  const cases = JSON.parse(reference)
  const found = [fastestEngine, plainEngine].map(engine => differences({ Trainer, defaults }, cases, engine))
  return [cases.length, found]
}"""
"""Compares all cases of a file; it travels as text, as Playwright wraps every number of a list in an object."""

FIND = """const find = (node, selector) => node.querySelector(selector) ??
  [...node.querySelectorAll('*')].map(one => one.shadowRoot && find(one.shadowRoot, selector)).find(Boolean);"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    with fresh_tab(browser) as opened:
        yield opened


@pytest.fixture
def page(tab: Page) -> Page:
    """One tab for all tests: each opens its page anew, for half the price, as the browser has the scripts already."""
    tab.set_viewport_size({"width": 1366, "height": 768})
    return tab


def test_networks_in_this_browser_are_pytorchs(page: Page, server: str) -> None:
    page.goto(f"{server}/health")  # any page of this server: nothing on it is used
    cases, engines = page.evaluate(COMPARE, [address("neurons/"), DIFFERENCES, FILE.read_text()])
    assert cases and len(engines) == 2
    for engine in engines:
        assert len(engine) == cases
        for found in engine:
            assert max(found["loss"], found["grads"], found["one"], found["dropped"]) < 1e-9, found
            assert found["all"] < 1e-6, found


def test_a_network_learns_and_says_how_it_stands(page: Page, server: str) -> None:
    open_playground(page, server, optimiser="adam", rate=0.01)
    train(page, 100)
    said = page.locator(".standing").text_content()
    right, count = map(int, re.match(r"Right: (\d+) of (\d+) in the test", said).groups())
    assert count == 90 and right >= 85
    assert "the boundary is" in said
    expect(plane(page)).to_have_attribute("aria-label", re.compile("Right: .* the boundary is .* Arrow keys"))
    expect(page.locator(".curves canvas")).to_have_attribute("aria-label", re.compile(r"Training 0\.\d+, test 0"))
    before = epochs(page)
    page.get_by_role("button", name="1 epoch").click()
    expect(page.locator(".count")).to_contain_text(f"Epoch {before + 1}, update {(before + 1) * 21:,}")
    page.get_by_role("button", name="1 update").click()
    expect(page.locator(".count")).to_contain_text(f"update {(before + 1) * 21 + 1:,}")
    page.get_by_label("Learning rate").select_option("0.003")  # no reset
    expect(page.locator(".count")).to_contain_text(f"Epoch {before + 1},")
    page.get_by_role("button", name="Reset weights").click()
    expect(page.locator(".count")).to_have_text("Epoch 0, update 0")


def test_a_unit_and_a_line_show_their_arithmetic_and_take_other_weights(page: Page, server: str) -> None:
    open_playground(page, server, layers="3,2")
    page.get_by_role("button", name="1 epoch").click()
    unit = page.get_by_label("hidden layer 1, unit 2: show its arithmetic")
    box = unit.bounding_box()
    assert box
    page.mouse.move(box["x"] + 8, box["y"] + 30)
    line = page.locator(".line .sum")
    expect(line).to_contain_text("tanh(")
    said = line.text_content().replace("−", "-")
    *terms, bias = re.match(r"z = (.*?) [=≈] ", said).group(1).split(" + ")
    products = [[float(one.strip("()")) for one in term.split("·")] for term in terms]
    z = sum(w * x for w, x in products) + float(bias.strip("()"))
    shown = float(re.search(r" [=≈] (-?[\d.]+);", said).group(1))
    assert len(products) == 2 and abs(z - shown) < 0.08  # the numbers are rounded to hundredths
    assert ("≈" in said) == (f"{z:.3f}" != f"{shown:.3f}")
    assert abs(float(said.rsplit(" = ", 1)[1]) - torch.tanh(torch.tensor(shown)).item()) < 2e-3
    expect(page.locator(".plane .answer").nth(1)).to_be_visible()  # its picture lies over the plane
    page.mouse.move(5, 5)
    expect(page.locator(".plane .answer").nth(1)).to_be_hidden()

    page.get_by_label("hidden layer 1, unit 1: show its arithmetic").click()  # it is pinned
    field = page.get_by_label("w from x₂")
    write(field, "-2.5")
    field.press("Enter")
    page.mouse.move(5, 5)
    expect(page.locator(".line .sum")).to_contain_text("(−2.50)·")
    write(field, "")
    field.press("Enter")
    expect(field).to_have_value("-2.5")
    page.get_by_label("hidden layer 1, unit 1: show its arithmetic").click()
    expect(page.get_by_label("w from x₂")).to_be_hidden()

    left = page.get_by_label("Input x₁", exact=True)
    right = page.get_by_label("hidden layer 1, unit 1: show its arithmetic")
    one, other = left.bounding_box(), right.bounding_box()
    assert one and other
    middle = (
        (one["x"] + one["width"] + other["x"]) / 2,
        (one["y"] + one["height"] / 2 + other["y"] + other["height"] / 2) / 2,
    )
    page.mouse.move(*middle)
    expect(page.locator(".tip")).to_contain_text("weight")
    page.mouse.click(*middle)
    field = page.locator(".editing input")
    write(field, "1.25")
    field.press("Enter")
    expect(page.locator(".editing")).to_have_count(0)
    right.hover()
    expect(page.locator(".line .sum")).to_contain_text("z = 1.25·")


def test_a_clicked_point_shows_forward_loss_backward_and_both_updates(page: Page, server: str) -> None:
    open_playground(page, server, data="own", own="0.OqOq~1.xVxV", test=0, layers="2", rate=0.1)
    page.mouse.click(*place_of(page, 3, 3))
    card = page.locator(".point-card")
    expect(card).to_contain_text("class 2")
    said = card.text_content()
    for name in ("Inputs:", "Hidden layer 1:", "Output:", "Loss:", "Backward:", "Update:"):
        assert name in said
    before, sgd, adam = map(float, re.search(
        r"is ([\d.]+) before, ([\d.]+) after a step of SGD, ([\d.]+) after one of Adam", said
    ).groups())  # fmt: skip
    assert sgd < before and adam < before
    page.get_by_role("button", name="hidden layer 1", exact=True).click()
    rows = card.locator("tr")
    expect(rows).to_have_count(1 + 2 * 3)
    for row in rows.all()[1:]:
        _, _, _, gradient, by_sgd, by_adam = (text.replace("−", "-") for text in row.locator("td").all_text_contents())
        assert abs(float(by_sgd) + 0.1 * float(gradient)) < 2e-3
        assert abs(abs(float(by_adam)) - 0.1) < 1e-3 and float(by_adam) * float(gradient) < 0
    page.locator(".point-card .close").click()
    expect(card).to_be_hidden()


def test_everything_is_in_the_address(page: Page, server: str) -> None:
    open_playground(page, server)
    page.get_by_role("button", name="Spirals").click()
    page.get_by_label("Classes").select_option("4")
    page.get_by_label("Activation").select_option("relu")
    page.get_by_label("Optimiser").select_option("adam")
    page.get_by_label("Penalty").select_option("l2")
    page.get_by_label("One hidden layer more").click()
    page.get_by_label("One unit fewer in hidden layer 3").click()
    page.get_by_label("Input x₁x₂").click()
    page.wait_for_url("**features=**")
    wanted = {
        "data": "spirals", "classes": "4", "activation": "relu", "optimiser": "adam", "penalty": "l2",
        "layers": "8,8,7", "features": "x1,x2,x1x2",
    }  # fmt: skip
    assert wanted.items() <= asked(page).items()
    page.reload()
    expect(page.get_by_label("One unit fewer in hidden layer 3")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Activation")).to_have_value("relu")
    expect(page.locator(".legend")).to_contain_text("class 4")
    assert wanted.items() <= asked(page).items()


def test_nonsense_in_the_address_is_said(page: Page, server: str) -> None:
    open_section(page, server, "A network learns", layers="8,99", rate="fast", data="own", own="!!", noise=20)
    said = page.locator(".neurons .right .said")
    for words in ("layers = “8,99”", "rate = “fast”", "points in the link make no sense"):
        expect(said).to_contain_text(words, timeout=60_000)


def test_points_are_drawn_erased_and_taken_back_with_the_mouse(page: Page, server: str) -> None:
    open_playground(page, server)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".neurons .right .said")).to_contain_text("There are no points")
    expect(page.get_by_role("button", name="Start", exact=False).first).to_be_disabled()
    page.get_by_label("Draw points of class 1").click()
    draw_line(page, [(-4, -4), (-4, 4)])
    expect(page.locator(".neurons .right .said")).to_contain_text("All points are class 1")
    page.get_by_label("Draw points of class 3").click()
    draw_line(page, [(4, -4), (4, 4)])
    expect(page.locator(".neurons .right .said")).to_be_hidden()
    page.wait_for_url("**own=**2.**")
    train(page, 40)
    expect(page.locator(".standing")).to_contain_text(re.compile("straight line|one curved line"))
    points, labels = decode_points(asked(page)["own"])  # by now it holds the last of them
    assert 10 < len(labels) < 60 and set(labels) == {0, 2}
    assert abs(points[labels == 0, 0] + 4).max() < 0.1 and abs(points[labels == 2, 0] - 4).max() < 0.1
    page.get_by_role("button", name="Erase").click()
    draw_line(page, [(4, -4.5), (4, 4.5)])
    wait_for_script(page, "!new URL(location.href).searchParams.get('own').includes('2.')")
    page.get_by_role("button", name="Undo").click()
    wait_for_script(page, "new URL(location.href).searchParams.get('own').includes('2.')")
    page.reload()
    expect(page.locator(".chosen")).to_have_text(re.compile(rf"Your points \({len(labels)}\)"), timeout=30_000)


def test_a_table_is_pasted_and_uploaded_and_wrong_or_too_large_ones_are_said(
    page: Page, server: str, tmp_path: Path
) -> None:
    open_playground(page, server)
    page.get_by_text("Your own table (CSV)").click()
    field = page.get_by_label("A table with two columns of numbers and a label")
    said = page.locator(".panel .said").first
    write(field, "1,2,a\n3,NaN,b")
    page.get_by_role("button", name="Use this table").click()
    expect(said).to_have_text("“NaN” in line 2 is not a number.")
    expect(page.locator(".chosen")).to_have_text("Two moons")
    write(field, "width;height;kind\n1,5;2;<b>x</b>\n2,5;4;y\n3;1;<b>x</b>\n4;5;y")
    page.get_by_role("button", name="Use this table").click()
    expect(said).to_have_text("4 points of 2 classes: <b>x</b>, y.")
    expect(page.locator(".legend")).to_contain_text("<b>x</b>")
    page.wait_for_url("**labels=**")
    file = tmp_path / "many.csv"
    file.write_text("1,2,a\n3,4,b\n" * 400_000)
    page.get_by_label("A CSV file").set_input_files(file)
    expect(said).to_contain_text("kB; the limit is")
    file.write_text("x,y,value\n" + "\n".join(f"{k},{-k},{k * k}" for k in range(50)))
    page.get_by_label("A CSV file").set_input_files(file)
    expect(said).to_contain_text("50 points with a number to predict.")
    expect(said).to_contain_text("−1 is 0, 1 is 2400.")
    train(page, 20)
    expect(page.locator(".standing")).to_contain_text("of the variance")
    page.wait_for_url("**values=**")
    page.reload()
    expect(page.locator(".neurons .standing")).to_contain_text("of the variance", timeout=30_000)
    expect(page.locator(".chosen")).to_have_text("Your points (50)")

    page.get_by_text("Your own table (CSV)").click()
    row = "1,2,a\n"
    paste(field, 100_000 * row)
    expect(said).to_contain_text("100,000 rows; the limit is 5,000")
    expect(field).to_have_value("")
    paste(field, 5000 * row)  # last, as a key that is pressed in so many rows takes a browser seconds
    expect(field).to_have_value(5000 * row)


def test_a_table_is_in_the_address_with_its_names_and_axes(page: Page, server: str) -> None:
    open_playground(page, server)
    page.get_by_text("Your own table (CSV)").click()
    field = page.get_by_label("A table with two columns of numbers and a label")
    write(field, "height,weight,kind\n160,50,a~b\n180,90,c\n170,60,a~b\n175,80,c")
    page.get_by_role("button", name="Use this table").click()
    page.wait_for_url("**axes=**")
    page.reload()
    expect(page.locator(".legend")).to_contain_text(re.compile("^a~bctest$"), timeout=30_000)
    plane(page).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".line .what")).to_contain_text("At (171, 70) the network says")


@pytest.mark.chromium
def test_the_script_and_points_are_saved_and_what_is_looked_at_stays_when_the_window_or_the_weights_change(
    page: Page, server: str, tmp_path: Path
) -> None:
    open_playground(page, server, layers="3")
    page.get_by_text("The same in PyTorch").click()
    expect(page.locator(".panel code")).to_contain_text("nn.Linear(2, 3)")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as neurons.py").click()
    saved.value.save_as(tmp_path / "neurons.py")
    compile((tmp_path / "neurons.py").read_text("utf-8"), "neurons.py", "exec")
    page.get_by_text("The same in PyTorch").click()

    page.mouse.click(*place_of(page, 0, 2))
    page.get_by_label("hidden layer 1, unit 2: show its arithmetic").click()
    page.set_viewport_size({"width": 1100, "height": 700})
    unit = page.get_by_label("hidden layer 1, unit 2: show its arithmetic")
    page.get_by_role("button", name="Reset weights").click()
    page.get_by_role("button", name="1 epoch").click()
    expect(page.locator(".point-card .note")).to_contain_text("After 21 updates")
    expect(page.locator(".unit-card")).to_be_visible()
    expect(unit).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Circles").click()  # other points
    expect(page.locator(".point-card")).to_be_hidden()

    page.get_by_text("Your own table (CSV)").click()
    table = "x,y,value\n" + "\n".join(f"{k},{-k},{k * k}" for k in range(50))
    paste(page.get_by_label("A table with two columns of numbers and a label"), table)
    page.get_by_role("button", name="Use this table").click()
    expect(page.locator(".panel .said").first).to_contain_text("50 points with a number to predict.")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the points").click()
    saved.value.save_as(tmp_path / "points.csv")
    lines = (tmp_path / "points.csv").read_text("utf-8").splitlines()
    assert lines[0] == "x,y,label,part" and len(lines) == 51
    assert lines[50].startswith("49,-49,2401,")

    page.get_by_role("button", name="Reset weights").click()
    page.get_by_role("button", name="Start", exact=False).first.dblclick()  # and it is not paused again
    wait_for_script(page, FIND + "(/Epoch [1-9]/).test(find(document, '.neurons .count').textContent)")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


@pytest.mark.long
def test_a_hidden_tab_pauses(page: Page, server: str) -> None:
    open_playground(page, server)
    page.get_by_role("button", name="Start", exact=False).first.click()
    wait_for_script(page, FIND + "(/Epoch \\d{2}/).test(find(document, '.neurons .count').textContent)")
    hide = """hidden => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
      return new Promise(done => setTimeout(done, 200))
    }"""
    page.evaluate(hide, True)
    before = epochs(page)
    page.evaluate("new Promise(done => setTimeout(done, 600))")
    assert epochs(page) == before
    page.evaluate(hide, False)
    wait_for_script(
        page,
        "before => {" + FIND + "return find(document, '.neurons .count').textContent !== before }",
        arg=page.locator(".count").text_content(),
    )
    assert epochs(page) < before + 60  # what was missed is not made up for


def test_a_learning_rate_that_is_too_high_is_said(page: Page, server: str) -> None:
    open_playground(page, server, data="slope", activation="relu", rate=10)
    page.get_by_role("button", name="Start", exact=False).first.click()
    expect(page.get_by_text("The loss has diverged")).to_be_visible()
    expect(page.get_by_text("Try 1, or Adam")).to_be_visible()
    expect(page.get_by_role("button", name="Start", exact=False).first).to_be_visible()


def test_the_keyboard_reaches_everything(page: Page, server: str) -> None:
    open_playground(page, server, data="own", own="0.OqOq~1.xVxV", test=0, layers="2")
    plane(page).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator(".line .what")).to_contain_text("At (1, 1) the network says class")
    page.keyboard.press("Enter")
    expect(page.locator(".point-card")).to_contain_text("class 2")
    page.get_by_label("Draw points of class 4").focus()
    page.keyboard.press("Enter")
    plane(page).focus()
    page.keyboard.press(" ")
    page.wait_for_url("**own=**3.**")
    page.keyboard.press("Control+z")
    page.wait_for_url("**own=0.OqOq*1.xVxV&**")
    unit = page.get_by_label("hidden layer 1, unit 2: show its arithmetic")
    unit.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("bias b")).to_be_visible()
    names = page.evaluate(
        FIND
        + """
      [...find(document, '.neurons').querySelectorAll('button, select, input, textarea, [tabindex]')]
        .filter(one => !(one.ariaLabel || one.textContent.trim() || one.title || one.closest('label'))).length"""
    )
    assert names == 0


def small_texts(page: Page, root: str) -> list[str]:
    """Return what is written smaller than 14 pixels."""
    return page.evaluate(
        "root => {"
        + FIND
        + """
      return [...find(document, root).querySelectorAll('*')]
        .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
        .filter(one => parseFloat(getComputedStyle(one).fontSize) < 14).map(one => one.outerHTML.slice(0, 80))
    }""",
        root,
    )


def test_what_was_trained_is_there_after_a_visit_elsewhere_and_nothing_is_small(page: Page, server: str) -> None:
    open_playground(page, server)
    page.get_by_label("Draw points of class 2").click()
    page.mouse.click(*place_of(page, 0, 5))
    train(page, 30)
    before = page.locator(".count").text_content()
    page.get_by_text("One neuron").click()
    expect(page.locator(".neuron .formula")).to_be_visible()
    assert small_texts(page, ".neuron") == []
    page.get_by_text("A network learns").click()
    expect(page.locator(".count")).to_have_text(before)
    expect(page.locator(".chosen")).to_have_text("Your points (301)")
    assert small_texts(page, ".neurons") == []

    page.get_by_role("button", name="Spirals").click()
    page.wait_for_url("**data=spirals**")
    before = "Epoch 1, update 21"
    page.get_by_role("button", name="1 epoch").click()
    expect(page.locator(".count")).to_have_text(before)
    page.get_by_role("link", name="Draw a digit").first.click()
    expect(page.locator("h1")).to_have_text("Draw a digit", timeout=30_000)
    page.go_back()
    expect(page.locator(".count")).to_have_text(before, timeout=30_000)
    assert asked(page) == {"neurons-section": "A network learns", "data": "spirals"}
    page.reload()
    expect(page.locator(".chosen")).to_have_text("Spirals", timeout=30_000)


def test_a_training_becomes_a_run(page: Page, server: str) -> None:
    open_playground(page, server, data="own", own="0.OqOqAbAb", optimiser="adam", rate=0.01, points=100)
    page.get_by_role("button", name="Train it as a run").click()
    expect(page.locator(".neurons .right .said")).to_contain_text("All points are class 1")
    expect(page.get_by_role("link", name="Watch it under Train")).to_have_count(0)
    page.get_by_role("button", name="Two moons").click()
    page.get_by_role("button", name="Train it as a run").click()
    page.get_by_role("link", name="Watch it under Train").click()
    expect(page.get_by_text("Points: Two moons", exact=False).first).to_be_visible(timeout=30_000)


def phone(browser: Browser) -> Page:
    return browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()


@pytest.mark.chromium
def test_on_a_phone_a_finger_draws_points_and_moves_the_input_and_nothing_is_cut_off(
    browser: Browser, server: str
) -> None:
    page = phone(browser)
    open_playground(page, server, layers="4,4,4,4,4", data="own", own="0.OqOq")
    page.get_by_label("Draw points of class 2").tap()
    swipe(page, [(2, -4), (2, 4), (5, 4)])
    # The address is written while the finger moves; of its last points it tells a moment later.
    points, labels = wait_until(lambda: (drawn := decode_points(asked(page)["own"])) and len(drawn[1]) > 8 and drawn)
    assert abs(points[labels == 1][0] - (2, -4)).max() < 0.1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    inside, whole = page.evaluate(FIND + "(({ clientWidth, scrollWidth }) => [clientWidth, scrollWidth])"
                                         "(find(document, '.diagram'))")  # fmt: skip
    assert whole > inside > 300  # the network scrolls sideways
    cut = page.evaluate(
        FIND
        + """
      [...find(document, '.neurons').querySelectorAll('*')]
        .filter(one => !one.closest('.diagram, .unseen, pre, .settings, .grid, .thumbs')) // a finger moves them
        .filter(one => one.getBoundingClientRect().right > 391).length"""
    )
    assert cut == 0

    page.get_by_role("radio", name="One neuron").tap()
    canvas = page.locator(".neuron canvas.plane")
    canvas.scroll_into_view_if_needed(timeout=60_000)
    box = canvas.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 30 + 290 / 3, box["y"] + 290 / 3)  # (0, 1)
    expect(page.locator(".neuron .formula")).to_contain_text("4.00·0.00 + 4.00·1.00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_one_neuron_in_numbers(page: Page, server: str) -> None:
    open_section(page, server, "One neuron")
    formula = page.locator(".neuron .formula")
    expect(formula).to_contain_text("z = w₁x₁ + w₂x₂ + b = 4.00·1.00 + 4.00·0.00 + (−6.00) = −2.00", timeout=60_000)
    expect(formula).to_contain_text("a = sigmoid(z) = sigmoid(−2.00) = 0.119")
    field = page.get_by_label("w₂", exact=True)
    write(field, "-1.5")
    field.press("Enter")
    other = page.get_by_label("x₂", exact=True)
    write(other, "2")
    other.press("Enter")
    expect(formula).to_contain_text("4.00·1.00 + (−1.50)·2.00 + (−6.00) = −5.00")
    expect(page.locator(".flat")).to_contain_text("saturated")
    expect(page.locator(".flat")).to_contain_text("a \u2212 wanted is left")  # the output learns all the same
    for name, function in {"tanh": torch.tanh, "relu": torch.relu, "gelu": nn.functional.gelu}.items():
        page.get_by_label("Activation").select_option(name)
        value = function(torch.tensor(-5.0)).item()
        expect(formula).to_contain_text(f"(−5.00) = {value:.3f}".replace("= -0.000", "= 0.000").replace("-", "−"))
    page.wait_for_url("**n-w=4%2C-1.5**n-activation=gelu**")  # what changed last is written last
    page.reload()
    expect(formula).to_contain_text("(−1.50)·2.00", timeout=30_000)
    write(field, "99")
    field.press("Enter")
    expect(field).to_have_value("-1.5")


def test_gates_are_done_and_xor_is_not(page: Page, server: str) -> None:
    open_section(page, server, "One neuron")
    verdict = page.locator(".neuron .verdict")
    for gate in ("AND", "OR", "NOT"):
        page.get_by_role("button", name=gate, exact=True).click()
        expect(verdict).to_contain_text(f"right in 4 of 4. {gate} can be done by one neuron", timeout=60_000)
    page.get_by_role("button", name="XOR", exact=True).click()
    expect(verdict).to_contain_text("none gets more than 3 of 4 right")
    page.get_by_role("button", name="Let it learn").click()
    expect(page.locator(".lesson")).to_contain_text("cross-entropy is 0.693", timeout=60_000)
    expect(page.locator(".lesson")).to_contain_text("ln 2", timeout=60_000)
    page.get_by_label("Inputs").select_option("3")
    expect(page.locator(".neuron tr")).to_have_count(9)
    page.get_by_role("button", name="AND", exact=True).click()
    expect(verdict).to_contain_text("right in 8 of 8")
    page.get_by_label("Row 0 0 0 wants 0: want the other").click()
    expect(verdict).to_contain_text("This table cannot be done")
    expect(verdict).to_contain_text("planes that were tried")


@pytest.mark.long
@pytest.mark.timeout(300)
def test_seeds_and_landscape_are_shown(page: Page, server: str) -> None:
    open_section(page, server, "Is it luck?")
    expect(page.locator(".histograms .said").first).to_contain_text("right in", timeout=60_000)
    expect(page.locator(".js-plotly-plot .gl-container canvas, .js-plotly-plot canvas").first).to_be_visible(
        timeout=60_000
    )
    expect(page.locator(".histograms")).not_to_contain_text("computing", timeout=90_000)
    expect(page.get_by_text("seeds", exact=False).first).to_be_visible()
