// Three buttons beside the title: projector size, the whole screen, light or dark.
import { mount } from "../lib/mounting.js";
import { spareSamples } from "../lib/software_drawing.js";
import { switchScreen, switchTheme, themeShown, watchTheme } from "../lib/theme.js";
import { symbolButton } from "../lib/symbols.js";

/** @typedef {{ projecting: boolean }} Data */

const TURNING = 400; // ms

/** Tell the pictures of all components, whose styles cannot ask for Streamlit's theme, which one is shown. */
function announceTheme() {
  const dark = themeShown() === "Dark";
  const { style, dataset } = document.documentElement;
  dataset.themeShown = dark ? "dark" : "light";
  style.setProperty("--house-signed", dark ? "invert(1) hue-rotate(180deg)" : "none");
  style.setProperty("--house-shares", dark ? "brightness(0.8)" : "none");
}

/** @param {HTMLElement} root */
function createPresenting(root) {
  spareSamples(); // here, because this is on every page, before any figure
  const unwatch = watchTheme(announceTheme);
  // Where the system is dark, Streamlit may begin in light colours for a moment: their pictures are not worth fetching.
  const turning = themeShown() === "Light" && matchMedia("(prefers-color-scheme: dark)").matches;
  const first = setTimeout(announceTheme, turning ? TURNING : 0);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "For a class");
  let send = () => {};
  const projector = symbolButton("co_present", "Projector size", () => send());
  const screen = symbolButton("fullscreen", "Full screen", switchScreen);
  screen.hidden = !document.fullscreenEnabled;
  root.append(projector, screen, symbolButton("contrast", "Light or dark", switchTheme));
  return {
    /** @param {import("../lib/mounting.js").Run<Data>} run */
    update({ data, setTriggerValue }) {
      projector.setAttribute("aria-pressed", String(data.projecting));
      send = () => setTriggerValue("projector", !data.projecting);
    },
    end() {
      unwatch();
      clearTimeout(first);
    },
  };
}

export default mount("presenting", createPresenting);
