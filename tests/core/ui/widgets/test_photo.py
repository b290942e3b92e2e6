import pytest

from core.ui.widgets.photo import camera_allowed


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("http://localhost:8501/draw-digit", True),
        ("http://127.0.0.1:8501/", True),
        ("http://[::1]:8501/", True),
        ("https://school.example/draw-digit", True),
        ("", True),  # no browser at all
        ("http://192.168.1.20:8501/", False),
        ("http://localhost.example/", False),
        ("http://[", False),
        ("nonsense", False),
    ],
)
def test_browsers_lend_the_camera_to_secure_pages(address: str, allowed: bool) -> None:
    assert camera_allowed(address) is allowed
