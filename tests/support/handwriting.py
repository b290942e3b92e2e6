"""Digits as pen strokes in several hands, for tests that draw: in Chromium with the mouse, or here with Pillow.

A digit is a list of strokes, a stroke a list of (x, y) in the unit square, y downwards.
"""

from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw

Point = tuple[float, float]
Stroke = list[Point]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float, steps: int = 24) -> Stroke:
    """Points on an ellipse from `start` to `end` degrees; 0 is right, 90 is down."""
    angles = [(start + (end - start) * i / steps) * pi / 180 for i in range(steps + 1)]
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in angles]


ROUND: dict[int, list[Stroke]] = {
    0: [arc(0.5, 0.5, 0.32, 0.45, -90, 270)],
    1: [[(0.5, 0.05), (0.5, 0.95)]],
    2: [arc(0.5, 0.3, 0.3, 0.25, -170, 40) + [(0.2, 0.92), (0.82, 0.92)]],
    3: [arc(0.47, 0.28, 0.28, 0.23, -150, 90) + arc(0.47, 0.72, 0.31, 0.23, -90, 150)],
    4: [[(0.3, 0.08), (0.22, 0.55), (0.8, 0.55)], [(0.66, 0.1), (0.66, 0.95)]],
    5: [[(0.75, 0.08), (0.32, 0.08), (0.28, 0.45)] + arc(0.47, 0.67, 0.3, 0.26, -130, 140)],
    6: [[(0.65, 0.05), (0.42, 0.25), (0.28, 0.55)] + arc(0.5, 0.7, 0.25, 0.24, 180, -180)],
    7: [[(0.2, 0.1), (0.8, 0.1), (0.42, 0.95)]],
    8: [arc(0.5, 0.28, 0.23, 0.22, 90, -270) + arc(0.5, 0.72, 0.28, 0.23, -90, 270)],
    9: [arc(0.48, 0.3, 0.25, 0.23, 0, -360) + [(0.73, 0.3), (0.7, 0.6), (0.6, 0.95)]],
}
"""Round and upright, as taught in school."""

EUROPEAN: dict[int, list[Stroke]] = {
    0: [arc(0.5, 0.5, 0.38, 0.42, -60, 300)],
    1: [[(0.3, 0.35), (0.58, 0.06), (0.56, 0.95)]],
    2: [arc(0.48, 0.28, 0.28, 0.22, -160, 60) + [(0.22, 0.88)] + [(0.4, 0.84), (0.6, 0.9), (0.8, 0.9)]],
    3: [arc(0.45, 0.28, 0.26, 0.21, -130, 80) + [(0.42, 0.48)] + arc(0.45, 0.72, 0.3, 0.23, -80, 130)],
    4: [[(0.55, 0.05), (0.18, 0.62), (0.85, 0.62)], [(0.62, 0.4), (0.58, 0.97)]],
    5: [[(0.35, 0.1), (0.3, 0.45)] + arc(0.46, 0.68, 0.28, 0.26, -120, 130), [(0.35, 0.1), (0.78, 0.08)]],
    6: [arc(0.75, 0.5, 0.5, 0.45, -115, -180) + arc(0.5, 0.72, 0.24, 0.22, 180, 530)],
    7: [[(0.2, 0.14), (0.78, 0.1), (0.38, 0.95)], [(0.32, 0.52), (0.72, 0.48)]],
    8: [[(0.68, 0.15)] + arc(0.5, 0.27, 0.21, 0.2, -30, -250) + arc(0.5, 0.72, 0.26, 0.23, -70, 250) + [(0.7, 0.15)]],
    9: [arc(0.5, 0.3, 0.26, 0.24, -10, -370) + arc(0.3, 0.45, 0.45, 0.5, -10, 70)],
}
"""A barred seven, a flagged one, an open four."""

SLANTED: dict[int, list[Stroke]] = {
    0: [[(x + 0.25 * (0.5 - y), y) for x, y in arc(0.5, 0.5, 0.25, 0.44, -90, 275)]],
    1: [[(0.64, 0.05), (0.4, 0.95)]],
    2: [[(x + 0.2 * (0.5 - y), y) for x, y in arc(0.48, 0.3, 0.25, 0.24, -170, 45) + [(0.2, 0.9), (0.78, 0.86)]]],
    3: [[(x + 0.2 * (0.5 - y), y) for x, y in ROUND[3][0]]],
    4: [[(0.42, 0.1), (0.2, 0.55), (0.75, 0.5)], [(0.7, 0.3), (0.52, 0.97)]],
    5: [[(x + 0.22 * (0.5 - y), y) for x, y in ROUND[5][0]]],
    6: [[(x + 0.15 * (0.5 - y), y) for x, y in ROUND[6][0]]],
    7: [[(0.25, 0.12), (0.85, 0.1), (0.62, 0.4), (0.38, 0.95)]],
    8: [[(x + 0.2 * (0.5 - y), y) for x, y in ROUND[8][0]]],
    9: [[(x + 0.1 * (0.5 - y), y) for x, y in ROUND[9][0]]],
}
"""Leaning to the right, in a hurry."""

HABITS: dict[str, tuple[int, list[Stroke]]] = {
    "slashed 0": (0, [ROUND[0][0], [(0.78, 0.12), (0.22, 0.88)]]),
    "1 with a flag": (1, [[(0.36, 0.3), (0.56, 0.05), (0.55, 0.95)]]),
    "1 with a long flag": (1, [[(0.25, 0.55), (0.58, 0.05), (0.56, 0.95)]]),
    "open 4": (4, ROUND[4]),
    "5 in two strokes": (5, EUROPEAN[5]),
    "barred 7": (7, EUROPEAN[7]),
    "9 with a curved tail": (9, [arc(0.5, 0.3, 0.26, 0.24, -10, -370) + arc(0.44, 0.68, 0.32, 0.26, -60, 130)]),
}
"""Habits of whole countries, by the titles of `core.data.pen.habits.HABITS`: the digit, and how it is written."""

HANDS = {"round": ROUND, "european": EUROPEAN, "slanted": SLANTED}


def place(strokes: list[Stroke], left: float, top: float, width: float, height: float) -> list[Stroke]:
    """Scale strokes from the unit square to a box in pixels."""
    return [[(left + x * width, top + y * height) for x, y in stroke] for stroke in strokes]


def draw(strokes: list[Stroke], brush: float, side: int = 280) -> np.ndarray:
    """Return a canvas (side, side, 4), white strokes with round ends on transparent, antialiased."""
    scale = 4
    picture = Image.new("L", (side * scale, side * scale), 0)
    pen = ImageDraw.Draw(picture)
    radius = brush * scale / 2
    for stroke in strokes:
        points = [(x * scale, y * scale) for x, y in stroke]
        pen.line(points, fill=255, width=max(1, round(brush * scale)), joint="curve")
        for x, y in points:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    alpha = np.asarray(picture.resize((side, side), Image.Resampling.BOX))
    return np.dstack([np.full_like(alpha, 255)] * 3 + [alpha])
