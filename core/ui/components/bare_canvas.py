"""Takes the drawable canvas's own toolbar away.

The toolbar lies invisible over the top of the canvas until the mouse has rested
there, and on a touch screen for good, where it swallows strokes. Undo and Clear
stand below the canvas instead.
"""

import streamlit as st

_JS = """
const STYLE = '.dc-toolbar { display: none !important }'

const strip = () => {
  for (const element of document.querySelectorAll('.st-key-canvas *')) {
    const root = element.shadowRoot
    if (root?.querySelector('.dc-root') && !root.querySelector('style.bare')) {
      const style = document.createElement('style')
      style.className = 'bare'
      style.textContent = STYLE
      root.append(style)
    }
  }
}

export default function () {
  // The canvas may be mounted before or after this, and again after a visit to another page.
  strip()
  const timer = setInterval(strip, 200)
  return () => clearInterval(timer)
}
"""

_bare_canvas = st.components.v2.component("bare_canvas", html="<span></span>", js=_JS)


def bare_canvas() -> None:
    """Strip the canvas in the container with the key ``canvas``; harmless where there is none."""
    _bare_canvas(key="bare-canvas", height="content", width="content")
