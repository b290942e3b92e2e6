"""Makes the font of icons that the app sends: `python -m core.shipping.icons`, after an icon or Streamlit is new.

Streamlit's font holds 3,700 icons in 375 kB, more than anything else in a first visit. The app and Streamlit's own
pages use some 190 of them.
"""

import re
from importlib.metadata import distribution
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from core.paths import ASSETS, ROOT

FONT = ASSETS / "icons" / "material-symbols-rounded.woff2"
"""The icons that are used."""
_STREAMLIT = Path(str(distribution("streamlit").locate_file("streamlit"))) / "static" / "static"
_NAME = re.compile(r":material/([a-z0-9_]+)")
_BUTTON = re.compile(r'symbolButton\("([a-z0-9_]+)"')
_SYMBOL = re.compile(r'PageEntry\(\s*\S+ "[^"]+", "([a-z0-9_]+)"')
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def used_icons() -> set[str]:
    """Return the names of the icons in the app's source, its components and Streamlit's scripts."""
    sources = [path.read_text("utf-8") for base in ("core", "pages") for path in (ROOT / base).rglob("*.py")]
    scripts = [path.read_text("utf-8") for path in (_STREAMLIT / "js").glob("*.js")]
    symbols = _SYMBOL.findall((ROOT / "core" / "ui" / "page_registry.py").read_text("utf-8"))
    components = [path.read_text("utf-8") for path in (ROOT / "core" / "ui" / "components").rglob("*.js")]
    buttons = {name for text in components for name in _BUTTON.findall(text)}
    return {name for text in (*sources, *scripts) for name in _NAME.findall(text)} | set(symbols) | buttons


def icons_of(font: TTFont) -> dict[str, str]:
    """Return the glyph of every icon of a font by the icon's name: a ligature of the letters of its name."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for part in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            for first, ligatures in getattr(part, "ligatures", {}).items():
                for one in ligatures:
                    found["".join(letters.get(glyph, "?") for glyph in (first, *one.Component))] = one.LigGlyph
    return found


def make() -> None:
    """Write the font with the used icons alone."""
    font = TTFont(next((_STREAMLIT / "media").glob("MaterialSymbols-Rounded.*.woff2")))
    glyphs = icons_of(font)
    options = subset.Options()
    options.layout_closure, options.flavor, options.layout_features = False, "woff2", ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(glyphs=[glyphs[name] for name in sorted(used_icons()) if name in glyphs], text=_LETTERS)
    subsetter.subset(font)
    FONT.parent.mkdir(exist_ok=True)
    subset.save_font(font, str(FONT), options)


if __name__ == "__main__":
    make()
