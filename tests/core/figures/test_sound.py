"""Pictures of sound: what is drawn is what was computed."""

import numpy as np

from core.figures.sound import frame_chart


def test_a_frame_is_drawn_with_and_without_its_window() -> None:
    samples, window = np.array([0.5, -1.0, 0.25, 0.0], np.float32), np.array([0, 0.5, 1, 0.5], np.float32)
    chart = frame_chart(samples, window, 8000)
    frame, faded, above, below = (np.array(line["data"]) for line in chart["series"])
    np.testing.assert_allclose(frame, [[0, 0.5], [0.125, -1], [0.25, 0.25], [0.375, 0]])
    np.testing.assert_allclose(faded[:, 1], [0, -0.5, 0.25, 0])
    np.testing.assert_allclose(above[:, 1], window)
    np.testing.assert_allclose(below[:, 1], -window)
    assert (chart["xAxis"]["max"], chart["yAxis"]["min"]) == (0.5, -1.0)
