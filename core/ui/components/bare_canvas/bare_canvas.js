// Takes the drawable canvas's own toolbar away, by a style in the canvas's shadow root.
import { element } from "../lib/elements.js";
import { mount } from "../lib/mounting.js";

function hideToolbar() {
  for (const { shadowRoot } of document.querySelectorAll(".st-key-canvas *")) {
    if (!shadowRoot?.querySelector(".dc-root") || shadowRoot.querySelector("style.bare")) continue;
    shadowRoot.append(element("style", "bare", ".dc-toolbar { display: none !important }"));
  }
}

function createBareCanvas() {
  // The canvas may come before or after this, and again after a visit to another page.
  const timer = setInterval(hideToolbar, 200);
  return { update: hideToolbar, end: () => clearInterval(timer) };
}

export default mount("bare-canvas", createBareCanvas);
