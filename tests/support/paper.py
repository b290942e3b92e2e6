"""Pages as people photograph and scan them, made from MNIST test digits: kinds of paper, light and surroundings."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.data.images.datasets import digits

Page = NDArray[np.float32]

HEIGHT, WIDTH, DIGIT = 800, 600, 220
INK = 0.15
BLUE = 0.299 * 150 / 255 + 0.587 * 180 / 255 + 0.114 * 220 / 255
"""Brightness of the lines of ruled paper, (150, 180, 220)."""


def pen(place: int) -> Page:
    """How much ink there is, (220, 220): a test digit as a pen writes it, without grey of its own."""
    image = Image.fromarray(digits("test").images[place]).resize((DIGIT, DIGIT), Image.Resampling.BICUBIC)
    grey = np.asarray(image, np.float32) / 255
    return ((grey - 0.45) / 0.15).clip(0, 1)


def write(paper: Page, ink: Page, level: float = INK) -> Page:
    """Write in the middle of a page."""
    page = paper.copy()
    top, left = (page.shape[0] - DIGIT) // 2, (page.shape[1] - DIGIT) // 2
    part = page[top : top + DIGIT, left : left + DIGIT]
    part[:] = part * (1 - ink) + level * part * ink
    return page


def white() -> Page:
    return np.ones((HEIGHT, WIDTH), np.float32)


def turned(page: Page, degrees: float) -> Page:
    """Turn the whole page; what comes into view is more of the same paper."""
    wide = np.pad(page, ((HEIGHT // 2,) * 2, (WIDTH // 2,) * 2), mode="wrap")
    image = Image.fromarray((wide * 255).astype(np.uint8)).rotate(degrees, Image.Resampling.BICUBIC)
    array = np.asarray(image, np.float32) / 255
    return array[HEIGHT // 2 : -(HEIGHT // 2), WIDTH // 2 : -(WIDTH // 2)].copy()


def lines(page: Page, level: float, step: int = 60, width: int = 2, *, across: bool = True, down: bool = False) -> Page:
    page = page.copy()
    for at in range(width):
        if across:
            page[step // 2 + at :: step] = level
        if down:
            page[:, step // 2 + at :: step] = level
    return page


def dots(page: Page, level: float, step: int = 40, side: int = 3) -> Page:
    page = page.copy()
    for down in range(side):
        for right in range(side):
            page[step // 2 + down :: step, step // 2 + right :: step] = level
    return page


def shadow(page: Page, share: float, level: float) -> Page:
    page = page.copy()
    page[:, : int(WIDTH * share)] *= level
    return page


def flash(page: Page) -> Page:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    far = np.hypot(rows - HEIGHT / 2, columns - WIDTH / 2) / np.hypot(HEIGHT / 2, WIDTH / 2)
    return (page * (1.15 - 0.6 * far)).clip(0, 1).astype(np.float32)


def framed(page: Page, width: int = 1, level: float = 0.0) -> Page:
    page = page.copy()
    page[:width] = page[-width:] = level
    page[:, :width] = page[:, -width:] = level
    return page


def on_desk(page: Page) -> Page:
    desk = np.full((1000, 800), 0.2, np.float32)
    desk[100:900, 100:700] = page
    return desk


def bars(page: Page) -> Page:
    page = page.copy()
    page[:, :60] = page[:, -60:] = 0.0
    return page


def margin(page: Page) -> Page:
    page = page.copy()
    page[:, 100:102] = 0.6
    return page


@cache
def turned_paper(kind: str, degrees: float) -> Page:
    """Paper of a kind without ink, turned, which takes long: nobody may change it."""
    return turned(PAPERS[kind](np.zeros((DIGIT, DIGIT), np.float32)), degrees)


PAPERS: dict[str, Callable[[Page], Page]] = {
    "plain": lambda ink: write(white(), ink),
    "hard shadow": lambda ink: shadow(write(white(), ink), 0.15, 0.7),
    "shadow through the digit": lambda ink: shadow(write(white(), ink), 0.5, 0.7),
    "strip of table": lambda ink: shadow(write(white(), ink), 0.12, 0.25),
    "ruled": lambda ink: write(lines(white(), BLUE), ink),
    "ruled with a margin": lambda ink: write(margin(lines(white(), BLUE)), ink),
    "dark lines": lambda ink: write(lines(white(), 0.3), ink),
    "squared": lambda ink: write(lines(white(), BLUE, 30, down=True), ink),
    "dotted": lambda ink: write(dots(white(), 0.5), ink),
    "ruled, turned by 4 degrees": lambda ink: write(turned_paper("ruled", 4), ink),
    "ruled, turned by 10 degrees": lambda ink: write(turned_paper("ruled", 10), ink),
    "squared, turned by 7 degrees": lambda ink: write(turned_paper("squared", 7), ink),
    "dotted, turned by 5 degrees": lambda ink: write(turned_paper("dotted", 5), ink),
    "frame of one pixel": lambda ink: framed(write(white(), ink)),
    "sheet on a dark desk": lambda ink: on_desk(write(white(), ink)),
    "black bars": lambda ink: bars(write(white(), ink)),
    "flash": lambda ink: flash(write(white(), ink)),
    "light gradient": lambda ink: write(white(), ink) * np.linspace(1, 0.5, WIDTH, dtype=np.float32),
}
"""Pages by their kind, made from what the pen left."""
