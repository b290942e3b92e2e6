"""The look of every page that Streamlit's theme cannot set."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
PROJECTOR = (_FOLDER / "projector.css").read_text("utf-8")
"""The rules of projector size."""


def house_style(projecting: bool) -> str:
    """Return a style element: the colours of the theme as custom properties, and our rules.

    `light-dark()` follows the theme that is shown, whether the system or a person chose it.
    """
    tokens = {
        "accent": "primaryColor",
        "paper": "backgroundColor",
        "ink": "textColor",
    }
    names = "; ".join(
        f"--house-{name}: light-dark({st.get_option(f'theme.light.{key}')}, {st.get_option(f'theme.dark.{key}')})"
        for name, key in tokens.items()
    )
    rules = "".join((_FOLDER / f"{name}.css").read_text("utf-8") for name in ("house", "phone", "forced"))
    rules += PROJECTOR if projecting else ""
    return f"<style>.stApp {{ {names} }}\n{rules}</style>"
