"""What starts with the server."""

import gc
import subprocess
import sys
import tomllib

from core.paths import ROOT
from core.ui.shell.startup import changing_places_often, settle


def test_what_is_in_memory_is_no_longer_looked_through() -> None:
    circle: list[object] = []
    circle.append(circle)
    gc.unfreeze()
    try:
        settle()
        assert gc.get_freeze_count() > 10_000
        assert sum(gc.get_count()) < 2_000
        assert circle[0] is circle
    finally:
        gc.unfreeze()


def test_threads_change_places_often_only_while_networks_are_loaded() -> None:
    before = sys.getswitchinterval()
    with changing_places_often():
        assert sys.getswitchinterval() < before / 5
    assert sys.getswitchinterval() == before


def test_the_first_page_does_not_wait_for_libraries_of_others() -> None:
    """Together they take seconds to import, on the way to the first answer; SciPy's `ndimage` brings `numpy.f2py`."""
    script = """
import sys
import tomllib
import core.training.config
from core.data.images.datasets import sample_digits
from core.data.images.digits import from_pixels
from core.inspection.images.recognition import digit_margin
digit_margin(from_pixels(sample_digits().images[0] / 255).pixels)
print(*sorted({"scipy.signal", "scipy.stats", "scipy.spatial", "scipy.ndimage", "skimage.morphology", "matplotlib",
               "plotly", "sklearn", "pandas", "torchvision", "captum", "statsmodels", "numpy.f2py", "pooch", "filelock",
               "natsort"} & set(sys.modules)))
"""
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""


def test_no_message_is_left_to_streamlits_cache() -> None:
    """It loses count of large elements that fragments send, and the page dies with "Cached ForwardMsg MISS"."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["global"]["minCachedMessageSize"] >= 1_000_000_000
