"""How long an examination takes."""

import time
from pathlib import Path

import pytest

from core.data.images import held_out_digits
from core.inspection.chooser import shipped
from core.inspection.examining import examine
from tests.serving import slowness

pytestmark = pytest.mark.benchmark


def test_ten_thousand_pictures_are_examined_in_five_seconds(mnist: Path) -> None:
    images, times = held_out_digits(), []
    assert len(images) == 10_000
    for name in ("digit-cnn", "digit-cnn"):
        begun = time.perf_counter()
        examine(shipped(name), images)
        times.append(time.perf_counter() - begun)
    print(f"examination of 10,000 pictures: {times[0]:.2f} s, again {times[1] * 1000:.1f} ms")
    assert times[0] < 5 * slowness()
    assert times[1] < 0.1 * slowness()
