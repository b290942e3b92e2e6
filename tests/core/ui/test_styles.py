"""Our style rules are read by all browsers, Safari and Firefox among them."""

import re
import tomllib
from pathlib import Path

import pytest

import core.ui
from core.paths import ROOT
from core.ui.shell.style import house_style

FOLDER = Path(core.ui.__file__).parent
SOURCES = sorted(path for kind in ("*.css", "*.py") for path in FOLDER.rglob(kind))
STYLED = [path for path in SOURCES if re.search(r"[{;]\s*[\w-]+\s*:[^;{}]+;", path.read_text("utf-8"))]
RULES = [
    (path.relative_to(FOLDER).as_posix(), rule)
    for path in STYLED
    for rule in re.findall(r"\{([^{}]*:[^{}]*)\}", re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL))
]


def declarations(rule: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in rule.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}


def test_rules_are_found() -> None:
    assert len({file for file, _ in RULES}) > 20
    assert {"display": "flex", "gap": "1px"}.items() <= declarations("\n display: flex; gap: 1px").items()


@pytest.mark.parametrize("prefixed", ["user-select", "box-decoration-break", "text-size-adjust"])
def test_what_safari_knows_with_its_prefix_only_is_said_both_ways(prefixed: str) -> None:
    alone = [
        (file, rule)
        for file, rule in RULES
        if prefixed in (found := declarations(rule)) and found.get(f"-webkit-{prefixed}") != found[prefixed]
    ]
    assert not alone


def test_a_line_and_its_style_are_two_properties() -> None:
    """Safari drops `text-decoration: underline dotted` as a whole."""
    assert not [(file, rule) for file, rule in RULES if " " in declarations(rule).get("text-decoration", "")]


def test_turned_text_has_no_automatic_margin() -> None:
    """Safari computes it and lays the text as if there were none."""
    turned = [
        (file, found) for file, rule in RULES if "vertical" in (found := declarations(rule)).get("writing-mode", "")
    ]
    assert turned
    margins = [
        (file, name) for file, found in turned for name, value in found.items() if "margin" in name and "auto" in value
    ]
    assert not margins


def test_letters_follow_the_size_that_somebody_has_set_in_the_browser() -> None:
    """Streamlit sizes the root in pixels. With 16, every browser's own, ours is the same."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert f":root {{ font-size: {100 * theme['baseFontSize'] / 16:g}%; }}" in house_style(projecting=False)
    assert house_style(projecting=True).count("font-size: max(22px, 137.5%) !important") == 1
    assert f"calc((1rem - {theme['baseFontSize']}px) * 27)" in house_style(projecting=False)  # lists: nothing at first


def test_no_letters_are_sized_in_pixels() -> None:
    """They would stay small where somebody has set larger ones. A field over a canvas has the size of its cell."""
    pixels = [
        (file, name)
        for file, rule in RULES
        for name, value in declarations(rule).items()
        if name in ("font", "font-size") and re.search(r"(?<![\d.])\d+px", re.sub(r"max\([^)]*\)|/\d+px", "", value))
    ]
    assert {file for file, _ in pixels} <= {
        "components/convolution/convolution.css",
        "components/presenting/presenting.css",  # a symbol
        "shell/house.css",  # numbers in a figure of fixed size
        "components/component.py",  # before there is a style of the page
    }


def test_what_is_chosen_shows_the_focus_all_the_same() -> None:
    """Of two outlines the later one is seen."""
    for path in FOLDER.rglob("*.css"):
        text = path.read_text("utf-8")
        chosen = [found.start() for found in re.finditer(r'\[aria-pressed="true"\] \{[^}]*outline:', text)]
        assert not chosen or text.rindex(":focus-visible") > max(chosen), path.name


def test_where_the_system_chooses_all_colours_bars_and_choices_are_seen() -> None:
    _, _, forced = house_style(projecting=False).partition("@media (forced-colors: active)")
    kept = {"stBidiComponentIsolated", "stHtml", '[role="radio"][aria-checked="true"]', "stSlider", "stCheckbox"}
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", forced)
    found = " ".join(selector for selector, rule in rules if declarations(rule).get("forced-color-adjust") == "none")
    assert all(name in found for name in kept)


def test_why_a_file_was_not_taken_is_seen_without_a_mouse() -> None:
    _, _, rest = house_style(projecting=False).partition(
        '[data-testid="stFileChip"][aria-invalid="true"] [role="alert"]'
    )
    shown = declarations(rest[rest.index("{") + 1 : rest.index("}")])
    assert {"position": "static", "width": "auto", "height": "auto", "clip": "auto"}.items() <= shown.items()
