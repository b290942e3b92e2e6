"""Every lesson, walked through by doing what its steps say: each link opens its page, each condition can be met."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from core.course.lessons import lessons
from core.ui.page_registry import PAGES, PATHS, page_at
from tests.support.drawing import canvas_of, draw, press
from tests.support.number_line import write
from tests.support.waiting import settle, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(3600)]

BAR, MORE = ".st-key-lesson-bar", ".st-key-lesson-more"
PATIENCE = 600_000  # ms: trainings on a busy machine
SEVEN = [[(0.0, 0.0), (1.0, 0.0), (0.35, 1.0)]]
FIVE = [[(0.2, 0.0), (0.2, 0.45), (0.9, 0.5), (0.9, 0.9), (0.1, 1.0)], [(0.2, 0.0), (0.9, 0.0)]]
STAR = [[(x, 0.1), (1.0 - x, 0.9)] for x in (0.1, 0.5, 0.9)] + [[(0.0, 0.5), (1.0, 0.5)], [(0.0, 0.0), (0.3, 0.0)]]


def done(page: Page) -> bool:
    return "Done:" in page.locator(MORE).inner_text()


def until_done(page: Page, act: Callable[[], None], times: int) -> None:
    """Do something again and again until the step has ticked itself off."""
    for _ in range(times):
        if done(page):
            return
        act()
        settle(page, 400)
    expect(page.locator(MORE)).to_contain_text("Done:")


def slide(name: str, key: str, times: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        until_done(page, lambda: page.get_by_role("slider", name=name).first.press(key), times)

    return act


def choose(page: Page, name: str, option: str) -> None:
    box = page.get_by_role("combobox", name=name).first
    box.scroll_into_view_if_needed()
    settle(page)  # scrolling would close the list
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def draw_seven(page: Page) -> None:
    draw(page, SEVEN)


def draw_five(page: Page) -> None:
    draw(page, FIVE)


def draw_no_digit(page: Page) -> None:
    page.get_by_role("button", name="Clear", exact=True).first.click()
    settle(page)
    canvas_of(page)
    draw(page, STAR)


def misread(page: Page) -> None:
    until_done(page, lambda: press(page, "misread-digit"), 30)


def change_kernel(page: Page) -> None:
    first = page.get_by_label("Kernel row 1, column 1", exact=False).first
    first.fill("3")
    first.press("Enter")


def relu_and_pooling(page: Page) -> None:
    choose(page, "Activation", "ReLU")
    settle(page)
    choose(page, "Pooling", "max")


def train(page: Page) -> None:
    press(page, "train-start")
    expect(page.locator(MORE)).to_contain_text("Done:", timeout=PATIENCE)
    # One training at a time: the next step begins with a button that can be pressed.
    expect(page.locator(".st-key-status .word")).to_have_text("Finished", timeout=PATIENCE)


def compare(page: Page) -> None:
    page.get_by_role("radio", name="Compare").click()
    settle(page)
    for _ in range(2):
        page.get_by_role("combobox", name="Runs").click()
        page.get_by_role("option").first.click()
        settle(page)


def examine(page: Page) -> None:
    page.get_by_role("radio", name="Examine").click()


def same_words(page: Page) -> None:
    page.get_by_role("textbox").nth(1).fill("film a lovely")


def faint_praise(page: Page) -> None:
    page.get_by_role("textbox").first.fill("This film is not very good")


def experiments(page: Page) -> None:
    for name in ("Play the film backwards", "Draw it backwards", "Strokes in another order"):
        page.get_by_role("button", name=name).click()
        settle(page, 400)
        if done(page):
            return


def shift_picture(page: Page) -> None:
    page.get_by_role("button", name="Shift the picture").click()


def touching(page: Page) -> None:
    page.locator(".number-canvas").get_by_role("button", name="Clear").click()
    settle(page)
    for apart in (75, 70, 65):
        write(page, "36", 60, apart=apart)
        settle(page, 400)
        if done(page):
            return
        page.locator(".number-canvas").get_by_role("button", name="Clear").click()
        settle(page)


def translate_ones(page: Page) -> None:
    page.get_by_role("textbox").first.fill("1111111")


def clip(page: Page) -> None:
    page.locator(".st-key-distance-clip label").first.click()


ACTS: dict[str, Callable[[Page], None]] = {
    "own-digit": draw_seven,
    "networks-disagree": misread,
    "cnn-is-wrong": misread,
    "no-digit": draw_no_digit,
    "own-kernel": change_kernel,
    "stride-two": slide("Stride", "ArrowRight", 1),
    "padded": lambda page: choose(page, "Padding", "same"),
    "relu-and-max-pooling": relu_and_pooling,
    "shifted-out": slide("Shift right, pixels", "ArrowRight", 10),
    "training-finished": train,
    "training-started": train,
    "loss-is-low": train,
    "memorises": train,
    "two-trainings": train,
    "runs-compared": compare,
    "network-examined": examine,
    "order-fools-all": same_words,
    "readers-disagree": faint_praise,
    "all-remember": slide("Words from the clue to the question", "ArrowLeft", 14),
    "clue-forgotten": slide("Words from the clue to the question", "ArrowRight", 30),
    "gradient-explodes": slide("Spectral radius of W_h", "ArrowRight", 12),
    "gradient-clipped": clip,
    "cutting-fails": touching,
    "translators-differ": translate_ones,
    "movement-noticed": experiments,
    "shift-noticed": shift_picture,
}
"""What the steps say that somebody does, by what ticks them off; where nothing stands, looking is enough."""
OWN_ACTS = {("movement", 0): draw_five}


@pytest.mark.parametrize("name", lessons(PATHS).entries)
def test_a_lesson_can_be_done_as_it_says(page: Page, server: str, name: str) -> None:
    lesson = lessons(PATHS).entries[name]
    page.goto(f"{server}/lessons")
    expect(page.locator(f".st-key-lesson-begin-{name} button:visible").first).to_be_enabled(timeout=120_000)
    press(page, f"lesson-begin-{name}")
    for at, step in enumerate(lesson.steps):
        expect(page.locator(BAR)).to_contain_text(f"Step {at + 1} of {len(lesson.steps)}", timeout=60_000)
        if step.link is not None:
            here = PAGES[page_at(step.link.path)]
            expect(page.locator("h1")).to_have_text(here.heading or here.title, timeout=60_000)
        settle(page, patience=60)
        if step.condition and not done(page):
            act = OWN_ACTS.get((name, at)) or ACTS.get(step.condition)
            if act:
                act(page)
            expect(page.locator(MORE)).to_contain_text("Done:", timeout=PATIENCE)
        assert not page.get_by_text("Something went wrong").count()
        press(page, "lesson-next")
    expect(page.get_by_role("heading", name="What I found")).to_be_visible(timeout=60_000)
    ticks = sum(1 for step in lesson.steps if step.condition)
    wait_until(lambda: f"{ticks} of {ticks} steps" in page.locator(".st-key-lesson-findings").inner_text())
