"""What the README promises."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.images.datasets import sample_digits
from core.paths import ROOT
from core.settings import Settings
from core.ui.page_registry import PAGES
from tests.support.handwriting import ROUND, draw, place

README = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_are_there() -> None:
    commands = re.findall(r"```\n(pip install .*)\n```", README)
    assert commands == [
        "pip install -r requirements.txt && streamlit run app.py",
        "pip install -r requirements-dev.txt && pytest",
    ]


def test_the_snippet_reads_a_photograph(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = 255 - draw(place(ROUND[3], 60, 40, 130, 190), 18)[..., 3]
    Image.fromarray(paper).save(tmp_path / "photo.png")
    monkeypatch.chdir(tmp_path)
    snippet = re.findall(r"```python\n(.*?)```", README, re.S)[0]
    names: dict[str, object] = {}
    exec(snippet, names)
    printed = re.findall(r"\[([^\]]*)\]", capsys.readouterr().out)  # what follows the probabilities is no list
    probabilities = np.array(printed[0].split(), float)
    assert np.shape(names["pixels"]) == (28, 28)
    assert probabilities.shape == (10,)
    assert probabilities.argmax() == 3


def test_every_page_has_its_row_in_the_table() -> None:
    rows = re.findall(r"^\| (.+?) \| `/(.*?)` \| \S.* \|$", README, re.M)
    assert rows == [(entry.title, entry.url_path) for entry in PAGES.values()]


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 120


def test_every_setting_is_explained() -> None:
    named = set(re.findall(r"`(?:PLAYGROUND)?_([A-Z_]+)`", README))
    assert named >= {name.upper() for name in Settings.model_fields}


def test_the_linked_test_digit_comes_with_the_app() -> None:
    (index,) = re.findall(r"draw-digit\?test=(\d+)", README)
    assert int(index) in sample_digits().indices
