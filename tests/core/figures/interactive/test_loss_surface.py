"""The surface of the loss, and the ways on it."""

import numpy as np

from core.figures.interactive.loss_surface import loss_surface
from core.figures.interactive.template import for_phone

AXIS = np.linspace(-1, 1, 5)
LOSSES = np.add.outer(AXIS**2, AXIS**2)
PATH = ("SGD", np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([2.0, 0.0]))


def test_what_lies_above_the_ceiling_is_cut_off() -> None:
    surface, way = loss_surface(AXIS, AXIS, LOSSES, [PATH], 1.5).data
    assert surface.z.max() == 1.5 and surface.z.min() == 0
    assert way.name == "SGD" and way.z.tolist() == [1.5 + 1.5 / 200, 1.5 / 200]


def test_from_further_away_it_is_looked_at_in_the_same_direction() -> None:
    near, far = (
        np.array([eye.x, eye.y, eye.z])
        for change in (lambda figure: figure, for_phone)
        for eye in [change(loss_surface(AXIS, AXIS, LOSSES, [PATH], 1.5)).layout.scene.camera.eye]
    )
    assert np.linalg.norm(far) > 1.3 * np.linalg.norm(near)
    assert np.allclose(np.cross(near, far), 0)
    beside, below = (
        change(loss_surface(AXIS, AXIS, LOSSES, [PATH], 1.5)).layout.scene.camera.center.z
        for change in (lambda figure: figure, for_phone)
    )
    assert beside < below < 0
